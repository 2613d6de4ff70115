"""Agents come, get their rights and their way in, and leave."""

from datetime import timedelta

import pytest

from firstline.accounts.models import Agent, AuditLine, Grant, OneTimeLink, Role
from firstline.accounts.principal import OPERATOR, SYSTEM, Scope
from firstline.core.errors import Conflict, DeskError, NotAllowed, NotFound
from firstline.flows import agents
from firstline.people import queries as people
from tests.support.staff import NOW, PASSWORD, add, new_desk, rights_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def welcome() -> agents.Welcome:
    return new_desk()


def test_a_link_sets_a_password_once(welcome) -> None:
    agents.set_password(welcome.secret, PASSWORD, now=NOW)
    assert Agent.objects.get(pk=welcome.agent).check_password(PASSWORD)
    with pytest.raises(NotFound):
        agents.set_password(welcome.secret, PASSWORD, now=NOW)


def test_a_link_lives_48_hours(welcome) -> None:
    assert agents.open_link(welcome.secret, now=NOW + timedelta(hours=47)) == welcome.agent
    with pytest.raises(NotFound):
        agents.open_link(welcome.secret, now=NOW + timedelta(hours=48))


def test_only_the_hash_of_a_link_is_kept(welcome) -> None:
    assert welcome.secret not in str(OneTimeLink.objects.values().get())


def test_a_weak_password_is_refused_and_the_link_lives_on(welcome) -> None:
    with pytest.raises(DeskError):
        agents.set_password(welcome.secret, "password", now=NOW)
    assert agents.open_link(welcome.secret, now=NOW) == welcome.agent


def test_a_leavers_sessions_end(welcome) -> None:
    agent = add("bo@example.org", "front-line", password=PASSWORD)
    before = Agent.objects.get(pk=agent).get_session_auth_hash()
    agents.deactivate(agent, by=OPERATOR, now=NOW)
    agents.reactivate(agent, by=OPERATOR, now=NOW)
    assert Agent.objects.get(pk=agent).get_session_auth_hash() != before


def test_a_change_of_role_ends_sessions(welcome) -> None:
    agent = add("bo@example.org", "front-line")
    before = Agent.objects.get(pk=agent).get_session_auth_hash()
    agents.change_roles(agent, by=OPERATOR, now=NOW, roles=["lead"])
    assert Agent.objects.get(pk=agent).get_session_auth_hash() != before


def test_a_leavers_link_is_dead(welcome) -> None:
    agent = add("bo@example.org", "front-line")
    link = agents.make_link(agent, by=OPERATOR, now=NOW)
    agents.deactivate(agent, by=OPERATOR, now=NOW)
    with pytest.raises(NotFound):
        agents.open_link(link.secret, now=NOW)


def test_the_last_administrator_stays(welcome) -> None:
    with pytest.raises(Conflict):
        agents.deactivate(welcome.agent, by=OPERATOR, now=NOW)
    with pytest.raises(Conflict):
        agents.change_roles(welcome.agent, by=OPERATOR, now=NOW, roles=["lead"])


def test_the_same_address_cannot_work_here_twice(welcome) -> None:
    with pytest.raises(Conflict):
        add("ANNA@example.org", "lead")


def test_an_unknown_role_is_not_found(welcome) -> None:
    with pytest.raises(NotFound):
        add("bo@example.org", "king")


def _deputy(welcome) -> int:
    """A lead who may also look after agents."""
    Grant.objects.create(role=Role.objects.get(key="lead"), permission="agents.change", scope=Scope.ALL)
    return add("deputy@example.org", "lead")


def test_nobody_gives_more_than_he_has(welcome) -> None:
    deputy = rights_of(_deputy(welcome))
    with pytest.raises(NotAllowed):
        agents.add_agent(by=deputy, now=NOW, email="x@example.org", name="X", roles=["administrator"])


def test_a_link_for_somebody_above_is_refused(welcome) -> None:
    deputy = rights_of(_deputy(welcome))
    with pytest.raises(NotAllowed):
        agents.make_link(welcome.agent, by=deputy, now=NOW)


def test_a_refusal_stands_in_the_audit_trail(welcome) -> None:
    deputy = rights_of(_deputy(welcome))
    with pytest.raises(NotAllowed):
        agents.change_roles(deputy.id or 0, by=deputy, now=NOW, roles=["administrator"])
    assert AuditLine.objects.filter(deed="agent.roles_refused", actor_id=deputy.id).count() == 1


def test_what_he_has_he_may_give(welcome) -> None:
    deputy = rights_of(_deputy(welcome))
    assert agents.add_agent(by=deputy, now=NOW, email="x@example.org", name="X", roles=["front-line"])


def test_a_front_line_agent_changes_no_roles(welcome) -> None:
    agent = rights_of(add("bo@example.org", "front-line"))
    with pytest.raises(NotAllowed):
        agents.change_roles(agent.id or 0, by=agent, now=NOW, roles=["front-line"])


def test_an_agent_is_also_a_person(welcome) -> None:
    found = people.find_by_address("anna@example.org")
    assert found and people.person(found, principal=SYSTEM).agent == welcome.agent
