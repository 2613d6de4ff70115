"""Gives the keys under which the forms of one word meet: {stem(lemma(word)), stem(word)}."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Protocol, cast

import snowballstemmer

from firstline.search.rules import hungarian
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
        return lambda word: _without_e(_single(once(word)))
    if language == "da":
        return lambda word: _without_e(once(word))
    return once


def _single(word: str) -> str:
    """`programm` (from programmet) as `program`: Norwegian doubles the consonant before an ending."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouyæøå" else word


def _without_e(word: str) -> str:
    """`kabl` (from kabler) and `kabel` alike: the e before a last l comes and goes in Norwegian and Danish."""
    return word[:-2] + "l" if len(word) > 4 and word.endswith("el") and word[-3] not in "aeiouyæøål" else word


def stem(word: str, language: str) -> str:
    return _stemmer(language)(word)


def stems(word: str, language: str, dictionary: Dictionary) -> tuple[str, ...]:
    """The distinct stems of a canonical word in one language, the lemma's first; apostrophes are gone from them.

    Words with digits are their own stem.
    """
    if len(word) > LONGEST_STEMMED or not word.replace("'", "").replace("-", "").isalpha():
        return (word,)
    cut = _stemmer(language)
    lemma = dictionary.lemma(word, language)
    if language == "hu":
        found = _hungarian(word, lemma, dictionary)
    else:
        found = (cut(word),) if lemma is None else (cut(lemma), cut(word))
    return tuple(dict.fromkeys(key.replace("'", "") for key in found))


def _hungarian(word: str, lemma: str | None, dictionary: Dictionary) -> tuple[str, ...]:
    """Hungarian keys: the lemma stays whole, since the stemmer throws too many lemmas together.

    Only a lemma carries its stem besides, so that forms which the dictionary lacks meet it there. On those forms one
    round of the stemmer leaves some of the endings.
    """

    def known(form: str) -> str | None:
        return dictionary.lemma(form, "hu")

    if lemma is not None:
        whole = (lemma, known(lemma) or lemma)  # a few lemmas have one themselves
        return (*whole, stem(word, "hu")) if word == lemma else whole
    head, hyphen, ending = word.rpartition("-")
    if hyphen and hungarian.is_ending(ending):
        return stems(head, "hu", dictionary)
    own = stem(word, "hu")
    beneath = hungarian.base(word, known)
    return (stem(own, "hu"), own) if beneath is None else (beneath, own)
