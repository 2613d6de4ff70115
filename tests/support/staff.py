"""Short words for a desk and its agents, for tests that run in one process."""

from datetime import UTC, datetime

from firstline.accounts.principal import OPERATOR, Principal
from firstline.flows import agents
from firstline.flows.setting_up import set_up
from firstline.routing import queries as routing

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough sentence"


def new_desk(language: str = "hu") -> agents.Welcome:
    """A desk that was just set up, with Anna as its administrator."""
    return set_up(admin_email="Anna@Example.org", name="Anna Nagy", language=language, now=NOW)


def add(email: str, *roles: str, places: tuple[agents.Place, ...] = (), password: str | None = None) -> int:
    """Another agent, made by the operator."""
    return agents.add_agent(by=OPERATOR, now=NOW, email=email, name="Bo Berg", roles=roles, places=places,
                            password=password)


def rights_of(agent: int) -> Principal:
    """The agent as he asks now."""
    found = routing.principal_of(agent)
    assert found is not None
    return found
