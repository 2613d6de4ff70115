"""Finds a marked signature: what stands below '-- ', or a telephone's 'Sent from my ...'."""

from __future__ import annotations

import re
from functools import lru_cache

from .devices import DEVICES, SENT_FROM, SENT_WITH, SENT_WITH_END
from .lines import Kind, Line, split

_DELIMITER = re.compile(r"--|_{2,}")
_MOST_LINES = 12
_LONGEST_LINE = 100
_ASIDE = re.compile(r"<[^<>]{0,300}>|\([^()]{0,300}\)")


def mark_signatures(lines: list[Line]) -> None:
    """Mark, at the end of each run of text, a signature that the writer or the program set off.

    The rules: RFC 3676 section 4.3 ('-- ' on a line of its own, also without the blank, and a line of underscores)
    with at most 12 short lines below it; and a last line that names the sending telephone or program.
    """
    start = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or lines[index].kind in (Kind.OPENER, Kind.QUOTE):
            if index > start:
                _mark_run(lines, start, index)
            start = index + 1


def signature(text: str) -> tuple[str, str]:
    """Part a reply into its words and its marked signature ('' if it has none)."""
    lines = split(text)
    mark_signatures(lines)
    cut = next((index for index, line in enumerate(lines) if line.kind is Kind.SIGN), len(lines))
    if any(line.kind is not Kind.SIGN and not line.blank for line in lines[cut:]):
        return text, ""
    written = "\n".join(line.text for line in lines[:cut]).rstrip()
    return written, "\n".join(line.text for line in lines[cut:]).strip()


def _mark_run(lines: list[Line], start: int, end: int) -> None:
    below = _below_delimiter(lines, start, end)
    if below is not None:
        for line in lines[below:end]:
            line.kind = Kind.BLANK if line.blank else Kind.SIGN
        end = below
    for index in range(end - 1, start - 1, -1):
        line = lines[index]
        if line.kind is Kind.TEXT and is_device_line(line.text):
            line.kind = Kind.SIGN
        elif not line.blank and line.kind is not Kind.FRAME:
            return


def _below_delimiter(lines: list[Line], start: int, end: int) -> int | None:
    """The first delimiter from which only a few short lines follow up to `end`."""
    found, count = None, 0
    for index in range(end - 1, start - 1, -1):
        line = lines[index]
        if line.blank:
            continue
        if _DELIMITER.fullmatch(line.text.strip()):
            if count == 0 and line.kind is Kind.FRAME:
                continue
            found = index
            continue
        count += 1
        if count > _MOST_LINES or len(line.text) > _LONGEST_LINE:
            break
    return found


@lru_cache(maxsize=4096)
def is_device_line(text: str) -> bool:
    """'Sent from my iPhone' and its like: few words, no comma; a sentence about one's desk is no such line."""
    if len(text) > 300:
        return False
    text = text.strip(" \t*_")
    if text[:1] + text[-1:] in ("()", "[]"):
        text = text[1:-1]
    bare = " ".join(_ASIDE.sub(" ", text.replace("\u00a0", " ")).split()).strip("*_-\u2013\u2014. !").casefold()
    if not bare or len(bare.split()) > 12 or "," in bare:
        return False
    if bare.startswith(SENT_FROM):
        return True
    named = any(device in bare for device in DEVICES)
    return named and len(bare.split()) <= 8 and (bare.startswith(SENT_WITH) or bare.endswith(SENT_WITH_END))
