"""Answer the requester, leave a note for colleagues, or take an answer back before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError, NotFound
from firstline.flows import addressing, uploads
from firstline.flows.changing import actor, changing, standing
from firstline.notices import outbox, words
from firstline.notices.rules.message import Enclosure
from firstline.tickets.desk import Case, Words
from firstline.tickets.models import Entry
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES, Status


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was written: it leaves at `send_after` unless withdrawn; `outgoing` is None without a mail."""

    seq: int
    outgoing: int | None
    send_after: datetime


def reply(number: int, *, by: Principal, now: datetime, text: str, cc: Sequence[str] = (), then: Status | None = None,
          seen_seq: int | None = None, files: Sequence[uploads.Upload] = ()) -> Said:
    """Answer the requester and the accepted participants. Raises Conflict when something new was not yet seen."""
    _require_words(text)
    with changing(number, by=by, to="ticket.reply", now=now) as [case]:
        standing(case)
        _require_seen(case, by=by, seen_seq=seen_seq)
        way = addressing.way_of(case, cc=outbox.addresses(cc))
        leaves = now + outbox.UNDO if way.to else now
        kept = uploads.keep(files, now=now)
        event = e.Reply(to=way.to, cc=way.cc, channel="mail" if way.to else "spoken")
        entry = case.write(event, by=actor(by), now=now, public_from=leaves, words=Words(text.strip(), files=kept))
        _take_up(case, by=by, now=now)
        _then(case, then, by=by, now=now)
        mail = _post(case, entry, way, text=text, by=by, now=now, files=files) if way.to else None
    return Said(entry.seq, mail, leaves)


def note(number: int, *, by: Principal, now: datetime, text: str, files: Sequence[uploads.Upload] = ()) -> int:
    """Leave a note that only colleagues read; its place in the journey."""
    _require_words(text)
    with changing(number, by=by, to="ticket.note", now=now) as [case]:
        standing(case)
        words_ = Words(text.strip(), files=uploads.keep(files, now=now))
        return case.write(e.Note(), by=actor(by), now=now, words=words_).seq


def withdraw(number: int, seq: int, *, by: Principal, now: datetime) -> str:
    """Take an answer back within the seconds of grace; its text, for the pad. Raises Conflict when it has left."""
    with changing(number, by=by, to="ticket.reply", now=now) as [case]:
        entry = Entry.objects.filter(ticket=case.ticket, seq=seq, kind=e.Reply.KIND).first()
        if entry is None or entry.actor_id != by.id:
            raise NotFound("There is no such answer of yours.")
        if entry.public_from is None or entry.public_from <= now or not outbox.withdraw(entry):
            raise Conflict("Too late: this answer has already left.")
        before = _status_before(case, entry)
        case.write(e.Withdrawn(seq=seq), by=actor(by), now=now)
        if before not in ("", case.reading.status):
            back = e.StatusChanged(status=before, before=case.reading.status, reason="withdrawn")
            case.write(back, by=actor(by), now=now)
        return entry.body.text


def _status_before(case: Case, answer: Entry) -> str:
    """The status that the answer's own story changed, or '' where it changed none or somebody changed it since."""
    changes = list(Entry.objects.filter(ticket=case.ticket, seq__gt=answer.seq,
                                        kind__in=(e.StatusChanged.KIND, e.Reopened.KIND)).order_by("seq"))
    if not changes or any(change.happened_at != answer.happened_at for change in changes):
        return ""
    return str(changes[0].data["before"])


def _require_words(text: str) -> None:
    if not text.strip():
        raise DeskError("There is nothing written yet.")


def _require_seen(case: Case, *, by: Principal, seen_seq: int | None) -> None:
    if seen_seq is None:
        return
    newer = Entry.objects.filter(ticket=case.ticket, seq__gt=seen_seq, kind__in=(e.Message.KIND, e.Reply.KIND))
    if newer.exclude(actor_kind="agent", actor_id=by.id).exists():
        raise Conflict("Something new came in while you were writing. Read it, then send again.")


def _take_up(case: Case, *, by: Principal, now: datetime) -> None:
    """Who answers an unclaimed ticket works on it."""
    if case.reading.assignee is None and by.kind == "agent":
        case.write(e.Assigned(agent=by.id, claimed=True), by=actor(by), now=now)
    elif case.reading.status == Status.NEW:
        case.write(e.StatusChanged(status=Status.OPEN.value, before=Status.NEW.value), by=actor(by), now=now)


def _then(case: Case, then: Status | None, *, by: Principal, now: datetime) -> None:
    if then is None or then == case.reading.status:
        return
    if then not in (Status.OPEN, Status.WAITING_CUSTOMER, Status.SOLVED):
        raise DeskError("After an answer a ticket is open, waits for the customer, or is solved.")
    if case.reading.status in DONE_STATES and then is Status.OPEN:
        case.write(e.Reopened(before=case.reading.status), by=actor(by), now=now)
    else:
        case.write(e.StatusChanged(status=then.value, before=case.reading.status), by=actor(by), now=now)


def _post(case: Case, entry: Entry, way: addressing.Way, *, text: str, by: Principal, now: datetime,
          files: Sequence[uploads.Upload]) -> int:
    case.flush()
    wording = words.answer(number=case.number, subject=case.reading.subject, text=text, language=way.language,
                           signature=addressing.signature_of(by), marker=way.marker)
    enclosed = tuple(Enclosure(uploads.clean_name(f.name), f.type, f.content) for f in files)
    before = outbox.references(case.ticket, last=addressing.last_letter_of(case.number))
    parcel = outbox.Parcel(mailbox=way.mailbox, ticket=case.ticket, kind="reply", to=way.to, cc=way.cc,
                           wording=wording, language=way.language, from_name=by.name, files=enclosed,
                           references=before)
    return outbox.write(parcel, entry=entry, now=now, wait=outbox.UNDO).pk
