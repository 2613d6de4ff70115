"""Lists every leaf of a letter with its text, for the rules that read delivery reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from firstline.intake.mail.letter import Part
from firstline.intake.mail.reading import bodies, caps, fields, files, rendering, walking
from firstline.intake.mail.reading.walking import Node

_LONGEST: Final = caps.MEBIBYTE
_FIELD_TEXT: Final = frozenset({"text/rfc822-headers"})


def parts(leaves: Iterable[Node]) -> Iterator[Part]:
    """One Part a leaf. `text`: of text/* the readable text, of message/rfc822 its header fields as they stand,
    a blank line and its readable body, of other message/* the raw fields; '' of anything else."""
    left = caps.PARTS
    for leaf in leaves:
        text = ""
        if files.is_message(leaf):
            tree = walking.walk(leaf.content()[: _LONGEST], most=max(1, left))
            left -= sum(1 for _ in tree.leaves())
            text = _of_message(tree)
        elif leaf.type in _FIELD_TEXT or leaf.type.startswith("message/"):
            text = rendering.decoded(leaf, leaf.content()[:_LONGEST])
        elif leaf.type.startswith("text/"):
            text = rendering.text_of(leaf)[:_LONGEST]
        yield Part(
            type=leaf.type,
            text=text,
            fields=tuple((name, fields.readable(value)) for name, value in leaf.header.fields),
        )


def _of_message(tree: walking.Tree) -> str:
    header = "\n".join(f"{name}: {fields.readable(value)}" for name, value in tree.root.header.fields)
    chosen = bodies.choose(tree.root)
    said = [rendering.text_of(part) for part in chosen.text]
    return header + "\n\n" + "\n\n".join(said)
