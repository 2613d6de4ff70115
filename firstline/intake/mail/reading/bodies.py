"""Decides which parts are the text of a letter and which are files (RFC 8621 §4.1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from firstline.intake.mail.reading.walking import Node

_TEXT: Final = frozenset({"text/plain", "text/html"})


@dataclass(slots=True)
class Chosen:
    """The parts whose text is the plain body, those that make the HTML body, and all others, in order."""

    text: list[Node] = field(default_factory=list)
    html: list[Node] = field(default_factory=list)
    files: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands: its parent's subtype, and which bodies it may go into."""

    parent: str
    alternative: bool
    text: bool = True
    html: bool = True


def choose(root: Node) -> Chosen:
    """Parse the structure as JMAP does, except that media are always files too; depth is capped by walking."""
    chosen = Chosen()
    _take([root], _Place("mixed", alternative=False), chosen)
    return chosen


def _take(parts: list[Node], place: _Place, chosen: Chosen) -> None:
    texts, htmls = len(chosen.text), len(chosen.html)
    into_text, into_html = place.text, place.html
    for number, part in enumerate(parts):
        if part.children:
            subtype = part.type.removeprefix("multipart/")
            alternative = place.alternative or subtype == "alternative"
            _take(part.children, _Place(subtype, alternative, into_text, into_html), chosen)
        elif not _is_body(part, number, place.parent):
            chosen.files.append(part)
        elif place.parent == "alternative":
            (chosen.text if part.type == "text/plain" else chosen.html).append(part)
        else:
            if place.alternative:
                into_html = into_html and part.type != "text/plain"
                into_text = into_text and part.type != "text/html"
            if into_text:
                chosen.text.append(part)
            if into_html:
                chosen.html.append(part)
    if place.parent == "alternative" and place.text and place.html:
        if len(chosen.text) == texts:
            chosen.text += chosen.html[htmls:]
        elif len(chosen.html) == htmls:
            chosen.html += chosen.text[texts:]


def _is_body(part: Node, number: int, parent: str) -> bool:
    if part.type not in _TEXT or part.disposition.value == "attachment":
        return False
    if number == 0:
        return True
    return parent != "related" and not (part.disposition.get("filename") or part.parameters.get("name"))
