"""Who asks, who answers, and the ladder of a centre."""

import pytest

from firstline.accounts.principal import OPERATOR, Scope
from firstline.core.errors import NotFound
from firstline.flows import agents
from firstline.routing import queries as routing
from tests.support.staff import NOW, add, new_desk, rights_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def welcome() -> agents.Welcome:
    return new_desk()


def test_a_ladder_begins_at_the_front_line(welcome) -> None:
    network = next(card.centre for card in routing.teams() if card.centre_key == "network")
    assert routing.ladder(network)[0] == routing.default_team()


def test_a_ladder_of_the_front_line_has_one_rung(welcome) -> None:
    assert routing.ladder(routing.team(routing.default_team()).centre) == [routing.default_team()]


def test_a_principal_takes_two_queries(welcome, django_assert_num_queries) -> None:
    agent = add("bo@example.org", "front-line", "technician", places=(agents.Place(routing.default_team()),))
    with django_assert_num_queries(2):
        routing.principal_of(agent)


def test_of_two_roles_the_wider_scope_counts(welcome) -> None:
    agent = add("bo@example.org", "technician", "front-line")
    assert rights_of(agent).scope("ticket.reply") is Scope.ALL


def test_an_agent_reaches_every_team_of_his_centres(welcome) -> None:
    network = {card.level: card.id for card in routing.teams() if card.centre_key == "network"}
    principal = rights_of(add("bo@example.org", "technician", places=(agents.Place(network[2]),)))
    assert (principal.teams, principal.reach) == ({network[2]}, set(network.values()))


def test_a_leaver_is_nobody(welcome) -> None:
    agent = add("bo@example.org", "front-line")
    agents.deactivate(agent, by=OPERATOR, now=NOW)
    assert routing.principal_of(agent) is None


def test_the_lead_of_a_team_answers_for_it(welcome) -> None:
    team = routing.teams()[1].id
    lead = add("bo@example.org", "lead", places=(agents.Place(team, lead=True),))
    assert routing.lead_of(team) == lead


def test_without_its_own_lead_the_front_lines_answers(welcome) -> None:
    lead = add("bo@example.org", "lead", places=(agents.Place(routing.default_team(), lead=True),))
    assert routing.lead_of(routing.teams()[3].id) == lead


def test_without_any_lead_the_administrator_answers(welcome) -> None:
    assert routing.lead_of(routing.default_team()) == welcome.agent


def test_a_lead_who_left_answers_for_nothing(welcome) -> None:
    lead = add("bo@example.org", "lead", places=(agents.Place(routing.default_team(), lead=True),))
    agents.deactivate(lead, by=OPERATOR, now=NOW)
    assert routing.lead_of(routing.default_team()) == welcome.agent


def test_an_empty_desk_has_nobody_to_answer() -> None:
    with pytest.raises(NotFound):
        routing.lead_of(1)
