"""Finds the block of header lines (From, Sent, To, Subject) above a quoted or forwarded mail."""

from __future__ import annotations

import re

from .labels import LABELS
from .lines import Kind, Line
from .phrases import FORWARDED, ORIGINAL

_ROLES: dict[str, frozenset[str]] = {}
for _words in LABELS.values():
    for _role, _labels in _words.items():
        for _label in _labels:
            _ROLES[_label] = _ROLES.get(_label, frozenset()) | {_role}
_PHRASES = frozenset(phrase for phrases in ORIGINAL.values() for phrase in phrases)

_LABEL = re.compile(r"[ \t\u00a0>*_|]{0,10}([^\W\d_][^:\uff1a<>@\n]{0,24}?)[ \t\u00a0*_]{0,4}[:\uff1a](?!//)")
_BETWEEN_DASHES = re.compile(
    r"[ \t>*_]{0,8}[-_=~+]{2,}[ \t]{0,4}([^-_=~+\n][^\n]{1,60}?)[ \t]{0,4}[-_=~+]{2,}[ \t*_]{0,8}"
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_DIGIT = re.compile(r"\d")
_LONGEST_GAP = 2
_LONGEST_BLOCK = 40
_ONE_LINE = re.compile(r"(?:^|[ \t*])([^\W\d_][\w' -]{0,14}?)[*]?: ")


def find_header_blocks(lines: list[Line]) -> None:
    """Mark every block of labelled lines, with the ruled lines and 'Original Message' above it, as openers."""
    index = 0
    while index < len(lines):
        end = _block_end(lines, index) if lines[index].kind is Kind.TEXT else None
        if end is None and _is_phrase(lines[index]):
            end = index + 1
        if end is None:
            index += 1
            continue
        start = _with_lines_above(lines, index)
        rule = "original-message" if _is_phrase(lines[start]) or end == index + 1 else "header-block"
        for line in lines[start:end]:
            line.kind = Kind.BLANK if line.blank else Kind.OPENER
            line.rule, line.begun = rule, start
        index = end


def _block_end(lines: list[Line], start: int) -> int | None:
    """Where the block that begins at `start` ends (exclusive), or None if none does."""
    if not _roles(lines[start].text):
        return None
    seen: list[tuple[frozenset[str], str]] = []
    end, gap, index = start, 0, start
    while index < min(len(lines), start + _LONGEST_BLOCK) and gap <= _LONGEST_GAP:
        line = lines[index]
        roles = _roles(line.text) if line.kind is Kind.TEXT else frozenset()
        if roles:
            seen.append((roles, line.text[:400]))
            end, gap = index + 1, 0
        elif line.kind not in (Kind.TEXT, Kind.BLANK):
            break
        else:
            if seen and not line.blank and gap == 0:
                seen[-1] = (seen[-1][0], f"{seen[-1][1]} {line.text[:400]}")
            gap += 1
        index += 1
    if len(seen) == 1:
        return end if _all_in_one_line(lines[start].text) else None
    return end if _is_block(seen) else None


def _is_block(seen: list[tuple[frozenset[str], str]]) -> bool:
    """Three labels of different meaning, or two with an address and a date; never a mere form ('From: London')."""
    roles = _assign([found for found, _ in seen])
    if not roles & {"from", "date"}:
        return False
    has_address = any("@" in value for _, value in seen)
    has_time = any("date" in found and _TIME.search(value) for found, value in seen)
    has_day = any("date" in found and _DIGIT.search(value) for found, value in seen)
    if len(roles) >= 3:
        return has_address or has_time or "subject" in roles
    return len(roles) == 2 and (
        has_address and (has_day or roles == {"from", "subject"} or roles == {"from", "to"})
    )


def _assign(found: list[frozenset[str]]) -> set[str]:
    """One meaning a label: a word with two (Polish 'do', Bulgarian 'от') takes the one still free."""
    roles: set[str] = set()
    for meanings in sorted(found, key=len):
        free = sorted(meanings - roles)
        if free:
            roles.add(free[0])
    return roles


def _roles(text: str) -> frozenset[str]:
    match = _LABEL.match(text[:80])
    if match is None:
        return frozenset()
    label = " ".join(match.group(1).strip(" *_\u00a0").casefold().split())
    return _ROLES.get(label, frozenset())


def _all_in_one_line(text: str) -> bool:
    """HTML turned to text at times leaves the whole block on one line."""
    if len(text) > 1000:
        return False
    labels = [" ".join(match.group(1).casefold().split()) for match in _ONE_LINE.finditer(text)]
    roles = _assign([_ROLES[label] for label in labels if label in _ROLES])
    return "@" in text and (len(roles) >= 3 or (roles == {"from", "date"} and _TIME.search(text) is not None))


def _is_phrase(line: Line) -> bool:
    """'-----Original Message-----' and its like in the languages of the table."""
    bare = line.text.strip(" \t\u00a0*_>")
    if line.kind not in (Kind.TEXT, Kind.QUOTE) or not 0 < len(bare) <= 160:
        return False
    if bare.casefold().strip(" :.-") in FORWARDED:
        return True
    match = _BETWEEN_DASHES.fullmatch(line.text.strip()) if line.kind is Kind.TEXT else None
    if match is None:
        return False
    phrase = " ".join(match.group(1).casefold().replace("\u2019", "'").split())
    return phrase.strip(" :*") in _PHRASES or phrase.startswith("forwarded by ")


def _with_lines_above(lines: list[Line], start: int) -> int:
    """Ruled lines, blank lines and one line between dashes belong to the block below them."""
    first = start
    for index in range(start - 1, max(-1, start - 5), -1):
        line = lines[index]
        if (
            line.kind is Kind.FRAME
            or _is_phrase(line)
            or (line.kind is Kind.TEXT and _BETWEEN_DASHES.fullmatch(line.text.strip()[:200]))
        ):
            first = index
        elif not line.blank:
            break
    return first
