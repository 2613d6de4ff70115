"""Turns a delivery report into one verdict for each recipient it speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from firstline.intake.mail.letter import Bounced, BounceKind, Letter

from . import codes, events, fields, prose, reasons
from .notice import ADDRESS, MOST, Notice
from .recognise import is_report
from .returned import original_headers

_STATUS_TYPES: Final = ("message/delivery-status", "message/global-delivery-status")
_PASSING: Final = frozenset({"expired", "networkerror", "systemfull", "toomanyconn", "speeding", "systemerror"})


def read_bounces(letter: Letter) -> tuple[Bounced, ...]:
    """What the report says of each recipient, in its order, at most fifty; () if the letter is no report.

    `kind` is `delayed` while the server still tries, `temporary` for a failure of class 4 (RFC 3463 §2) or
    with a passing reason, else `permanent`. A report of success has the reason `delivered` and is
    `temporary`: nothing is to be held against the address.
    """
    return tuple(_judged(notice) for notice in notices_of(letter)) if is_report(letter) else ()


def notices_of(letter: Letter) -> tuple[Notice, ...]:
    """The notices of all readers, joined by recipient: RFC 3464 fields first, then prose, then headers."""
    texts = _texts(letter)
    told_as_event = events.notices_in(letter.text)
    if told_as_event:
        return told_as_event
    stated = [notice for text in _status_texts(letter) for notice in fields.notices_in(text)]
    reports = [prose.report_of(text) for text in texts]
    if not stated:
        stated = [notice for report in reports for notice in fields.notices_in(report)]
    known = _failed_recipients(letter)
    told = [notice for report in reports for notice in prose.notices_in(report, known)]
    if not told and not stated:
        told = _second_look(letter, texts, reports, known)
    return _joined(stated, told)[:MOST] if stated else tuple(told[:MOST])


def _status_texts(letter: Letter) -> list[str]:
    return [
        part.text or "\n".join(f"{name}: {value}" for name, value in part.fields)
        for part in letter.parts
        if part.type in _STATUS_TYPES
    ]


def _texts(letter: Letter) -> list[str]:
    plain = [part.text for part in letter.parts if part.type == "text/plain" and part.text.strip()][:3]
    return plain or [letter.text]


def _failed_recipients(letter: Letter) -> frozenset[str]:
    """Addresses of X-Failed-Recipients, the header by which Exim, Gmail and others name them."""
    found: list[str] = []
    for value in letter.headers.all("x-failed-recipients"):
        found += [address.lower() for address in ADDRESS.findall(value[:20_000])]
    return frozenset(found[:MOST])


def _second_look(letter: Letter, texts: list[str], reports: list[str], known: frozenset[str]) -> list[Notice]:
    """Where the usual place says nothing: the whole text, then the headers' and the original's recipients."""
    context = "\n".join([*reports, letter.headers.subject[:1000]])
    for text in texts:
        told = fields.notices_in(text) or prose.notices_in("\n".join(text.splitlines()[:2000]), frozenset())
        if told and not known:
            return list(told)
    if known:
        return [Notice(recipient=address, words=context) for address in sorted(known)]
    original = dict(reversed(original_headers(letter)))
    addresses = [address.lower() for address in ADDRESS.findall(original.get("to", "")[:4000])]
    return [Notice(recipient=address, words=context) for address in dict.fromkeys(addresses)]


def _joined(stated: list[Notice], told: list[Notice]) -> tuple[Notice, ...]:
    """Stated notices with the prose about the same recipient added; one notice takes all the prose."""
    by_recipient = {notice.recipient: notice for notice in told}
    joined: list[Notice] = []
    for notice in stated:
        other = by_recipient.get(notice.recipient)
        if other is None and len(stated) == 1 and told:
            other = told[0]
        whole = notice.told_by(other) if other else notice
        if not whole.recipient and other:
            whole = replace(whole, recipient=other.recipient)
        joined.append(whole)
    return tuple(joined)


def _judged(notice: Notice) -> Bounced:
    status = _status(notice)
    reason = reasons.reason_of(notice, status=status)
    return Bounced(recipient=notice.recipient, status=status, kind=_kind(notice, status, reason), reason=reason)


def _status(notice: Notice) -> str:
    """The code of the refusing server's own words if they carry a telling one, else the reporter's."""
    told = codes.enhanced_in(notice.words)
    if told and (not notice.status or not told.endswith(".0.0")):
        return told
    if notice.status.endswith(".0.0") or not notice.status:
        around = codes.enhanced_in(notice.context) if not notice.words else ""
        return around or notice.status or told
    return notice.status


def _kind(notice: Notice, status: str, reason: str) -> BounceKind:
    if notice.action == "delayed" or (not notice.action and reasons.is_delay(notice)):
        return "delayed"
    if status:
        return "permanent" if status[0] == "5" else "temporary"
    reply = codes.reply_in(notice.words)
    if reply:
        return "temporary" if reply[0] == "4" else "permanent"
    return "temporary" if reason in _PASSING or reason == "delivered" else "permanent"
