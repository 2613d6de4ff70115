"""A desk is set up."""

from datetime import UTC, datetime, timedelta

import pytest

from firstline.accounts import queries as accounts
from firstline.accounts.models import Agent, OneTimeLink
from firstline.accounts.principal import OPERATOR, Scope
from firstline.core.config import LANGUAGES
from firstline.core.errors import Conflict, DeskError, NotAllowed, NotFound
from firstline.flows import agents
from firstline.flows.setting_up import set_up
from firstline.notices.models import Mailbox
from firstline.promises import queries as promises
from firstline.routing import queries as routing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough sentence"


@pytest.fixture
def welcome():
    return set_up(admin_email="Anna@Example.org", name="Anna Nagy", language="hu", now=NOW)


def _agent(email: str, *roles: str, **more) -> int:
    return agents.add_agent(by=OPERATOR, now=NOW, email=email, name="Bo Berg", roles=roles, **more)


def _as(agent: int):
    found = routing.principal_of(agent)
    assert found is not None
    return found


def test_the_first_administrator_may_do_everything(welcome) -> None:
    assert set(_as(welcome.agent).permissions.values()) == {Scope.ALL}


def test_setting_up_twice_adds_nothing_but_a_new_link(welcome) -> None:
    before = (len(routing.teams()), len(routing.categories()), len(promises.promises()), Mailbox.objects.count())
    again = set_up(admin_email="anna@example.org", name="Anna", language="en", now=NOW)
    after = (len(routing.teams()), len(routing.categories()), len(promises.promises()), Mailbox.objects.count())
    assert (before, welcome.agent) == (after, again.agent)


def test_the_new_link_ends_the_one_before(welcome) -> None:
    set_up(admin_email="anna@example.org", name="Anna", language="hu", now=NOW)
    with pytest.raises(NotFound):
        agents.open_link(welcome.secret, now=NOW)


def test_the_centres_have_the_levels_of_the_desk(welcome) -> None:
    levels = {card.centre_key: [] for card in routing.teams()}
    for card in routing.teams():
        levels[card.centre_key].append(card.level)
    assert levels["front-line"] == [1] and levels["network"] == [2, 3]


def test_a_ladder_begins_at_the_front_line(welcome) -> None:
    network = next(card.centre for card in routing.teams() if card.centre_key == "network")
    assert routing.ladder(network)[0] == routing.default_team()


def test_a_ladder_of_the_front_line_has_one_rung(welcome) -> None:
    assert routing.ladder(routing.team(routing.default_team()).centre) == [routing.default_team()]


@pytest.mark.parametrize("cards", [routing.teams, routing.categories, routing.priorities, accounts.roles,
                                   promises.calendars, promises.promises])
def test_every_label_is_there_in_six_languages(welcome, cards) -> None:
    assert {tuple(sorted(card.labels)) for card in cards()} == {tuple(sorted(LANGUAGES))}


def test_no_label_says_billett(welcome) -> None:
    words = [text.casefold() for cards in (routing.teams(), routing.categories(), routing.priorities())
             for card in cards for text in card.labels.values()]
    assert not [text for text in words for word in ("billet", "квиток", "билет") if word in text]


def test_categories_are_two_deep(welcome) -> None:
    tops = {card.id for card in routing.categories() if card.parent is None}
    assert len(tops) == 11
    assert all(card.parent in tops for card in routing.categories() if card.parent is not None)


def test_security_is_closed_by_the_solver(welcome) -> None:
    assert {card.closer for card in routing.categories() if card.key.startswith("security")} == {"solver"}


def test_the_default_priority_is_medium(welcome) -> None:
    assert [card.key for card in routing.priorities() if card.id == routing.default_priority()] == ["medium"]


def test_a_first_answer_is_promised_at_the_same_time_next_desk_day(welcome) -> None:
    promise = promises.default_promise()
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert promise.due(friday, promise.first_answer or 0) == friday + timedelta(days=3)


def test_an_outage_is_answered_round_the_clock(welcome) -> None:
    outage = next(card for card in promises.promises() if card.key == "outage")
    night = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    assert outage.due(night, outage.first_answer or 0) == night + timedelta(minutes=15)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(DeskError):
        set_up(admin_email="a@example.org", name="A", language="xx", now=NOW)


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


def test_a_principal_takes_two_queries(welcome, django_assert_num_queries) -> None:
    agent = _agent("bo@example.org", "front-line", "technician", places=[agents.Place(routing.default_team())])
    with django_assert_num_queries(2):
        routing.principal_of(agent)


def test_of_two_roles_the_wider_scope_counts(welcome) -> None:
    agent = _agent("bo@example.org", "technician", "front-line")
    assert _as(agent).scope("ticket.reply") is Scope.ALL


def test_an_agent_reaches_every_team_of_his_centres(welcome) -> None:
    network = {card.level: card.id for card in routing.teams() if card.centre_key == "network"}
    principal = _as(_agent("bo@example.org", "technician", places=[agents.Place(network[2])]))
    assert (principal.teams, principal.reach) == ({network[2]}, set(network.values()))


def test_a_leaver_is_nobody(welcome) -> None:
    agent = _agent("bo@example.org", "front-line")
    agents.deactivate(agent, by=OPERATOR, now=NOW)
    assert routing.principal_of(agent) is None


def test_a_leavers_sessions_end(welcome) -> None:
    agent = _agent("bo@example.org", "front-line", password=PASSWORD)
    before = Agent.objects.get(pk=agent).get_session_auth_hash()
    agents.deactivate(agent, by=OPERATOR, now=NOW)
    agents.reactivate(agent, by=OPERATOR, now=NOW)
    assert Agent.objects.get(pk=agent).get_session_auth_hash() != before


def test_a_change_of_role_ends_sessions(welcome) -> None:
    agent = _agent("bo@example.org", "front-line")
    before = Agent.objects.get(pk=agent).get_session_auth_hash()
    agents.change_roles(agent, by=OPERATOR, now=NOW, roles=["lead"])
    assert Agent.objects.get(pk=agent).get_session_auth_hash() != before


def test_a_leavers_link_is_dead(welcome) -> None:
    agent = _agent("bo@example.org", "front-line")
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
        _agent("ANNA@example.org", "lead")


def test_an_unknown_role_is_not_found(welcome) -> None:
    with pytest.raises(NotFound):
        _agent("bo@example.org", "king")


def _deputy(welcome) -> int:
    """A lead who may also look after agents."""
    from firstline.accounts.models import Grant, Role

    Grant.objects.create(role=Role.objects.get(key="lead"), permission="agents.change", scope=Scope.ALL)
    return _agent("deputy@example.org", "lead")


def test_nobody_gives_more_than_he_has(welcome) -> None:
    deputy = _as(_deputy(welcome))
    with pytest.raises(NotAllowed):
        agents.add_agent(by=deputy, now=NOW, email="x@example.org", name="X", roles=["administrator"])


def test_a_link_for_somebody_above_is_refused(welcome) -> None:
    deputy = _as(_deputy(welcome))
    with pytest.raises(NotAllowed):
        agents.make_link(welcome.agent, by=deputy, now=NOW)


def test_a_refusal_stands_in_the_audit_trail(welcome) -> None:
    from firstline.accounts.models import AuditLine

    deputy = _as(_deputy(welcome))
    with pytest.raises(NotAllowed):
        agents.change_roles(deputy.id or 0, by=deputy, now=NOW, roles=["administrator"])
    assert AuditLine.objects.filter(deed="agent.roles_refused", actor_id=deputy.id).count() == 1


def test_what_he_has_he_may_give(welcome) -> None:
    deputy = _as(_deputy(welcome))
    assert agents.add_agent(by=deputy, now=NOW, email="x@example.org", name="X", roles=["front-line"])


def test_a_front_line_agent_changes_no_roles(welcome) -> None:
    agent = _as(_agent("bo@example.org", "front-line"))
    with pytest.raises(NotAllowed):
        agents.change_roles(agent.id or 0, by=agent, now=NOW, roles=["front-line"])


def test_the_lead_of_a_team_answers_for_it(welcome) -> None:
    team = routing.teams()[1].id
    lead = _agent("bo@example.org", "lead", places=[agents.Place(team, lead=True)])
    assert routing.lead_of(team) == lead


def test_without_its_own_lead_the_front_lines_answers(welcome) -> None:
    lead = _agent("bo@example.org", "lead", places=[agents.Place(routing.default_team(), lead=True)])
    assert routing.lead_of(routing.teams()[3].id) == lead


def test_without_any_lead_the_administrator_answers(welcome) -> None:
    assert routing.lead_of(routing.default_team()) == welcome.agent


def test_a_lead_who_left_answers_for_nothing(welcome) -> None:
    lead = _agent("bo@example.org", "lead", places=[agents.Place(routing.default_team(), lead=True)])
    agents.deactivate(lead, by=OPERATOR, now=NOW)
    assert routing.lead_of(routing.default_team()) == welcome.agent


def test_an_empty_desk_has_nobody_to_answer() -> None:
    with pytest.raises(NotFound):
        routing.lead_of(1)


def test_an_agent_is_also_a_person(welcome) -> None:
    from firstline.accounts.principal import SYSTEM
    from firstline.people import queries as people

    found = people.find_by_address("anna@example.org")
    assert found and people.person(found, principal=SYSTEM).agent == welcome.agent
