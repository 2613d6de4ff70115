"""Lists every leaf of a letter with its text, for the rules that read delivery reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from firstline.intake.mail.letter import Part
from firstline.intake.mail.reading import bodies, caps, fields, files, rendering, walking
from firstline.intake.mail.reading.walking import Node

_MOST_TEXT: Final = 4 * caps.MEBIBYTE


def parts(leaves: Iterable[Node], *, renderer: rendering.Renderer) -> Iterator[Part]:
    """One Part a leaf. `text`: of text/* the readable text, of message/rfc822 its header fields as they stand,
    a blank line and its readable body, of other message/* and text/rfc822-headers the raw fields; '' of anything
    else, and once 4 MB of text have been given."""
    left = caps.PARTS
    text_left = _MOST_TEXT
    for leaf in leaves:
        text = ""
        if text_left <= 0:
            pass
        elif files.is_message(leaf):
            tree = walking.walk(leaf.content()[:text_left], most=max(1, left))
            left -= sum(1 for _ in tree.leaves())
            text = _of_message(tree, renderer)
        elif leaf.type == "text/rfc822-headers" or leaf.type.startswith("message/"):
            text = rendering.decoded(leaf, leaf.content()[:text_left])
        elif leaf.type.startswith("text/"):
            text = renderer.text_of(leaf)[:text_left]
        text_left -= len(text)
        yield Part(
            type=leaf.type,
            text=text,
            fields=tuple((name, fields.readable(value)) for name, value in leaf.header.fields),
        )


def _of_message(tree: walking.Tree, renderer: rendering.Renderer) -> str:
    header = "\n".join(f"{name}: {fields.readable(value)}" for name, value in tree.root.header.fields)
    said = [renderer.text_of(part) for part in bodies.choose(tree.root).text]
    return header + "\n\n" + "\n\n".join(said)
