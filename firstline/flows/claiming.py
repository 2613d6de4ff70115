"""Workers share the tables that are the queues: claims in batches, with a lease, fair over mailboxes."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from firstline.intake.models import Letter
from firstline.notices.models import Outgoing
from firstline.work.models import Breaker, Chore

_Row = TypeVar("_Row", Letter, Outgoing, Chore)
LEASE = timedelta(minutes=10)
SENDING_LEASE = timedelta(minutes=20)
_LOOK_AT = 400


def worker_name() -> str:
    """Who this process is: host, process id and when it started, so that a dead one is known as such."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def claim_letters(*, worker: str, now: datetime, limit: int = 20) -> list[int]:
    """Claim the oldest letters that are due, taking turns between mailboxes. Ids in the order to handle them."""
    due = Letter.objects.filter(_free(now, worker=worker, fresh="received"), next_at__lte=now)
    with transaction.atomic():
        turn = Window(RowNumber(), partition_by=F("mailbox_id"), order_by=F("id").asc())
        candidates = Letter.objects.filter(id__in=_oldest(due)).annotate(turn=turn).order_by("turn", "id")
        wanted = list(candidates.values_list("id", flat=True)[: limit * 4])
        return _take(due.filter(id__in=wanted), wanted, worker=worker, now=now, limit=limit, state="working")


def _oldest(due: QuerySet[Letter, Letter]) -> list[int]:
    """The oldest letters that are due, and where they are a flood, also the oldest of the mailboxes without one."""
    rows = due.order_by("next_at", "id").values_list("id", "mailbox_id")
    found = dict(rows[:_LOOK_AT])
    if len(found) == _LOOK_AT:
        flooded = set(found.values())
        quiet = rows.exclude(mailbox_id__in=[box for box in flooded if box is not None])
        if None in flooded:
            quiet = quiet.exclude(mailbox_id__isnull=True)
        found.update(quiet[:_LOOK_AT])
    return list(found)


def claim_letter(letter: int, *, worker: str, now: datetime) -> bool:
    """Claim one letter out of turn, to handle it at once; False when somebody else has it."""
    with transaction.atomic():
        due = Letter.objects.filter(_free(now, worker=worker, fresh="received"), pk=letter)
        return bool(_take(due, [letter], worker=worker, now=now, limit=1, state="working"))


def claim_outgoing(*, worker: str, now: datetime, limit: int = 20) -> list[int]:
    """Claim mails to send: oldest first, never one whose elder on the same ticket still waits."""
    unsent = Outgoing.objects.filter(state__in=("waiting", "sending"))
    elder = unsent.filter(ticket=OuterRef("ticket"), id__lt=OuterRef("id"))
    due = Outgoing.objects.filter(_free(now, worker=worker, fresh="waiting", claimed="sending"), next_at__lte=now)
    with transaction.atomic():
        wanted = list(due.filter(~Exists(elder)).order_by("next_at", "id").values_list("id", flat=True)[: limit * 2])
        return _take(due.filter(id__in=wanted), wanted, worker=worker, now=now, limit=limit, state="sending",
                     lease=SENDING_LEASE)


def claim_chores(*, worker: str, now: datetime, limit: int = 1) -> list[int]:
    """Claim chores that are due."""
    due = Chore.objects.filter(_free(now, worker=worker, fresh="waiting"), next_at__lte=now)
    with transaction.atomic():
        wanted = list(due.order_by("next_at", "id").values_list("id", flat=True)[: limit * 4])
        return _take(due.filter(id__in=wanted), wanted, worker=worker, now=now, limit=limit, state="working")


def release_dead(*, now: datetime) -> int:
    """Give back at once what processes of this host had claimed that are no longer there."""
    host = socket.gethostname()
    freed = 0
    for model, claimed in ((Letter, "working"), (Outgoing, "sending"), (Chore, "working")):
        names = model.objects.filter(state=claimed, lease_until__gt=now, claimed_by__startswith=f"{host}:")
        dead = [name for name in names.values_list("claimed_by", flat=True).distinct() if not _alive(name)]
        if dead:
            with transaction.atomic():
                freed += model.objects.filter(state=claimed, claimed_by__in=dead).update(lease_until=now)
    return freed


def breakers_open(*, now: datetime) -> frozenset[str]:
    """Names of the outside hosts that are left alone now."""
    return frozenset(Breaker.objects.filter(open_until__gt=now).values_list("name", flat=True))


def _free(now: datetime, *, worker: str, fresh: str, claimed: str = "working") -> Q:
    """What nobody has in hand. A worker claims with empty hands: what still bears its own name was left behind when
    the database failed in between."""
    return Q(state=fresh) | Q(state=claimed, lease_until__lte=now) | Q(state=claimed, claimed_by=worker)


def _take(rows: QuerySet[_Row], wanted: Sequence[int], *, worker: str, now: datetime, limit: int,
          state: str, lease: timedelta = LEASE) -> list[int]:
    """Of the `wanted` rows, mark those as ours that nobody else holds: compare and set, in the order wanted."""
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    free = set(rows.values_list("pk", flat=True))
    mine = [one for one in wanted if one in free][:limit]
    if mine:
        held = rows.model._default_manager.filter(pk__in=mine)
        held.update(state=state, claimed_by=worker, lease_until=now + lease)
    return mine


def _started(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def _alive(name: str) -> bool:
    _, pid, started = (name.split(":") + ["", ""])[:3]
    return pid.isdigit() and _started(int(pid)) == started and started != "0"
