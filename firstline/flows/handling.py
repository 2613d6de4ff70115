"""One claimed letter from its raw bytes to what it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from firstline.flows import matching, receive
from firstline.intake import queries
from firstline.intake.mail.understanding import Understood
from firstline.intake.parser import Parser


def handle(letter: int, parser: Parser, *, ours: frozenset[str], worker: str, now: datetime) -> receive.Became:
    """Understand a letter in the parser's child, outside of any transaction, then receive it.

    Raises ParserDied, Unreadable, DeskError or a database error; then the letter is as it was.
    """
    return receive.receive(letter, _understand(letter, parser, ours=ours), worker=worker, now=now)


def _understand(letter: int, parser: Parser, *, ours: frozenset[str]) -> Understood:
    """Read the letter; where it answers a mail of ours, cut its quotation again by what we sent."""
    kept = queries.kept_letter(letter)
    understood = parser.understand(kept.raw, ours=ours, envelope_from=kept.envelope_from)
    sent = matching.texts_sent(understood)
    if not sent:
        return understood
    return replace(understood, cut=parser.cut(understood.letter.text, understood.letter.html, sent=sent))
