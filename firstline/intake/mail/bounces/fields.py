"""Reads the fields of a delivery status notification (RFC 3464), also where they stand in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .notice import LOOK, MOST, Notice, address_in, lines_of

FIELD: Final = re.compile(
    r"[>\s]{0,8}(final-recipient|original-recipient|x-actual-recipient|x-actual-final-recipient|action|status"
    r"|diagnostic-code|reporting-mta|arrival-date|remote-mta|last-attempt-date|final-log-id"
    r"|will-retry-until|x-[a-z]{1,20}-bouncecategory)"
    r"\s{0,4}:[ \t]*(.*)",
    re.IGNORECASE,
)
STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
ACTION: Final = re.compile(r"failed|failure|delayed|delivered|deliverable|relayed|expanded", re.IGNORECASE)
_RECIPIENTS: Final = (
    "final-recipient",
    "original-recipient",
    "x-actual-recipient",
    "x-actual-final-recipient",
)


def notices_in(text: str) -> tuple[Notice, ...]:
    """One notice for each group of per-recipient fields (RFC 3464 §2.3), in order, at most `MOST`."""
    found = []
    for group in _groups(_fields(lines_of(text[:LOOK]))):
        notice = _notice(group)
        if notice is not None:
            found.append(notice)
        if len(found) >= MOST:
            break
    return tuple(found)


def _fields(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Known fields unfolded (RFC 5322 §2.2.3); a blank line comes as ('', ''), others are passed over."""
    name, value = "", ""
    for line in lines:
        match = FIELD.match(line)
        if match is not None:
            if name:
                yield name, value
            name, value = match.group(1).lower(), match.group(2).strip()
        elif name and line[:1] in (" ", "\t") and line.strip():
            value = f"{value} {line.strip()}"
        else:
            if name:
                yield name, value
            if not line.strip(" >"):
                yield "", ""
            name, value = "", ""
    if name:
        yield name, value


def _groups(fields: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Fields gathered by recipient. A blank line ends a group, and so does a field that comes again.

    A group is only ended by a blank line once it names a recipient and an action or status: some
    reporters put blank lines between all fields.
    """
    group: dict[str, str] = {}
    for name, value in fields:
        if not name:
            if any(key in group for key in _RECIPIENTS) and ("action" in group or "status" in group):
                yield group
                group = {}
            continue
        if name in group and name in ("final-recipient", "original-recipient", "action"):
            yield group
            group = {}
        group.setdefault(name, value)
    if group:
        yield group


def _notice(group: dict[str, str]) -> Notice | None:
    recipient = next(filter(None, (_recipient(group.get(name, "")) for name in _RECIPIENTS)), "")
    action = ACTION.search(group.get("action", ""))
    status = STATUS.search(group.get("status", ""))
    words = group.get("diagnostic-code", "")
    if not recipient and not (action and (status or words)):
        return None
    return Notice(
        recipient=recipient,
        action=_plain(action.group().lower()) if action else "",
        status=status.group() if status else "",
        words=words,
        category=next((value.lower() for name, value in group.items() if name.endswith("bouncecategory")), ""),
    )


def _plain(action: str) -> str:
    return "failed" if action == "failure" else action


def _recipient(value: str) -> str:
    """The address of 'rfc822; user@host' (RFC 3464 §2.3.1), or a bare local name as written."""
    address = address_in(value)
    if address:
        return address
    kind, semicolon, rest = value.partition(";")
    bare = rest.strip(" <>\"'") if semicolon else ""
    return bare.lower() if bare and not set(bare) & set(" /") and kind.strip().lower() == "rfc822" else ""
