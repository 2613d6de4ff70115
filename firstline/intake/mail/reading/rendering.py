"""Turns the chosen parts of a letter into its readable text and its HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from firstline.intake.mail.reading import bodies, caps, charsets, files, markup, nesting, plain, transfer
from firstline.intake.mail.reading.walking import Node

_META: Final = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """The readable text, the raw HTML or '', files found inside the text, and what was cut or odd."""

    text: str = ""
    html: str = ""
    enclosed: list[transfer.Enclosed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Renderer:
    """Renders the parts of one letter, each once, within one allowance of text and of HTML for all of them."""

    def __init__(self) -> None:
        self._text_left = caps.TEXT
        self._html_left = caps.HTML
        self.notes: list[str] = []

    def text_of(self, part: Node) -> str:
        """What a text part says to a reader, its markup or enriched commands read away."""
        if part.said is None:
            part.said = self._rendered(part)
        return part.said

    def html_text(self, html: str) -> str:
        """The text of HTML; what goes beyond the allowance is read by cutting tags out, then not at all."""
        left, self._html_left = self._html_left, self._html_left - len(html)
        if len(html) <= left:
            return markup.text_of(html)
        self.notes.append("cap:html")
        return markup.stripped(html[:left]) if left > 0 else ""

    def _rendered(self, part: Node) -> str:
        if part.type == "text/html":
            return self.html_text(decoded(part, part.content()[: caps.HTML + 1]))
        text = decoded(part, self._cut(part.content()))
        if part.type in ("text/enriched", "text/richtext"):
            return plain.unenriched(text)
        if part.parameters.get("format").lower() == "flowed":
            return plain.unflowed(text, delete_space=part.parameters.get("delsp"))
        return text

    def _cut(self, content: bytes) -> bytes:
        left, self._text_left = self._text_left, max(0, self._text_left - len(content))
        if len(content) > left:
            self.notes.append("cap:text")
        return content[:left]


def body(chosen: bodies.Chosen, gathered: files.Gathered, *, renderer: Renderer) -> Body:
    """The body from the chosen parts; a winmail.dat's body or another text part where they hold nothing."""
    result = Body()
    for part in chosen.text:
        _take_enclosed(part, result)
    pieces = [renderer.text_of(part) for part in chosen.text]
    result.text = "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())
    if any(part.type == "text/html" for part in chosen.html):
        result.html = "\n".join(_as_html(part) for part in chosen.html)[: caps.HTML + 1]
    if not result.text.strip() and result.html:
        said = [renderer.text_of(part) for part in chosen.html]
        result.text = "\n\n".join(piece.strip("\n") for piece in said if piece.strip())
    if not result.text.strip() and not result.html:
        result.html = gathered.html
        result.text = gathered.text or renderer.html_text(gathered.html) or _other_text(chosen.files, renderer)
    if len(result.html) > caps.HTML:
        result.notes.append("cap:html")
    elif result.html and nesting.is_too_deep(result.html):
        result.notes.append("cap:html-depth")
    return result


def decoded(part: Node, content: bytes) -> str:
    """A text part as text with LF line ends. HTML may name its own set (HTML Standard §13.2.3.2, prescan)."""
    declared = part.parameters.get("charset")
    if not declared and part.type == "text/html" and (named := _META.search(content, 0, 1024)):
        declared = named.group(1).decode("ascii")
    return plain.lines(charsets.decode(content, declared=declared))


def _take_enclosed(part: Node, result: Body) -> None:
    if part.type == "text/plain":
        part.decoded, found = transfer.uuencoded(part.content())
        result.enclosed += found
    charset = part.parameters.get("charset")
    if charset and charsets.codec(charset) is None:
        result.notes.append("charset:unknown")


def _as_html(part: Node) -> str:
    text = decoded(part, part.content()[: caps.HTML + 1])
    return text if part.type == "text/html" else f"<pre>{escape(text)}</pre>"


def _other_text(parts: list[Node], renderer: Renderer) -> str:
    """The first other text part without a file name: text/enriched, an unknown text type, a nameless attachment."""
    for part in parts:
        if part.type.startswith("text/") and part.type != "text/calendar" and not files.declared_name(part):
            return renderer.text_of(part)
    return ""
