"""Gives the keys under which the forms of one word meet: {stem(lemma(word)), stem(word)}."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Protocol, cast

import snowballstemmer

from firstline.search.rules.suffixes import bulgarian, ukrainian

# Languages with a stemmer of their own; the desk's six first. Snowball's Norwegian serves Bokmål.
_SNOWBALL = {
    "en": "english",
    "hu": "hungarian",
    "nb": "norwegian",
    "da": "danish",
    "sv": "swedish",
    "de": "german",
    "nl": "dutch",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "fi": "finnish",
    "pl": "polish",
    "ru": "russian",
}
LATIN = ("en", "hu", "nb", "da")
CYRILLIC = ("uk", "bg")
LONGEST_STEMMED = 40  # characters; longer "words" are codes or noise


class Dictionary(Protocol):
    """Where lemmas come from; `rules.lemmas.Lemmas` is the real one."""

    def lemma(self, word: str, language: str) -> str | None:
        """The dictionary form of a word, None when it is not in the dictionary of that language."""


class NoDictionary:
    """Knows no word: stems alone remain."""

    def lemma(self, word: str, language: str) -> str | None:
        del word, language
        return None


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    if language == "uk":
        return ukrainian
    if language == "bg":
        return bulgarian
    if language not in _SNOWBALL:
        return str
    once = cast(Callable[[str], str], snowballstemmer.stemmer(_SNOWBALL[language]).stemWord)
    if language == "nb":
        return lambda word: _single(once(word))
    return once


def _single(word: str) -> str:
    """`programm` (from programmet) as `program`: Norwegian doubles the consonant before an ending."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouyæøå" else word


def stem(word: str, language: str) -> str:
    return _stemmer(language)(word)


def stems(word: str, language: str, dictionary: Dictionary) -> tuple[str, ...]:
    """The distinct stems of a canonical word in one language, the lemma's first; apostrophes are gone from them.

    Words with digits are their own stem.
    """
    if len(word) > LONGEST_STEMMED or not word.replace("'", "").replace("-", "").isalpha():
        return (word,)
    cut = _stemmer(language)
    own = cut(word)
    lemma = dictionary.lemma(word, language)
    found: tuple[str, ...]
    if lemma is None:
        # Hungarian piles up endings; one round of its stemmer leaves some on a word the dictionary lacks.
        found = (cut(own), own) if language == "hu" else (own,)
    elif language == "hu":
        # Its stemmer throws too many lemmas together, so the lemma stays whole; a few lemmas have one themselves.
        found = (lemma, dictionary.lemma(lemma, language) or lemma, own)
    else:
        found = (cut(lemma), own)
    return tuple(dict.fromkeys(key.replace("'", "") for key in found))
