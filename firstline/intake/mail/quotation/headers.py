"""Finds the block of header lines (From, Sent, To, Subject) above a quoted or forwarded mail."""

from __future__ import annotations

import re
from functools import lru_cache

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
_REST_OF_ADDRESS = re.compile(r"\s{0,8}<?[^\s<>@]{1,80}@[^\s<>@]{1,100}>?[,;]?(?:mailto:\S{1,100})?")
_DASHES = ("--", "__", "==", "~~", "++", "-_", "_-")
_PLAIN_DASHES = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2500"} | {
    ord(mark): None for mark in "\u200b\u200e\u200f\ufeff"
}
_DIGIT = re.compile(r"\d")
_LONGEST_GAP = 2
_LONGEST_BLOCK = 40
_ONE_LINE = re.compile(r"(?:^|[ \t*])([^\W\d_][\w' -]{0,14}?)[*]?: ")


def find_header_blocks(lines: list[Line]) -> None:
    """Mark every block of labelled lines, with the ruled lines and 'Original Message' above it, as openers.

    Linear: a run of labelled lines that makes no block is stepped over as a whole.
    """
    index = 0
    while index < len(lines):
        line = lines[index]
        is_block, end = False, index + 1
        if line.kind is Kind.TEXT:
            if _roles(line.text):
                is_block, end = _block(lines, index)
            if is_block or is_phrase(line.text):
                _mark(lines, index, end, "header-block" if is_block else "original-message")
        index = end


def _mark(lines: list[Line], index: int, end: int, rule: str) -> None:
    start = _with_lines_above(lines, index)
    for line in lines[start:end]:
        line.kind = Kind.BLANK if line.blank else Kind.OPENER
        line.rule, line.begun = rule, start


def _block(lines: list[Line], start: int) -> tuple[bool, int]:
    """Whether labelled lines from `start` on make a block, and where they end (exclusive).

    Up to two lines without a label may stand between two labels (a wrapped value, a blank line). A sender's label
    after a blank line begins a block of its own.
    """
    seen: list[tuple[frozenset[str], str]] = []
    end, gap, index, after_blank = start, 0, start, False
    while index < min(len(lines), start + _LONGEST_BLOCK) and gap <= _LONGEST_GAP:
        line = lines[index]
        if line.kind not in (Kind.TEXT, Kind.BLANK):
            break
        roles = _roles(line.text)
        if roles and not (seen and after_blank and "from" in roles):
            seen.append((roles, line.text[:400]))
            end, gap, after_blank = index + 1, 0, False
        elif roles:
            break
        else:
            if not line.blank and gap == 0 and not _LABEL.match(line.text[:80]):
                seen[-1] = (seen[-1][0], f"{seen[-1][1]} {line.text[:400]}")
            gap, after_blank = gap + 1, after_blank or line.blank
        index += 1
    if len(seen) == 1:
        return _all_in_one_line(lines[start].text), end
    while end < len(lines) and lines[end].kind is Kind.TEXT and _REST_OF_ADDRESS.fullmatch(lines[end].text[:200]):
        end += 1
    return _is_block(seen), end


def _is_block(seen: list[tuple[frozenset[str], str]]) -> bool:
    """Three labels of different meaning, or two with an address and a date; never a mere form ('From: London')."""
    roles = _assign([found for found, _ in seen])
    if not roles & {"from", "date"}:
        return False
    has_address = any("@" in value for _, value in seen)
    has_time = any("date" in found and _TIME.search(value) for found, value in seen)
    has_day = any("date" in found and _DIGIT.search(value) for found, value in seen)
    if len(roles) >= 3:
        return has_address or ("subject" not in seen[0][0] and (has_time or "subject" in roles))
    return len(roles) == 2 and (has_address and (has_day or roles == {"from", "subject"} or roles == {"from", "to"}))


def _assign(found: list[frozenset[str]]) -> set[str]:
    """One meaning a label: a word with two (Polish 'do', Bulgarian 'от') takes the one still free."""
    roles: set[str] = set()
    for meanings in sorted(found, key=len):
        free = sorted(meanings - roles)
        if free:
            roles.add(free[0])
    return roles


@lru_cache(maxsize=4096)
def _roles(text: str) -> frozenset[str]:
    head = text[:80]
    match = _LABEL.match(head) if ":" in head or "\uff1a" in head else None
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


def is_phrase(text: str) -> bool:
    """'-----Original Message-----' and its like in the languages of the table."""
    text = text[:200].translate(_PLAIN_DASHES)
    bare = text.strip(" \t\u00a0*_>:.-")
    if not 0 < len(bare) <= 160:
        return False
    if bare.casefold() in FORWARDED:
        return True
    match = _BETWEEN_DASHES.fullmatch(text.strip()) if text.rstrip("* \t").endswith(_DASHES) else None
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
            or (line.kind is Kind.TEXT and is_phrase(line.text))
            or (line.kind is Kind.TEXT and _BETWEEN_DASHES.fullmatch(line.text.strip()[:200]))
        ):
            first = index
        elif not line.blank:
            break
    return first
