"""An agent leaves."""

from datetime import UTC, datetime

import pytest

from firstline.accounts.principal import OPERATOR
from firstline.core.errors import Conflict
from firstline.flows import agents, assigning
from firstline.flows.leaving import leave
from firstline.flows.opening import open_ticket
from firstline.flows.setting_up import set_up
from firstline.routing.queries import default_team, principal_of
from firstline.tickets.models import Entry, Ticket

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def staff() -> tuple[int, int]:
    """The lead and a front-line agent who holds one ticket."""
    set_up(admin_email="anna@example.org", name="Anna", language="en", now=NOW)
    lead, leaver = (agents.add_agent(by=OPERATOR, now=NOW, email=f"{role}@example.org", name=role, roles=[role],
                                     places=[agents.Place(default_team(), lead=role == "lead")])
                    for role in ("lead", "front-line"))
    by = principal_of(leaver)
    assert by is not None
    number = open_ticket(by=by, now=NOW, subject="Printer", text="It smokes.", requester=None)
    assigning.claim(number, by=by, now=NOW)
    return lead, leaver


def test_the_lead_answers_for_the_leavers_tickets(staff) -> None:
    lead, leaver = staff
    numbers = leave(leaver, by=OPERATOR, now=NOW)
    assert list(Ticket.objects.values_list("number", "accountable_id", "assignee_id")) == [(numbers[0], lead, None)]


def test_it_stands_in_the_journey(staff) -> None:
    leave(staff[1], by=OPERATOR, now=NOW)
    assert Entry.objects.filter(kind="accountable").count() == 1


def test_leaving_again_changes_nothing(staff) -> None:
    leave(staff[1], by=OPERATOR, now=NOW)
    assert leave(staff[1], by=OPERATOR, now=NOW) == ()


def test_the_last_administrator_cannot_leave(staff) -> None:
    from firstline.accounts.queries import agent_of_email

    with pytest.raises(Conflict):
        leave(agent_of_email("anna@example.org") or 0, by=OPERATOR, now=NOW)
