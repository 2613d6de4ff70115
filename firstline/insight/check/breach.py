"""What a proof finds: which rule was broken by which object, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken invariant."""

    rule: str
    object: str
    sentence: str
