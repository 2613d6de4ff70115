"""A desk for tests of pages: one agent of every role, and tickets that stand in every relation to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.test import Client

from firstline.accounts.models import Agent
from firstline.accounts.principal import OPERATOR, Principal
from firstline.accounts.roles import ROLES
from firstline.flows import agents, assigning, editing, opening, people_changing, setting_up
from firstline.notices.models import Mailbox
from firstline.routing import queries as routing
from firstline.routing.models import Team

DESK = "desk@example.org"
WORD = "correct horse battery 9"


@dataclass
class WebDesk:
    """Agents by role; `customer` asks; tickets are opened by `operator` for the front line unless said otherwise."""

    now: datetime
    agents: dict[str, Principal]
    customer: int
    near: int
    far: int
    numbers: list[int] = field(default_factory=list)

    def client(self, role: str) -> Client:
        """A browser in which the agent of this role is signed in; '' is a stranger."""
        browser = Client(HTTP_HOST="127.0.0.1:8000")
        if role:
            browser.force_login(Agent.objects.get(pk=self.agents[role].id))
        return browser

    def ticket(self, *, subject: str = "Printer", text: str = "It does nothing.", team: int | None = None,
               owner: str = "", secret: bool = False) -> int:
        """A ticket of the customer's; `owner` is the role whose agent works on it."""
        number = opening.open_ticket(by=OPERATOR, now=self.now - timedelta(minutes=30), subject=subject, text=text,
                                     requester=self.customer, channel="phone", team=team)
        if owner:
            assigning.assign(number, by=OPERATOR, now=self.now, agent=self.agents[owner].id)
        if secret:
            editing.edit(number, by=OPERATOR, now=self.now, confidential=True)
        return number


def make_web_desk() -> WebDesk:
    """A set-up desk. The technician serves in the team `near`; `far` belongs to another centre."""
    now = datetime.now(UTC)
    setting_up.seed(language="en", now=now)
    Mailbox.objects.update(address=DESK)
    near = Team.objects.filter(centre__key="network").order_by("level").values_list("pk", flat=True)[0]
    far = Team.objects.filter(centre__key="servers").order_by("level").values_list("pk", flat=True)[0]
    found: dict[str, Principal] = {}
    for role in ROLES:
        places = [agents.Place(near, lead=False)] if role == "technician" else []
        number = agents.add_agent(by=OPERATOR, now=now, email=f"{role}@example.org", name=role.title(), roles=[role],
                                  places=places)
        principal = routing.principal_of(number)
        assert principal is not None
        found[role] = principal
    customer = people_changing.create_person(by=OPERATOR, now=now, name="Kovács Eszter",
                                             email="eszter@customer.example")
    return WebDesk(now, found, customer, near, far)
