"""Measures how deep a browser would nest a stranger's HTML before any parser is let near it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from firstline.intake.mail.reading import caps

_OPENER: Final = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]{0,60}))")
_COMMENT_END: Final = re.compile(r"--!?>")
_ATTRIBUTE: Final = re.compile(r"[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*)?)?")
_TAG_END: Final = re.compile(r"[\s/]*>")
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_SELF_CLOSING: Final = frozenset(["p", "li", "dt", "dd", "tr", "tbody", "thead", "tfoot", "option", "colgroup"])
_FORMATTING: Final = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_CELLS: Final = frozenset({"td", "th", "caption"})
_ROWS: Final = frozenset({"tr", "tbody", "thead", "tfoot"}) | _CELLS
_BARRIERS: Final = frozenset(["table", "applet", "marquee", "object", "template", "button", "html", "select"])
_RAW: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
# Formatting elements that were left open are opened again in every block: the product is what costs.
_MOST_REOPENED: Final = 500_000
_FEW: Final = 3_000
_SHORT: Final = 20_000
_MOST_ATTRIBUTES: Final = 500
_OVERLOADED: Final = "!"


@dataclass(slots=True)
class _Frame:
    """An element that end tags inside it cannot reach beyond, with what stands open in it."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    stack: list[str] = field(default_factory=list)
    formatting: Counter[str] = field(default_factory=Counter)
    in_cell: Counter[str] | None = None

    def lingering(self) -> Counter[str]:
        """The formatting elements that an end tag at this place reaches."""
        return self.formatting if self.in_cell is None else self.in_cell


@lru_cache(maxsize=2)
def is_too_deep(html: str) -> bool:
    """Whether more than `caps.HTML_DEPTH` elements would stand open at once. Linear, and meant never to
    undercount: an end tag closes only an element inside the innermost table or like barrier, and formatting
    elements outlive the element that holds them (HTML Standard §13.2.4.2, §13.2.4.3, §13.2.6.4.7).
    Inside SVG and MathML other rules hold: there no end tag is believed.
    """
    if html.count("<") <= caps.HTML_DEPTH and len(html) < _SHORT:
        return False
    lowered = html.lower()
    if "<svg" in lowered or "<math" in lowered:
        return html.count("<") > _FEW
    return _Depth().exceeds(html)


class _Depth:
    """The stack of open elements as far as its height matters."""

    def __init__(self) -> None:
        self.frames = [_Frame("html")]
        self.height = 0
        self.reopened = 0

    def exceeds(self, html: str) -> bool:
        for closing, name in _tags(html):
            if name == _OVERLOADED:
                return True
            if closing:
                self._end(name)
            else:
                self._start(name)
            if self.height > caps.HTML_DEPTH or self.reopened > _MOST_REOPENED:
                return True
        return False

    def _start(self, name: str) -> None:
        top = self.frames[-1]
        if top.name == "table" and name in _ROWS:
            self._leave_cell(top)
            top.in_cell = Counter() if name in _CELLS else None
        if name in _FORMATTING:
            top.lingering()[name] += 1
            self.height += 1
        elif name in _BARRIERS:
            self.frames.append(_Frame(name))
            self.height += 1
        elif name not in _VOID and name not in _SELF_CLOSING and name not in _CELLS:
            top.counts[name] += 1
            top.stack.append(name)
            self.height += 1
        if name not in _FORMATTING and name not in _VOID:
            self.reopened += top.lingering().total()

    def _end(self, name: str) -> None:
        top = self.frames[-1]
        if top.name == "table" and name in _ROWS:
            self._leave_cell(top)
        elif name in _FORMATTING:
            if top.lingering()[name] > 0:
                top.lingering()[name] -= 1
                self.height -= 1
        elif name in _BARRIERS:
            if top.name == name and len(self.frames) > 1:
                self._leave_frame()
        elif top.counts[name] > 0:
            gone = ""
            while gone != name:
                gone = top.stack.pop()
                top.counts[gone] -= 1
                self.height -= 1

    def _leave_cell(self, frame: _Frame) -> None:
        if frame.in_cell is not None:
            self.height -= frame.in_cell.total()
            frame.in_cell = None

    def _leave_frame(self) -> None:
        gone = self.frames.pop()
        self._leave_cell(gone)
        self.height -= len(gone.stack) + 1
        self.frames[-1].lingering().update(gone.formatting)


def _tags(html: str) -> Iterator[tuple[str, str]]:
    """Every tag as (closing slash or '', lower-case name), comments and raw text passed over as a browser does."""
    at = 0
    while (opener := _OPENER.search(html, at)) is not None:
        at = opener.end()
        if opener.group(2) is None:
            at = _after_comment(html, at)
            continue
        name = opener.group(2).lower()
        at = _after_tag(html, at)
        if at < 0:
            yield "", _OVERLOADED
            return
        yield opener.group(1), name
        if name == "plaintext":
            return
        if not opener.group(1) and name in _RAW:
            end = _RAW[name].search(html, at)
            if end is None:
                return
            at = end.start()


def _after_comment(html: str, at: int) -> int:
    if html.startswith((">", "->"), at):
        return at
    end = _COMMENT_END.search(html, at)
    return end.end() if end else len(html)


def _after_tag(html: str, at: int) -> int:
    """Behind the `>` of a tag, whose quoted attribute values may hold anything; an open quote runs to the end.

    -1 where the tag has so many attributes that comparing them with one another would cost too much.
    """
    for _ in range(_MOST_ATTRIBUTES):
        end = _TAG_END.match(html, at)
        if end is not None:
            return end.end()
        attribute = _ATTRIBUTE.match(html, at)
        if attribute is None or attribute.end() == at:
            return len(html)
        at = attribute.end()
        if html[at : at + 1] in ('"', "'") and html[at - 1] in "= \t\n":
            return len(html)
    return -1
