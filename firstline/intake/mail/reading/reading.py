"""Reads raw mail bytes into a letter, whatever is broken in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from firstline.intake.mail.letter import Attached, Letter
from firstline.intake.mail.reading import (
    bodies,
    caps,
    charsets,
    envelope,
    files,
    leaves,
    plain,
    rendering,
    sameness,
    secured,
    tnef,
    walking,
)

Guess = Callable[[str], str | None]

_BARE: Final = (
    (tnef.SIGNATURE, b"application/ms-tnef"),
    (b"BEGIN:VCALENDAR", b"text/calendar"),
)


class Unreadable(Exception):
    """There is nothing like a message in the bytes; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(raw: bytes, *, guess: Guess | None = None) -> Letter:
    """The letter in `raw`; `guess` names the language of a text by two letters or None.

    Over a cap the letter is a stub of what could safely be read, and `notes` says which cap ('cap:size',
    'cap:parts' …). Raises Unreadable only where there is nothing but white space.
    """
    if not raw[: caps.HEADER_BLOCK].strip(b"\0 \t\r\n") and not raw.strip(b"\0 \t\r\n"):
        raise Unreadable("The message is empty.")
    notes: list[str] = []
    if len(raw) > caps.SIZE:
        notes.append("cap:size")
        raw = raw[: caps.TEXT]
    tree = walking.walk(_normal(raw))
    headers = envelope.headers(tree.root.header, notes=notes)
    chosen = bodies.choose(tree.root)
    if "cap:size" in notes:
        chosen.files.clear()
    gathered = files.gather(chosen.files)
    renderer = rendering.Renderer()
    body = rendering.body(chosen, gathered, renderer=renderer)
    attached = (*gathered.attached, *_enclosed(body, len(gathered.attached)))
    text = body.text if body.text.strip() or attached else _last_resort(tree.root)
    found = list(tree.leaves())
    notes += [*tree.notes, *gathered.notes, *body.notes, *renderer.notes, *secured.notes(tree.root, text=text)]
    return Letter(
        headers=headers,
        text=text,
        html=body.html,
        attachments=attached,
        parts=tuple(leaves.parts(found, renderer=renderer)),
        language=guess(text) if guess and text.strip() else None,
        sameness=sameness.digest(headers.fields, parts=((leaf.type, leaf.content()) for leaf in found)),
        content_type=tree.root.type,
        notes=tuple(dict.fromkeys(notes)),
    )


def _normal(raw: bytes) -> bytes:
    """Line ends that the walk knows; a bare file of a known kind gets the header that it lacks."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    for signature, kind in _BARE:
        if raw.startswith(signature):
            return b"Content-Type: " + kind + b"\n\n" + raw
    return raw


def _enclosed(body: rendering.Body, after: int) -> list[Attached]:
    named = [(charsets.decode(item.name), item.content) for item in body.enclosed]
    return files.enclosed(named, after=after)


def _last_resort(root: walking.Node) -> str:
    """Readable bytes never become an empty body: the raw body, or a structure without parts, as text."""
    return plain.lines(charsets.decode(root.raw[root.start : min(root.end, root.start + caps.TEXT)])).strip("\n")
