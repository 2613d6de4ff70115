"""Says what kind of letter it is: the first rule that speaks decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from firstline.intake.mail.letter import Judgement, Letter

from . import absence, bounce, lists, loop, noise, report, suspicious
from .signs import Arrival

Rule = Callable[[Arrival], Judgement | None]

ORDER: Final[tuple[Rule, ...]] = (
    report.judge,
    bounce.judge,
    loop.judge,
    suspicious.judge,
    absence.judge,
    lists.judge,
    noise.judge,
)
"""What is told by structure stands first; a sender is only asked for where no mail server speaks."""

ACCEPTED: Final = Judgement("accept", "A person wrote the mail", "screen")


def screen(letter: Letter, *, ours: frozenset[str], envelope_from: str | None) -> Judgement:
    """The verdict on one letter.

    `ours` are the desk's addresses in lower case without reply tokens; `envelope_from` the MAIL FROM of the
    transfer, '' for the null sender, None where unknown (then Return-Path is asked).
    """
    arrival = Arrival(letter, ours=ours, envelope_from=envelope_from)
    for judge in ORDER:
        found = judge(arrival)
        if found is not None:
            return found
    return ACCEPTED


def may_answer(judgement: Judgement, letter: Letter) -> bool:
    """Whether an automatic mail may go out because of this letter (RFC 3834 §2).

    Only for an accepted letter, and never against the letter's own headers, even if a person changed the
    verdict afterwards.
    """
    if judgement.verdict != "accept":
        return False
    return screen(letter, ours=frozenset(), envelope_from=None).verdict == "accept"
