"""Agents come, get their rights and their way in, and leave."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F

from firstline.accounts import audit
from firstline.accounts.models import Agent, Grant, Holding, OneTimeLink, Role
from firstline.accounts.principal import SYSTEM, Principal, Scope
from firstline.accounts.queries import grants_of
from firstline.core.errors import Conflict, DeskError, NotAllowed, NotFound
from firstline.core.text import email_key, line
from firstline.flows.people_changing import recognise
from firstline.people.models import Person
from firstline.routing.models import Membership, Team
from firstline.work import changes

_LINK_LIVES = timedelta(hours=48)
_ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Welcome:
    """A one-time link for an agent: only its bearer knows `secret`; `url` is the page that takes it."""

    agent: int
    secret: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """An agent's place in a team; a lead answers for what nobody has claimed."""

    team: int
    lead: bool = False


def add_agent(*, by: Principal, now: datetime, email: str, name: str, roles: Sequence[str],
              places: Sequence[Place] = (), language: str = "en", password: str | None = None) -> int:
    """A new agent with roles (keys) and teams; without a password he needs a link (`make_link`).

    Nobody may give more than he has. Conflict where the address is taken, 400 for a weak password.
    """
    by.require("agents.change")
    key = _login_address(email)
    _refuse_more(by, _grants(roles), now=now, deed="agent.add_refused", agent=None)
    made = Agent(email=key, name=line(name, limit=200) or key, language=language, created_at=now)
    _give_password(made, password)
    try:
        with transaction.atomic():
            made.save()
            _hold(made.pk, roles)
            _seat(made.pk, places)
            person = recognise(key, made.name, now=now, language=language)
            Person.objects.filter(pk=person, agent=None).update(agent=made)
            audit.line("agent.added", by=by, now=now, object_kind="agent", object_id=made.pk, roles=sorted(roles))
    except IntegrityError:
        raise Conflict("There is already an agent with the address %(email)s.", email=key) from None
    return made.pk


def change_roles(agent: int, *, by: Principal, now: datetime, roles: Sequence[str]) -> None:
    """Give an agent these roles and no others; his sessions and links end. Nobody may give, or take from, more than
    he has."""
    by.require("agents.change")
    _refuse_more(by, _union(_grants(roles), grants_of(agent)), now=now, deed="agent.roles_refused", agent=agent)
    with transaction.atomic():
        _hold_administrators()
        row = _locked(agent)
        before = sorted(Holding.objects.filter(agent=row).values_list("role__key", flat=True))
        if _ADMINISTRATOR not in roles:
            _keep_an_administrator(agent)
        Holding.objects.filter(agent=row).delete()
        _hold(agent, roles)
        _end_links(row, now=now)
        _end_sessions(agent, now=now)
        audit.line("agent.roles_changed", by=by, now=now, object_kind="agent", object_id=agent, before=before,
                   after=sorted(roles))


def change_places(agent: int, *, by: Principal, now: datetime, places: Sequence[Place]) -> None:
    """Put an agent into these teams and no others. Nobody may move whoever may more than he."""
    by.require("agents.change")
    _refuse_more(by, grants_of(agent), now=now, deed="agent.teams_refused", agent=agent)
    with transaction.atomic():
        _locked(agent)
        Membership.objects.filter(agent=agent).delete()
        _seat(agent, places)
        audit.line("agent.teams_changed", by=by, now=now, object_kind="agent", object_id=agent,
                   teams=sorted(place.team for place in places))


def deactivate(agent: int, *, by: Principal, now: datetime) -> None:
    """An agent leaves: his sessions and links end at once. Conflict for the last administrator."""
    by.require("agents.change")
    _refuse_more(by, grants_of(agent), now=now, deed="agent.deactivate_refused", agent=agent)
    with transaction.atomic():
        _hold_administrators()
        row = _locked(agent)
        _keep_an_administrator(agent)
        row.is_active = False
        row.save(update_fields=["is_active"])
        _end_links(row, now=now)
        _end_sessions(agent, now=now)
        audit.line("agent.deactivated", by=by, now=now, object_kind="agent", object_id=agent)


def reactivate(agent: int, *, by: Principal, now: datetime) -> None:
    """An agent comes back with the roles he had; the sessions of then stay dead."""
    by.require("agents.change")
    _refuse_more(by, grants_of(agent), now=now, deed="agent.reactivate_refused", agent=agent)
    with transaction.atomic():
        row = _locked(agent)
        row.is_active = True
        row.save(update_fields=["is_active"])
        audit.line("agent.reactivated", by=by, now=now, object_kind="agent", object_id=agent)


def make_link(agent: int, *, by: Principal, now: datetime) -> Welcome:
    """A link with which the agent sets his password once within 48 hours; earlier links of his end."""
    by.require("agents.change")
    _refuse_more(by, grants_of(agent), now=now, deed="agent.link_refused", agent=agent)
    secret = secrets.token_urlsafe(32)
    expires = now + _LINK_LIVES
    with transaction.atomic():
        row = _locked(agent)
        if not row.is_active:
            raise Conflict("This agent has left; bring them back first.")
        _end_links(row, now=now)
        OneTimeLink.objects.create(agent=row, secret_hash=_hash(secret), made_at=now, expires_at=expires)
        audit.line("agent.link_made", by=by, now=now, object_kind="agent", object_id=agent)
    return Welcome(agent, secret, f"{settings.CONFIG.url}/welcome/{secret}", expires)


def open_link(secret: str, *, now: datetime) -> int:
    """The agent whom a link belongs to; NotFound for one that is unknown, used, over, or a leaver's."""
    found = (OneTimeLink.objects.filter(secret_hash=_hash(secret), used_at=None, expires_at__gt=now,
                                        agent__is_active=True).values_list("agent_id", flat=True).first())
    if found is None:
        raise NotFound("This link has been used or is too old; ask for a new one.")
    return found


def set_password(secret: str, password: str, *, now: datetime) -> int:
    """Use up a link and set its agent's password; every session of his ends. 400 for a weak password."""
    with transaction.atomic():
        row = _locked(open_link(secret, now=now))
        _give_password(row, password)
        used = OneTimeLink.objects.filter(secret_hash=_hash(secret), used_at=None).update(used_at=now)
        if not used:
            raise NotFound("This link has been used or is too old; ask for a new one.")
        row.save(update_fields=["password"])
        _end_sessions(row.pk, now=now)
        audit.line("agent.password_set", by=SYSTEM, now=now, object_kind="agent", object_id=row.pk)
    return row.pk


def _login_address(email: str) -> str:
    key = email_key(line(email, limit=1000))
    try:
        validate_email(key)
    except ValidationError:
        raise DeskError("“%(email)s” is not an e-mail address.", email=line(email, limit=80)) from None
    return key


def _give_password(agent: Agent, password: str | None) -> None:
    if password is None:
        agent.set_unusable_password()
        return
    try:
        validate_password(password, agent)
    except ValidationError as error:
        raise DeskError(" ".join(error.messages).replace("%", "%%")) from None
    agent.set_password(password)


def _hold(agent: int, roles: Sequence[str]) -> None:
    ids = Role.objects.filter(key__in=set(roles)).values_list("pk", flat=True)
    Holding.objects.bulk_create([Holding(agent_id=agent, role_id=role) for role in ids])


def _seat(agent: int, places: Sequence[Place]) -> None:
    wanted = {place.team: place.lead for place in places}
    if Team.objects.filter(pk__in=wanted).count() != len(wanted):
        raise NotFound("There is no such team.")
    Membership.objects.bulk_create([Membership(agent_id=agent, team_id=team, lead=lead)
                                    for team, lead in wanted.items()])


def _grants(roles: Sequence[str]) -> dict[str, Scope]:
    """What roles give together; NotFound for a role that there is not."""
    known = set(Role.objects.filter(key__in=set(roles)).values_list("key", flat=True))
    if unknown := sorted(set(roles) - known):
        raise NotFound("There is no role “%(role)s”.", role=line(unknown[0], limit=40))
    rows = Grant.objects.filter(role__key__in=known).values_list("permission", "scope")
    found: dict[str, Scope] = {}
    for permission, scope in rows:
        found[permission] = max(Scope(scope), found.get(permission, Scope.OWN))
    return found


def _union(one: dict[str, Scope], other: dict[str, Scope]) -> dict[str, Scope]:
    return {key: max(one.get(key, Scope.OWN), other.get(key, Scope.OWN)) for key in one.keys() | other.keys()}


def _refuse_more(by: Principal, grants: dict[str, Scope], *, now: datetime, deed: str, agent: int | None) -> None:
    """NotAllowed, with an audit line that stays, where `grants` reach further than those of `by` (S08)."""
    if all((by.scope(permission) or 0) >= scope for permission, scope in grants.items()):
        return
    with transaction.atomic():
        audit.line(deed, by=by, now=now, object_kind="agent", object_id=agent)
    raise NotAllowed("You may not give or take rights that you do not have yourself.")


def _hold_administrators() -> None:
    """Of two administrators who take each other's rights at once, one waits and is then the last."""
    list(Role.objects.select_for_update().filter(key=_ADMINISTRATOR).values_list("pk", flat=True))


def _keep_an_administrator(agent: int) -> None:
    others = Holding.objects.filter(role__key=_ADMINISTRATOR, agent__is_active=True).exclude(agent=agent)
    mine = Holding.objects.filter(role__key=_ADMINISTRATOR, agent=agent).exists()
    if mine and not others.exists():
        raise Conflict("This is the last administrator; make another one first.")


def _end_links(agent: Agent, *, now: datetime) -> None:
    """The one-time links that the agent was sent open nothing from now on."""
    OneTimeLink.objects.filter(agent=agent, used_at=None, expires_at__gt=now).update(expires_at=now)


def _end_sessions(agent: int, *, now: datetime) -> None:
    """Every session and stream of the agent is refused from now on."""
    Agent.objects.filter(pk=agent).update(session_epoch=F("session_epoch") + 1)
    changes.note("agent", [agent], now=now)


def _locked(agent: int) -> Agent:
    row = Agent.objects.select_for_update().filter(pk=agent).first()
    if row is None:
        raise NotFound("There is no such agent.")
    return row


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
