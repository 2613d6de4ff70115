"""Says in plain data what the desk makes of a raw message (`firstline explain-mail`)."""

from __future__ import annotations

from firstline.intake.mail.understanding import Understood, understand


def explain(raw: bytes, *, file: str) -> dict[str, object]:
    """The JSON object of DESIGN §5 for one message; `file` is repeated as given.

    Raises reading.Unreadable where there is nothing like a message.
    """
    return _told(understand(raw, ours=frozenset(), envelope_from=None), file)


def _told(understood: Understood, file: str) -> dict[str, object]:
    letter, headers = understood.letter, understood.letter.headers
    return {
        "file": file,
        "from": headers.sender.email if headers.sender else None,
        "to": [mailbox.email for mailbox in headers.to],
        "cc": [mailbox.email for mailbox in headers.cc],
        "subject": headers.subject,
        "date": headers.claimed_at.isoformat() if headers.claimed_at else None,
        "message_id": headers.message_id,
        "references": list(headers.references),
        "text": letter.text,
        "reply": understood.cut.reply,
        "quoted": understood.cut.quoted,
        "attachments": [{"name": item.name, "type": item.type, "size": item.size} for item in letter.attachments],
        "verdict": understood.judgement.verdict,
        "reason": understood.judgement.reason,
        "bounce": [
            {"recipient": item.recipient, "status": item.status, "kind": item.kind, "reason": item.reason}
            for item in understood.bounced
        ],
        "language": letter.language,
    }
