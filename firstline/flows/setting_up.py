"""A desk is set up: everything that it begins with, its first administrator and his way in."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.db import transaction

from firstline.accounts import audit
from firstline.accounts.models import Agent, Grant, Holding, Role
from firstline.accounts.principal import OPERATOR
from firstline.accounts.roles import LABELS, ROLES
from firstline.core.config import LANGUAGES
from firstline.core.errors import DeskError
from firstline.core.text import email_key
from firstline.flows.agents import Welcome, add_agent, make_link
from firstline.notices.models import Mailbox
from firstline.promises import defaults as promised
from firstline.promises.models import Calendar, Interval, Promise
from firstline.routing import defaults
from firstline.routing.default_categories import CATEGORIES
from firstline.routing.models import Category, Centre, ClosingPolicy, Priority, Team


def set_up(*, admin_email: str, name: str, language: str, now: datetime) -> Welcome:
    """Everything a desk begins with, and a one-time link for its administrator.

    Harmless to repeat: what is there stays as the desk has changed it, and the administrator gets a new link.
    """
    if language not in LANGUAGES:
        raise DeskError("The language is one of %(languages)s.", languages=", ".join(LANGUAGES))
    with transaction.atomic():
        seed(language=language, now=now)
        return make_link(_administrator(admin_email, name, language, now), by=OPERATOR, now=now)


def seed(*, language: str, now: datetime) -> None:
    """Roles, calendars, promises, closing policies, centres, teams, categories, priorities and one mailbox."""
    with transaction.atomic():
        _roles()
        calendars = _calendars(language)
        promises = _promises(calendars, language)
        policies = _policies()
        _categories(_centres(), policies)
        for priority in defaults.PRIORITIES:
            _priority(priority, promises)
        _mailbox(language, now)


def _administrator(email: str, name: str, language: str, now: datetime) -> int:
    known = Agent.objects.filter(email__iexact=email_key(email)).first()
    if known is None:
        return add_agent(by=OPERATOR, now=now, email=email, name=name, roles=["administrator"], language=language)
    _, made = Holding.objects.get_or_create(agent=known, role=Role.objects.get(key="administrator"))
    if made or not known.is_active:
        Agent.objects.filter(pk=known.pk).update(is_active=True)
        audit.line("agent.made_administrator", by=OPERATOR, now=now, object_kind="agent", object_id=known.pk)
    return known.pk


def _roles() -> None:
    for key, grants in ROLES.items():
        role, made = Role.objects.get_or_create(key=key, defaults={"labels": LABELS[key]})
        if made:
            Grant.objects.bulk_create([Grant(role=role, permission=permission, scope=scope)
                                       for permission, scope in grants.items()])


def _calendars(language: str) -> dict[str, int]:
    own = promised.OFFICE[language]
    zones = {each.key: each.time_zone for each in promised.CALENDARS}
    desk_zone = settings.TIME_ZONE if settings.TIME_ZONE != "UTC" else zones[own]
    found: dict[str, int] = {}
    for each in promised.CALENDARS:
        zone = desk_zone if each.key == own or not each.time_zone else each.time_zone
        row, made = Calendar.objects.get_or_create(key=each.key, defaults={
            "labels": each.labels, "time_zone": zone, "country": each.country})
        if made:
            Interval.objects.bulk_create([Interval(calendar=row, weekday=weekday, since=since, until=until)
                                          for weekday, since, until in each.intervals])
        found[each.key] = row.pk
    return found


def _promises(calendars: dict[str, int], language: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in promised.PROMISES:
        row, _ = Promise.objects.get_or_create(key=each.key, defaults={
            "labels": each.labels, "calendar_id": calendars[each.calendar or promised.OFFICE[language]],
            "next_desk_day": True, "first_answer": each.first_answer, "next_news": each.next_news,
            "solution": each.solution, "level_holds": each.level_holds})
        found[each.key] = row.pk
    return found


def _centres() -> dict[str, int]:
    found: dict[str, int] = {}
    for position, each in enumerate(defaults.CENTRES):
        centre, made = Centre.objects.get_or_create(key=each.key, defaults={
            "labels": each.labels, "shared": each.shared, "position": position})
        if made:
            Team.objects.bulk_create([Team(centre=centre, level=level, labels=defaults.team_labels(each, level))
                                      for level in each.levels])
        found[each.key] = centre.pk
    return found


def _categories(centres: dict[str, int], policies: dict[str, int]) -> None:
    found: dict[str, int] = {}
    for each in CATEGORIES:
        row, _ = Category.objects.get_or_create(key=each.key, defaults={
            "labels": each.labels, "parent_id": found.get(each.parent), "centre_id": centres[each.centre],
            "closing_policy_id": policies[each.closing]})
        found[each.key] = row.pk


def _priority(each: defaults.PriorityDefault, promises: dict[str, int]) -> None:
    if Priority.objects.filter(rank=each.rank).exists():
        return
    Priority.objects.get_or_create(key=each.key, defaults={
        "rank": each.rank, "labels": each.labels, "dated": each.dated, "default": each.default,
        "promise_id": promises[each.key]})


def _policies() -> dict[str, int]:
    found: dict[str, int] = {}
    for each in defaults.CLOSING:
        row, _ = ClosingPolicy.objects.get_or_create(key=each.key, defaults={
            "labels": each.labels, "closer": each.closer})
        found[each.key] = row.pk
    return found


def _mailbox(language: str, now: datetime) -> None:
    if not Mailbox.objects.exists():
        Mailbox.objects.create(address=f"desk@{_mail_host(settings.CONFIG.host)}", name="Service desk",
                               language=language, created_at=now)


def _mail_host(host: str) -> str:
    """The desk's host as the domain of an address: an IP address is none."""
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"
