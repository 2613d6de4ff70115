"""Reads a header block into the headers of a letter."""

from __future__ import annotations

from firstline.intake.mail.letter import Headers, Mailaddress
from firstline.intake.mail.reading import addresses, caps, dates, fields, identifiers, words


def headers(block: fields.Block, *, notes: list[str]) -> Headers:
    """Every header decoded; what a cap cut is added to `notes`. Names are lower-case."""
    text = {name: fields.text(block.first(name)) for name in ("from", "sender", "return-path", "message-id", "date")}
    if any(words.count(fields.text(value)) > caps.ENCODED_WORDS for _, value in block.fields):
        notes.append("cap:words")
    sender = addresses.parse(text["from"], most=1) or addresses.parse(text["sender"], most=1)
    to, cc, reply_to = _participants(block, notes)
    return Headers(
        sender=sender[0] if sender else None,
        reply_to=reply_to,
        to=to,
        cc=cc,
        subject=fields.readable(block.first("subject")),
        claimed_at=dates.parse(text["date"]),
        message_id=identifiers.one(text["message-id"]),
        in_reply_to=identifiers.parse(fields.text(block.first("in-reply-to"))),
        references=identifiers.parse(fields.text(block.first("references"))),
        fields=tuple((name, fields.readable(value)) for name, value in block.fields),
        return_path=_return_path(block, text["return-path"]),
        authentication=tuple(fields.text(value) for name, value in block.fields if name == "authentication-results"),
    )


def _participants(
    block: fields.Block, notes: list[str]
) -> tuple[tuple[Mailaddress, ...], tuple[Mailaddress, ...], tuple[Mailaddress, ...]]:
    """To, Cc and Reply-To, together at most `caps.PARTICIPANTS`."""
    left = caps.PARTICIPANTS
    found: list[tuple[Mailaddress, ...]] = []
    for name in ("to", "cc", "reply-to"):
        value = _joined(block, name)
        known = addresses.parse(value, most=left + 1)
        if len(known) > left:
            notes.append("cap:participants")
        found.append(known[:left])
        left -= len(found[-1])
    return found[0], found[1], found[2]


def _joined(block: fields.Block, name: str) -> str:
    return ", ".join(fields.text(value) for key, value in block.fields if key == name and value)[: caps.HEADER]


def _return_path(block: fields.Block, value: str) -> str | None:
    """The envelope sender as the last server wrote it: '' for the null sender, None where nothing is said."""
    if not any(key == "return-path" for key, _ in block.fields):
        return None
    found = addresses.parse(value, most=1)
    return found[0].email if found else ""
