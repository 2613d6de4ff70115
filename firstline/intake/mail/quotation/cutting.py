"""Parts the body of a letter into what its sender wrote now and what he quoted."""

from __future__ import annotations

from firstline.intake.mail.letter import Cut

from .attribution import find_attributions
from .headers import find_header_blocks
from .lines import (
    BEGINS,
    INTRO_CLOSES,
    INTRO_OPENS,
    QUOTE_CLOSES,
    QUOTE_OPENS,
    Kind,
    Line,
    join_broken_links,
    kind_of,
    split,
)
from .marker import holds_marker
from .pattern import Parted, part
from .sent import subtract
from .signature import mark_signatures
from .tree import bookmarked


def cut(text: str, html: str = "", *, sent: tuple[str, ...] = ()) -> Cut:
    """Part a body into reply and quotation; nothing is deleted, `quoted` holds the rest in order.

    `text` is the whole readable body, `html` the raw HTML body or '', `sent` the plain texts of our earlier mails.
    In this order: the structure of known programs' HTML, our marker, our own words, header and attribution lines.
    A marked signature ('-- ', 'Sent from my ...') is folded away with the quotation. If nothing would be left of
    the reply, everything stays in it and the rule is 'nothing-left'.
    """
    parted = part_body(text, html, sent=sent)
    return Cut(reply=parted.reply, quoted=parted.folded, rule=parted.rule)


def part_body(text: str, html: str = "", *, sent: tuple[str, ...] = ()) -> Parted:
    """As `cut`, with a marked signature apart from both reply and quotation."""
    marked, rule = bookmarked(html) if html else ("", "")
    if rule:
        parted = part(_recognised(_from_bookmarks(marked, rule), sent))
        if parted.rule not in ("nothing-left", "whole") or _is_all_quoted(marked):
            return parted
    return part(_recognised(split(text if text.strip() else marked), sent))


def _recognised(lines: list[Line], sent: tuple[str, ...]) -> list[Line]:
    join_broken_links(lines)
    for index, line in enumerate(lines):
        if line.kind is Kind.TEXT and holds_marker(line.text):
            line.kind, line.rule, line.begun, line.final = Kind.OPENER, "marker", index, True
    subtract(lines, sent)
    find_header_blocks(lines)
    find_attributions(lines)
    mark_signatures(lines)
    return lines


def _from_bookmarks(text: str, rule: str) -> list[Line]:
    """Lines of a bookmarked text: quoted ones get '> ', introductions become openers."""
    lines: list[Line] = []
    quoted = introducing = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        quoted += (bare == QUOTE_OPENS) - (bare == QUOTE_CLOSES)
        introducing += (bare == INTRO_OPENS) - (bare == INTRO_CLOSES)
        if bare == BEGINS:
            lines.append(Line("", Kind.OPENER, rule=rule, begun=len(lines), final=True))
        if bare in (QUOTE_OPENS, QUOTE_CLOSES, INTRO_OPENS, INTRO_CLOSES, BEGINS):
            continue
        kind = kind_of(raw)
        if quoted > 0:
            lines.append(Line(f"> {raw}".rstrip(), Kind.QUOTE, rule=rule, loose=True))
        elif introducing > 0 and kind is not Kind.BLANK:
            lines.append(Line(raw, Kind.OPENER, rule=rule, begun=-2))
        else:
            lines.append(Line(raw, kind))
    return lines


def _is_all_quoted(marked: str) -> bool:
    """Whether one single quotation without any introduction is the whole letter."""
    return marked.startswith(QUOTE_OPENS) and marked.rstrip().find(QUOTE_CLOSES) == len(marked.rstrip()) - 1
