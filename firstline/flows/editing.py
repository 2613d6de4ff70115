"""The facts of a ticket are put right: subject, kind, priority, category, persons, tags, secrecy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from firstline.accounts.principal import Principal
from firstline.core.errors import DeskError
from firstline.core.text import line
from firstline.flows.changing import actor, changing, standing
from firstline.flows.keeping_secret import keep_secret
from firstline.flows.known import require_kind, require_known
from firstline.tickets.rules import entries as e


def edit(number: int, *, by: Principal, now: datetime, subject: str | None = None, kind: str | None = None,
         priority: int | None = None, category: int | None = None, affected: int | None = None,
         requester: int | None = None, confidential: bool | None = None, add_tags: Sequence[str] = (),
         drop_tags: Sequence[str] = ()) -> None:
    """Change what is given and leave the rest. Each change is a line of the journey with its value before."""
    wanted = {"subject": _subject(subject), "kind": kind, "priority": priority, "category": category,
              "affected": affected, "requester": requester}
    require_kind(kind)
    require_known(priority=priority, category=category, affected=affected, requester=requester)
    with transaction.atomic():
        if confidential is not None:
            keep_secret(number, by=by, now=now, confidential=confidential)
        _change(number, wanted, by=by, now=now, add_tags=add_tags, drop_tags=drop_tags)


def _change(number: int, wanted: Mapping[str, Any], *, by: Principal, now: datetime, add_tags: Sequence[str],
            drop_tags: Sequence[str]) -> None:
    with changing(number, by=by, to="ticket.change", now=now) as [case]:
        standing(case)
        for name, value in wanted.items():
            before = getattr(case.reading, name)
            if value is not None and value != before:
                case.write(e.Edited(field=name, before=before, value=value), by=actor(by), now=now)
        added = tuple(t for t in _tags(add_tags) if t not in case.reading.tags)
        dropped = tuple(t for t in _tags(drop_tags) if t in case.reading.tags)
        if added or dropped:
            case.write(e.Tagged(added=added, dropped=dropped), by=actor(by), now=now)


def _subject(subject: str | None) -> str | None:
    if subject is None:
        return None
    folded = line(subject)
    if not folded:
        raise DeskError("A ticket needs a subject.")
    return folded


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in (line(tag, limit=40).lower() for tag in tags) if t))
