"""Parts of a ticket are sent on to somebody outside the conversation, such as a supplier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import DeskError
from firstline.flows import addressing
from firstline.flows.changing import actor, changing, standing
from firstline.notices import outbox, words
from firstline.tickets.answers import taken_back
from firstline.tickets.desk import Case, Words
from firstline.tickets.models import Body
from firstline.tickets.rules import entries as e


def forward(number: int, *, by: Principal, now: datetime, to: Sequence[str], text: str, seqs: Sequence[int]) -> int:
    """Send chosen public messages on; internal notes never leave this way. Returns the place in the journey."""
    receivers = outbox.addresses(to)
    if not receivers:
        raise DeskError("Name an e-mail address to forward to.")
    with changing(number, by=by, to="ticket.reply", now=now) as [case]:
        standing(case)
        quoted = _quoted(case, seqs, now=now)
        event = e.Forwarded(to=receivers, seqs=tuple(sorted(set(seqs))))
        entry = case.write(event, by=actor(by), now=now, words=Words(text.strip(), quoted=quoted))
        case.flush()
        way = addressing.way_of(case)
        wording = words.forward(number=number, subject=case.reading.subject, text=text, quoted=quoted,
                                language=way.language)
        parcel = outbox.Parcel(mailbox=way.mailbox, ticket=case.ticket, kind="forward", to=receivers, wording=wording,
                               language=way.language, from_name=by.name)
        outbox.write(parcel, entry=entry, now=now, wait=outbox.UNDO)
    return entry.seq


def _quoted(case: Case, seqs: Sequence[int], *, now: datetime) -> str:
    rows = Body.objects.filter(entry__ticket=case.ticket, entry__seq__in=list(seqs), entry__public_from__lte=now)
    rows = rows.exclude(entry__seq__in=taken_back(case.number))
    texts = list(rows.order_by("entry__seq").values_list("text", flat=True))
    if not texts or len(texts) != len(set(seqs)):
        raise DeskError("Choose the messages to forward; notes for colleagues cannot be forwarded.")
    return "\n\n".join(texts)
