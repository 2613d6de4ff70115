"""Carries requests and answers between the desk and its parser child: length-prefixed JSON and raw blobs."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, cast

from firstline.intake.mail.letter import Attached, Bounced, Cut, Headers, Judgement, Letter, Mailaddress, Part
from firstline.intake.mail.understanding import Understood

Read = Callable[[int], bytes]

_LENGTHS: Final = struct.Struct("<II")
_MOST_HEADER: Final = 256 * 1024 * 1024


def pack(header: dict[str, Any], blobs: list[bytes]) -> list[bytes]:
    """A frame as pieces to be written in order: two lengths, the blobs' lengths, the JSON header, the blobs."""
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    lengths = struct.pack(f"<{len(blobs)}Q", *(len(blob) for blob in blobs))
    return [_LENGTHS.pack(len(blobs), len(text)) + lengths + text, *blobs]


def unpack(read: Read) -> tuple[dict[str, Any], list[bytes]]:
    """The next frame; `read(n)` gives exactly n bytes or raises EOFError. Raises ValueError for a torn frame."""
    count, size = _LENGTHS.unpack(read(_LENGTHS.size))
    if size > _MOST_HEADER or count > 100_000:
        raise ValueError("not a frame")
    lengths = struct.unpack(f"<{count}Q", read(8 * count))
    header = json.loads(read(size))
    return header, [read(length) for length in lengths]


def from_understood(understood: Understood) -> tuple[dict[str, Any], list[bytes]]:
    """An answer as header and blobs; the blobs are the contents of the attachments, in order."""
    letter = understood.letter
    header = {
        "letter": {
            "headers": _from_headers(letter.headers),
            "text": letter.text,
            "html": letter.html,
            "attachments": [[a.name, a.type, a.content_id, a.inline] for a in letter.attachments],
            "parts": [[part.type, part.text, part.fields] for part in letter.parts],
            "language": letter.language,
            "sameness": letter.sameness,
            "content_type": letter.content_type,
            "notes": letter.notes,
        },
        "judgement": asdict(understood.judgement),
        "bounced": [asdict(item) for item in understood.bounced],
        "original_message_id": understood.original_message_id,
        "cut": asdict(understood.cut),
        "clean_html": understood.clean_html,
    }
    return header, [item.content for item in letter.attachments]


def to_understood(header: dict[str, Any], blobs: list[bytes]) -> Understood:
    """The answer again. Raises KeyError, TypeError or ValueError where it is torn."""
    letter = header["letter"]
    return Understood(
        letter=Letter(
            headers=_to_headers(letter["headers"]),
            text=letter["text"],
            html=letter["html"],
            attachments=tuple(
                Attached(name=name, type=kind, content=content, content_id=content_id, inline=inline)
                for (name, kind, content_id, inline), content in zip(letter["attachments"], blobs, strict=True)
            ),
            parts=tuple(Part(kind, text, _pairs(fields)) for kind, text, fields in letter["parts"]),
            language=letter["language"],
            sameness=letter["sameness"],
            content_type=letter["content_type"],
            notes=tuple(letter["notes"]),
        ),
        judgement=Judgement(**header["judgement"]),
        bounced=tuple(Bounced(**item) for item in header["bounced"]),
        original_message_id=header["original_message_id"],
        cut=Cut(**header["cut"]),
        clean_html=header["clean_html"],
    )


def _from_headers(headers: Headers) -> dict[str, Any]:
    return {
        "sender": _from_mailbox(headers.sender) if headers.sender else None,
        "reply_to": [_from_mailbox(mailbox) for mailbox in headers.reply_to],
        "to": [_from_mailbox(mailbox) for mailbox in headers.to],
        "cc": [_from_mailbox(mailbox) for mailbox in headers.cc],
        "subject": headers.subject,
        "claimed_at": headers.claimed_at.isoformat() if headers.claimed_at else None,
        "message_id": headers.message_id,
        "in_reply_to": headers.in_reply_to,
        "references": headers.references,
        "fields": headers.fields,
        "return_path": headers.return_path,
        "authentication": headers.authentication,
    }


def _to_headers(found: dict[str, Any]) -> Headers:
    return Headers(
        sender=Mailaddress(*found["sender"]) if found["sender"] else None,
        reply_to=_mailboxes(found["reply_to"]),
        to=_mailboxes(found["to"]),
        cc=_mailboxes(found["cc"]),
        subject=found["subject"],
        claimed_at=datetime.fromisoformat(found["claimed_at"]) if found["claimed_at"] else None,
        message_id=found["message_id"],
        in_reply_to=tuple(found["in_reply_to"]),
        references=tuple(found["references"]),
        fields=_pairs(found["fields"]),
        return_path=found["return_path"],
        authentication=tuple(found["authentication"]),
    )


def _from_mailbox(mailbox: Mailaddress) -> list[str]:
    return [mailbox.email, mailbox.name]


def _mailboxes(found: list[list[str]]) -> tuple[Mailaddress, ...]:
    return tuple(Mailaddress(email, name) for email, name in found)


def _pairs(found: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return cast("tuple[tuple[str, str], ...]", tuple(tuple(pair) for pair in found))
