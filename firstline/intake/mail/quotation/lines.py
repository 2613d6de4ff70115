"""A body as lines, each with the part it plays in a reply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

# Invisible marks (Unicode private use) by which `tree` tells this module where the HTML begins and ends a
# quotation; `tree` takes them out of a stranger's HTML first, `split` out of a stranger's text.
QUOTE_OPENS, QUOTE_CLOSES, INTRO_OPENS, INTRO_CLOSES, BEGINS = (
    "\uf8d0",
    "\uf8d1",
    "\uf8d2",
    "\uf8d3",
    "\uf8d4",
)
BOOKMARKS = QUOTE_OPENS + QUOTE_CLOSES + INTRO_OPENS + INTRO_CLOSES + BEGINS

_NEWLINE = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c|\x85")
_QUOTED = re.compile(r"[ \t\u00a0]{0,8}>")
_INITIALS = re.compile(r"[ \t]{0,4}([A-Z]{1,3})>(?: |$)")
_FRAME = re.compile(r"[-_=*~#\u2014\u2013\u2500 \t\u00a0>]{3,}")
_FRAME_MARK = re.compile(r"[-_=*~#\u2014\u2013\u2500]{3}")
_LINK = re.compile(r"://|^\(|^<|[=&?%/][^\s]*[)>]?$")


class Kind(Enum):
    """What a line is: `OPENER` introduces a quotation, `FRAME` is a ruled line, `SIGN` a marked signature."""

    BLANK = "blank"
    TEXT = "text"
    QUOTE = "quote"
    OPENER = "opener"
    FRAME = "frame"
    SIGN = "sign"


@dataclass(slots=True)
class Line:
    """One line while the rules still look at it.

    `rule` names what made it an opener; `begun` numbers the openers, so that two in a row stay two; `loose`: a
    quotation that is known as such even where no line introduces it; `final`: nothing of the reply comes after.
    """

    text: str
    kind: Kind
    rule: str = ""
    begun: int = -1
    loose: bool = False
    final: bool = False

    @property
    def blank(self) -> bool:
        return self.kind is Kind.BLANK


def split(text: str) -> list[Line]:
    """The lines of plain text, blank, ruled, quoted (RFC 3676 section 4.5: '>') or text. Linear."""
    clean = text.translate({ord(mark): None for mark in BOOKMARKS}).replace("\0", "")
    lines = [Line(line.rstrip(), kind_of(line)) for line in _NEWLINE.split(clean)]
    _mark_initials(lines)
    return lines


def kind_of(line: str) -> Kind:
    """What one line is by itself."""
    bare = line.strip()
    if not bare or bare in ("\u200b", "\ufeff", "\u00ad"):
        return Kind.BLANK
    if _QUOTED.match(line) and not bare.startswith((">:", "> :")):
        return Kind.QUOTE
    if _FRAME.fullmatch(bare) and _FRAME_MARK.search(bare):
        return Kind.FRAME
    return Kind.TEXT


def _mark_initials(lines: list[Line]) -> None:
    """Usenet's quotation with the writer's initials ('AB> text'): at least two such lines with the same ones."""
    found = [(line, match.group(1)) for line in lines if (match := _INITIALS.match(line.text))]
    seen: dict[str, int] = {}
    for _, initials in found:
        seen[initials] = seen.get(initials, 0) + 1
    for line, initials in found:
        if seen[initials] > 1 and line.kind is Kind.TEXT:
            line.kind = Kind.QUOTE


def join_broken_links(lines: list[Line]) -> None:
    """A quoted link that a mail program wrapped leaves a tail without '>' between two quoted lines."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.kind is not Kind.TEXT or before.kind is not Kind.QUOTE or after.kind is not Kind.QUOTE:
            continue
        bare = line.text.strip()
        if len(bare.split()) <= 3 and _LINK.search(bare[:400]):
            line.kind = Kind.QUOTE
