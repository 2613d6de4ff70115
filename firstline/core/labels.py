"""Labels that a desk defines: {language: text}, told in the reader's language or the next best."""

from __future__ import annotations

from collections.abc import Mapping

Labels = dict[str, str]


def labels(en: str, hu: str, nb: str, da: str, uk: str, bg: str) -> Labels:
    """One text in the six languages of the product."""
    return {"en": en, "hu": hu, "nb": nb, "da": da, "uk": uk, "bg": bg}


def told(of: Mapping[str, str], language: str, *, desk: str = "en") -> str:
    """The label in the reader's language, else the desk's, else in any; '' if there is none at all."""
    return of.get(language) or of.get(desk) or next((text for text in of.values() if text), "")
