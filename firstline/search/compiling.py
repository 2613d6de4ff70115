"""Compiles the lemmas of the desk's languages into the one file that search maps, at set-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import is_normalized

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from firstline.search.rules import lemmas
from firstline.search.rules.words import canonical

LANGUAGES = ("en", "hu", "nb", "da", "uk", "bg")


def compile_lemmas(path: Path) -> None:
    """Write the lemmas to `path` (about 26 MB; some fifteen seconds and 400 MB of memory while it runs).

    The dictionaries are simplemma's (MIT). Import this module in a process that ends: they stay in its memory.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lemmas.compile_to(path, _dictionaries())


def _dictionaries() -> Iterator[tuple[str, Iterator[tuple[str, str]], int]]:
    for language in LANGUAGES:
        dictionary = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)
        yield language, _pairs(dictionary), len(dictionary)


def _pairs(dictionary: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each canonical word once. PNE is an abbreviation, pne a word: the form written small wins."""
    others: dict[str, str] = {}
    for word, lemma in dictionary.items():
        folded = _canonical(word)
        if folded == word:
            yield word, _canonical(lemma)
        else:
            others.setdefault(folded, _canonical(lemma))
    for folded, lemma in others.items():
        if folded not in dictionary:
            yield folded, lemma


def _canonical(word: str) -> str:
    # Four million times: most words are canonical as they are.
    if word.isalpha() and word.islower() and is_normalized("NFKC", word) and word.casefold() == word:
        return word
    return canonical(word)
