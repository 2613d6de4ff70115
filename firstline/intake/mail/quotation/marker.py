"""The line above which we ask people to write, in each language of the desk."""

from __future__ import annotations

MARKER: dict[str, str] = {
    "en": "## Please reply above this line ##",
    "hu": "## Kérjük, e sor fölé írja a válaszát ##",
    "nb": "## Skriv svaret ditt over denne linjen ##",
    "da": "## Skriv dit svar over denne linje ##",
    "uk": "## Будь ласка, пишіть відповідь над цим рядком ##",
    "bg": "## Моля, напишете отговора си над този ред ##",
}

_CORES = tuple(" ".join(line.strip("# ").casefold().split()) for line in MARKER.values())
_LONGEST = 200


def holds_marker(line: str) -> bool:
    """Whether a line is our marker, in any language; clients may wrap it in stars or lose the number signs."""
    if not 0 < len(line) <= _LONGEST:
        return False
    folded = " ".join(line.casefold().split()).strip("#*_-=| ")
    return any(folded == core for core in _CORES)
