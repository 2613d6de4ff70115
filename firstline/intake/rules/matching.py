"""Which ticket a letter belongs to, and whether its sender may say so (PROMISES, Threading)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Proof = Literal["token", "references", "subject"]
_ORDER: tuple[Proof, ...] = ("token", "references", "subject")


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter says that it belongs to `ticket`; `proof` is how it says so.

    `participant` tells whether the sender takes part in that ticket (after merges), `sent_to_him` whether the mail
    it refers to was one of ours to this very sender.
    """

    ticket: int
    proof: Proof
    participant: bool
    sent_to_him: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """`join`: it belongs to `ticket`. `hold`: it claims `ticket` without the right. `new`: it claims nothing."""

    outcome: Literal["join", "hold", "new"]
    ticket: int | None = None
    why: str = ""


def match(claims: Sequence[Claim]) -> Match:
    """The strongest claim that holds; a claim that does not hold is kept for a person to judge.

    1. our token from a participant, 2. a reference to a mail that we sent to that sender, 3. the number in the
    subject from a participant. Anything else that claims a ticket is held.
    """
    ordered = sorted(claims, key=lambda claim: _ORDER.index(claim.proof))
    for claim in ordered:
        if claim.proof == "token" and (claim.participant or claim.sent_to_him):
            return Match("join", claim.ticket, "token")
        if claim.proof == "references" and claim.sent_to_him:
            return Match("join", claim.ticket, "references")
        if claim.proof == "subject" and claim.participant:
            return Match("join", claim.ticket, "subject")
    strong = [claim for claim in ordered if claim.proof != "subject"]
    if strong:
        return Match("hold", strong[0].ticket, f"{strong[0].proof}-from-a-stranger")
    if ordered:
        return Match("hold", ordered[0].ticket, "number-from-a-stranger")
    return Match("new")
