"""Understands one raw letter: reads it, judges it, reads what bounced, and cuts the quotation off."""

from __future__ import annotations

from dataclasses import dataclass, replace

from firstline.intake.mail import bounces, quotation, reading, screening
from firstline.intake.mail.letter import Bounced, Cut, Judgement, Letter
from firstline.intake.mail.reading import caps
from firstline.search.rules import language


@dataclass(frozen=True, slots=True)
class Understood:
    """A letter with everything that the rules say about it.

    `bounced` is empty unless the letter is a delivery report; `original_message_id` names the message that
    bounced, '' where nothing tells. `clean_html` is '' for a letter without HTML. `cut` was made without
    knowing what we sent.
    """

    letter: Letter
    judgement: Judgement
    bounced: tuple[Bounced, ...]
    original_message_id: str
    cut: Cut
    clean_html: str


def understand(raw: bytes, *, ours: frozenset[str], envelope_from: str | None) -> Understood:
    """Everything that can be known from the bytes alone. `ours` holds the desk's own addresses in lower case,
    `envelope_from` the sender of the SMTP envelope, '' if it was null, None if unknown.

    Raises reading.Unreadable where there is nothing like a message.
    """
    letter = reading.read(raw, guess=language.guess)
    judgement = screening.screen(letter, ours=ours, envelope_from=envelope_from)
    bounced = bounces.read_bounces(letter)
    images = frozenset(item.content_id for item in letter.attachments if item.content_id)
    return Understood(
        letter=letter,
        judgement=judgement,
        bounced=bounced,
        original_message_id=bounces.original_message_id(letter) if judgement.verdict == "bounce" else "",
        cut=cut(letter.text, letter.html),
        clean_html=reading.clean(letter.html, images=images) if letter.html else "",
    )


def cut(text: str, html: str, *, sent: tuple[str, ...] = ()) -> Cut:
    """quotation.cut within bounds: HTML over half a megabyte is not looked at, and of a longer text only the first
    quarter of a megabyte; what follows goes with the quotation if there was one, else with the reply."""
    looked_at = html if len(html) <= caps.HTML_TO_CUT else ""
    found = quotation.cut(text[: caps.TEXT_TO_CUT], looked_at, sent=sent)
    rest = text[caps.TEXT_TO_CUT :]
    if not rest:
        return found
    if found.quoted:
        return replace(found, quoted=found.quoted + rest)
    return replace(found, reply=found.reply + rest)
