"""Parts the body of a letter into what its sender wrote now and what he quoted."""

from __future__ import annotations

from firstline.intake.mail.letter import Cut
from firstline.intake.mail.reading import markup

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

# A body of more lines is no letter that a person wrote; it stays whole, so that reading it takes no time.
MOST_LINES = 15_000


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
    text = text if text.strip() else markup.text_of(html)
    if text.count("\n") > MOST_LINES:
        return Parted(text, "", "", "", "too-many-lines")
    marked, rule = bookmarked(html) if html else ("", "")
    if rule and marked.count("\n") <= MOST_LINES:
        parted = part(_recognised(_from_bookmarks(marked, rule), sent))
        if parted.rule != "nothing-left" or _is_all_quoted(marked):
            return parted
    return part(_recognised(split(text), sent))


def _recognised(lines: list[Line], sent: tuple[str, ...]) -> list[Line]:
    join_broken_links(lines)
    _mark_markers(lines)
    subtract(lines, sent)
    find_header_blocks(lines)
    find_attributions(lines)
    mark_signatures(lines)
    return lines


def _mark_markers(lines: list[Line]) -> None:
    """Our marker, with the paragraph above it if that ends in a colon: an introduction in whatever language."""
    for index, line in enumerate(lines):
        if line.kind is not Kind.TEXT or not holds_marker(line.text):
            continue
        line.kind, line.rule, line.begun, line.final = Kind.OPENER, "marker", index, True
        above = index - 1
        while above > 0 and lines[above].blank and above > index - 4:
            above -= 1
        if above < 0 or not lines[above].text.endswith(":"):
            continue
        while above >= 0 and lines[above].kind is Kind.TEXT and above > index - 7:
            lines[above].kind, lines[above].rule, lines[above].begun = Kind.OPENER, "marker", index
            lines[above].final = True
            above -= 1


def _from_bookmarks(text: str, rule: str) -> list[Line]:
    """Lines of a bookmarked text: quoted ones get '> ', introductions become openers."""
    lines: list[Line] = []
    quoted = introducing = 0
    for raw in text.split("\n"):
        bare = raw.strip(" >")
        quoted += (bare == QUOTE_OPENS) - (bare == QUOTE_CLOSES)
        introducing += (bare == INTRO_OPENS) - (bare == INTRO_CLOSES)
        if bare == BEGINS:
            lines.append(Line("", Kind.OPENER, rule=rule, begun=len(lines), final=True))
        if bare in (QUOTE_OPENS, QUOTE_CLOSES, INTRO_OPENS, INTRO_CLOSES, BEGINS):
            continue
        kind = kind_of(raw)
        if not bare and lines and lines[-1].blank:
            continue
        if quoted > 0 and not bare:
            lines.append(Line("", Kind.BLANK))
        elif quoted > 0:
            marked = raw if raw.startswith(">") else f"> {raw}".rstrip()
            lines.append(Line(marked, Kind.QUOTE, rule=rule, loose=True))
        elif introducing > 0 and kind is not Kind.BLANK:
            lines.append(Line(raw, Kind.OPENER, rule=rule, begun=-2))
        else:
            lines.append(Line(raw, kind))
    return lines


def _is_all_quoted(marked: str) -> bool:
    """Whether one single quotation without any introduction is the whole letter."""
    return marked.startswith(QUOTE_OPENS) and marked.rstrip().find(QUOTE_CLOSES) == len(marked.rstrip()) - 1
