"""What the letters say, as values."""

from __future__ import annotations

from dataclasses import dataclass

from firstline.core.errors import NotFound
from firstline.files import store
from firstline.intake.models import Letter


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter's raw bytes with its envelope."""

    id: int
    raw: bytes
    envelope_from: str | None


def kept_letter(letter: int) -> KeptLetter:
    """The raw bytes of a letter, for the worker. Raises NotFound."""
    row = Letter.objects.filter(pk=letter).values_list("blob_id", "envelope_from").first()
    if row is None:
        raise NotFound("There is no such letter.")
    return KeptLetter(letter, store.get(row[0]), row[1])
