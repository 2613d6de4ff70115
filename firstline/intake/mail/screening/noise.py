"""Recognises mail that a machine sent and that nobody waits for an answer to."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Judgement

from . import signs
from .signs import Arrival

NAME: Final = "noise"

_SUPPRESSED: Final = frozenset({"all", "autoreply", "oof"})
_PRECEDENCE: Final = frozenset({"bulk", "junk", "auto_reply"})
_MACHINE: Final = re.compile(
    r"(?:(?:[a-z0-9]{1,20}[._-])?(?:no|not|do-?not|dont|never)[._-]?(?:reply|respond|answer)|noreply"
    r"|mailer[._-]?daemon|postmaster|nobody|daemon"
    r"|bounces?|auto[._-]?(?:reply|mailer|responder)|ikke[._-]?svar"
    r"|nicht[._-]?antworten)(?:[+=._-].{0,200}|\d{0,6})@"
)


def judge(arrival: Arrival) -> Judgement | None:
    """Auto-Submitted other than no (RFC 3834 §5), Precedence bulk or junk, X-Auto-Response-Suppress
    (MS-OXCMAIL §2.1.3.2.20), multipart/report of any kind (RFC 6522), null sender (RFC 5321 §4.5.5),
    addresses that take no answer (RFC 3834 §3.1.8), Reply-To that points back at the desk."""
    letter = arrival.letter
    if signs.automatic(letter):
        return Judgement("noise", "A machine sent the mail", NAME)
    if signs.words(letter, "precedence") & _PRECEDENCE:
        return Judgement("noise", "The mail was sent in bulk", NAME)
    if signs.words(letter, "x-auto-response-suppress") & _SUPPRESSED:
        return Judgement("noise", "The sender wants no automatic answer", NAME)
    if letter.content_type == "multipart/report":
        return Judgement("noise", "A machine sent the mail", NAME)
    sender = letter.headers.sender
    if sender is not None and _MACHINE.match(sender.email):
        return Judgement("noise", "The sender's address takes no answers", NAME)
    if arrival.has_null_path():
        return Judgement("noise", "The mail has an empty return path", NAME)
    if any(
        arrival.is_ours(address.email) or _MACHINE.match(address.email) for address in letter.headers.reply_to
    ):
        return Judgement("noise", "The sender's address takes no answers", NAME)
    return None
