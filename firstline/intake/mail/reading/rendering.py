"""Turns the chosen parts of a letter into its readable text and its HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from firstline.intake.mail.reading import bodies, caps, charsets, files, markup, plain, transfer
from firstline.intake.mail.reading.walking import Node


@dataclass(slots=True)
class Body:
    """The readable text, the raw HTML or '', files found inside the text, and what was cut or odd."""

    text: str = ""
    html: str = ""
    enclosed: list[transfer.Enclosed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def body(chosen: bodies.Chosen, gathered: files.Gathered) -> Body:
    """The body from the chosen parts; a winmail.dat's body or another text part where they hold nothing."""
    result = Body()
    pieces = [_readable(part, result) for part in chosen.text]
    result.text = "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())
    if any(part.type == "text/html" for part in chosen.html):
        result.html = "\n".join(_as_html(part) for part in chosen.html)
    if not result.text.strip() and result.html:
        result.text = markup.text_of(result.html)
    if not result.text.strip() and not result.html:
        result.html = gathered.html
        result.text = gathered.text or markup.text_of(gathered.html) or _other_text(chosen.files)
    if len(result.html) > caps.HTML:
        result.notes.append("cap:html")
    return result


def decoded(part: Node, content: bytes) -> str:
    """A text part as text with LF line ends."""
    return plain.lines(charsets.decode(content, declared=part.parameters.get("charset")))


def text_of(part: Node) -> str:
    """What a text part says to a reader, its markup or enriched commands read away."""
    text = decoded(part, part.content())
    if part.type == "text/html":
        return markup.text_of(text)
    if part.type in ("text/enriched", "text/richtext"):
        return plain.unenriched(text)
    if part.parameters.get("format").lower() == "flowed":
        return plain.unflowed(text, delete_space=part.parameters.get("delsp"))
    return text


def _readable(part: Node, result: Body) -> str:
    if part.type == "text/plain" and b"\nbegin " in b"\n" + part.content()[: caps.SIZE]:
        part.decoded, found = transfer.uuencoded(part.content())
        result.enclosed += found
    if charset := part.parameters.get("charset"):
        if charsets.codec(charset) is None:
            result.notes.append("charset:unknown")
    return text_of(part)


def _as_html(part: Node) -> str:
    text = decoded(part, part.content())
    return text if part.type == "text/html" else f"<pre>{escape(text)}</pre>"


def _other_text(parts: list[Node]) -> str:
    """The first other text part that is not meant as a file: text/enriched, an unknown text type."""
    for part in parts:
        is_file = files.declared_name(part) or part.disposition.value == "attachment"
        if part.type.startswith("text/") and part.type != "text/calendar" and not is_file:
            return text_of(part)
    return ""
