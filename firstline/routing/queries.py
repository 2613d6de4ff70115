"""Who asks and where things go: principals, teams, categories and priorities as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Exists, OuterRef

from firstline.accounts.models import Agent
from firstline.accounts.principal import Principal, Scope
from firstline.core.errors import NotFound
from firstline.core.memo import within_batch
from firstline.routing.models import Category, Centre, Membership, Priority, Team


@dataclass(frozen=True, slots=True)
class TeamCard:
    """One level of a centre; `labels` and `centre_labels` are {language: text}."""

    id: int
    centre: int
    centre_key: str
    centre_labels: dict[str, str]
    shared: bool
    level: int
    labels: dict[str, str]
    calendar: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """What kind of problem; `closer` is `front-line` or `solver`; None of the others = not set for it."""

    id: int
    parent: int | None
    key: str
    labels: dict[str, str]
    centre: int | None
    closer: str
    silent_days: int
    reopen_days: int
    promise: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class PriorityCard:
    """A step of the scale of urgency, rank 1 = most urgent; `dated` ones need a date."""

    id: int
    rank: int
    key: str
    labels: dict[str, str]
    meaning: dict[str, str]
    dated: bool
    default: bool
    promise: int | None


@dataclass(frozen=True, slots=True)
class MemberCard:
    """An agent's place in a team."""

    team: int
    agent: int
    name: str
    lead: bool


def principal_of(agent_id: int) -> Principal | None:
    """The agent with the permissions of all his roles and his teams, or None if he may not sign in. Two queries."""
    fields = ("name", "language", "time_zone", "holdings__role__grants__permission", "holdings__role__grants__scope")
    rows = list(Agent.objects.filter(pk=agent_id, is_active=True).values_list(*fields))
    if not rows:
        return None
    permissions: dict[str, Scope] = {}
    for *_, permission, scope in rows:
        if permission is not None:
            permissions[permission] = max(Scope(scope), permissions.get(permission, Scope.OWN))
    own = Exists(Membership.objects.filter(team=OuterRef("pk"), agent=agent_id))
    teams = list(Team.objects.filter(centre__teams__memberships__agent=agent_id)
                 .annotate(own=own).values_list("pk", "own").distinct())
    name, language, time_zone, *_ = rows[0]
    return Principal("agent", agent_id, name, language, time_zone, MappingProxyType(permissions),
                     frozenset(team for team, mine in teams if mine), frozenset(team for team, _ in teams))


def teams() -> list[TeamCard]:
    """Every team, centre by centre, level by level."""
    rows = Team.objects.select_related("centre").order_by("centre__position", "centre_id", "level")
    return [_team(row) for row in rows]


def team(id_: int) -> TeamCard:
    """One team; raises NotFound."""
    found = Team.objects.select_related("centre").filter(pk=id_).first()
    if found is None:
        raise NotFound("There is no such team.")
    return _team(found)


@within_batch
def default_team() -> int:
    """Where a ticket starts when nothing says otherwise: the front line. Raises NotFound before set-up."""
    found = (Team.objects.filter(active=True).order_by("-centre__shared", "level", "centre__position", "pk")
             .values_list("pk", flat=True).first())
    if found is None:
        raise NotFound("The desk has no team yet; run firstline setup.")
    return found


def ladder(centre: int) -> list[int]:
    """The active teams of a centre from the lowest level up; level 1 is the front line's unless it has its own."""
    rows = list(Team.objects.filter(active=True, centre=centre).order_by("level").values_list("level", "pk"))
    own = [pk for _, pk in rows]
    if any(level == 1 for level, _ in rows):
        return own
    shared = (Team.objects.filter(active=True, centre__shared=True, level=1).exclude(centre=centre)
              .values_list("pk", flat=True).first())
    return own if shared is None else [shared, *own]


def centres() -> dict[int, str]:
    """The key of every centre by its id."""
    return dict(Centre.objects.order_by("position", "pk").values_list("pk", "key"))


def members() -> list[MemberCard]:
    """Every active agent's places in teams, by name."""
    rows = (Membership.objects.filter(agent__is_active=True).order_by("agent__name", "agent_id", "team_id")
            .values_list("team_id", "agent_id", "agent__name", "lead"))
    return [MemberCard(*row) for row in rows]


@within_batch
def lead_of(team_id: int) -> int:
    """The agent who answers for what nobody in this team has claimed (DESK rule 1).

    An active lead of the team, else of the front line, else the first administrator, else the first agent.
    Raises NotFound only where the desk has no active agent.
    """
    memberships = Membership.objects.filter(lead=True, agent__is_active=True).order_by("pk")
    leads = memberships.values_list("agent_id", flat=True)
    active = Agent.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    found = (leads.filter(team=team_id).first() or leads.filter(team__centre__shared=True).first()
             or active.filter(holdings__role__key="administrator").first() or active.first())
    if found is None:
        raise NotFound("The desk has no agent yet; run firstline setup.")
    return found


def categories() -> list[CategoryCard]:
    """Every category, parents before their children."""
    rows = Category.objects.select_related("closing_policy").order_by("parent_id", "pk")
    return sorted((_category(row) for row in rows), key=lambda card: (card.parent is not None, card.id))


def priorities() -> list[PriorityCard]:
    """Every priority, most urgent first."""
    return [PriorityCard(p.pk, p.rank, p.key, p.labels, p.meaning, p.dated, p.default, p.promise_id)
            for p in Priority.objects.order_by("rank")]


@within_batch
def default_priority() -> int:
    """The priority of a ticket for which none was chosen. Raises NotFound before set-up."""
    found = Priority.objects.order_by("-default", "rank").values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("The desk has no priorities yet; run firstline setup.")
    return found


def _team(row: Team) -> TeamCard:
    centre = row.centre
    return TeamCard(row.pk, centre.pk, centre.key, centre.labels, centre.shared, row.level, row.labels,
                    row.calendar_id, row.active)


def _category(row: Category) -> CategoryCard:
    policy = row.closing_policy
    return CategoryCard(row.pk, row.parent_id, row.key, row.labels, row.centre_id,
                        policy.closer if policy else "front-line", policy.silent_days if policy else 5,
                        policy.reopen_days if policy else 14, row.promise_id, row.active)


@within_batch
def rank_of(priority: int) -> int:
    """The rank of a priority, 1 = most urgent."""
    return Priority.objects.values_list("rank", flat=True).get(pk=priority)
