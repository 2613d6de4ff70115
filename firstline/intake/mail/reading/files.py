"""Turns the parts that are no body into named attachments, unpacking winmail.dat on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from firstline.intake.mail.letter import Attached
from firstline.intake.mail.reading import fields, identifiers, names, tnef
from firstline.intake.mail.reading.walking import Node

_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_REPORT_FIELDS: Final = frozenset(
    [
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
    ]
)


@dataclass(slots=True)
class Gathered:
    """The attachments in order, and the body that stood in a winmail.dat."""

    attached: list[Attached] = field(default_factory=list)
    text: str = ""
    html: str = ""
    notes: list[str] = field(default_factory=list)


def gather(parts: list[Node]) -> Gathered:
    """Every part as a file; the machine-readable fields of a report are no file unless they have a name."""
    gathered = Gathered()
    for part in parts:
        name = names.clean(declared_name(part))
        if part.type in _REPORT_FIELDS and not name:
            continue
        content = part.content()
        if (part.type == "application/ms-tnef" or name.lower() == "winmail.dat") and _unpack(content, gathered):
            continue
        gathered.attached.append(
            Attached(
                name=_named(part, name, content, len(gathered.attached) + 1),
                type=part.type,
                content=content,
                content_id=identifiers.one(part.text_of("content-id")),
                inline=part.disposition.value == "inline",
            )
        )
    return gathered


def enclosed(found: list[tuple[str, bytes]], *, after: int) -> list[Attached]:
    """Files that stood uuencoded in the text."""
    made: list[Attached] = []
    for number, (raw_name, content) in enumerate(found, start=after + 1):
        kind = names.type_of(raw_name)
        name = names.clean(raw_name) or names.default(kind, number=number)
        made.append(Attached(name=name, type=kind, content=content))
    return made


def declared_name(part: Node) -> str:
    """The name as the sender gave it, not yet clean."""
    return part.disposition.get("filename") or part.parameters.get("name") or part.parameters.get("filename")


def is_message(part: Node) -> bool:
    return part.type in _MESSAGES


def _unpack(content: bytes, gathered: Gathered) -> bool:
    packed = tnef.unpack(content)
    if packed is None:
        gathered.notes.append("tnef:unreadable")
        return False
    gathered.text = gathered.text or packed.text
    gathered.html = gathered.html or packed.html
    gathered.attached += [Attached(name=name, type=names.type_of(name), content=data) for name, data in packed.files]
    return True


def _named(part: Node, name: str, content: bytes, number: int) -> str:
    if name:
        return name
    if is_message(part):
        header = fields.block(content, start=0, end=len(content))
        return names.of_message(fields.readable(header.first("subject")))
    return names.default(part.type, number=number)
