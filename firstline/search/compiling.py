"""Compiles the lemmas of the desk's languages into the one file that search maps, at set-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from firstline.search.rules import lemmas
from firstline.search.rules.words import canonical

LANGUAGES = ("en", "hu", "nb", "da", "uk", "bg")


def compile_lemmas(path: Path) -> None:
    """Write the lemmas to `path` (about 26 MB, some ten seconds, 500 MB of memory while it runs).

    The dictionaries are simplemma's (MIT). Import this module in a process that ends: they stay in its memory.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lemmas.compile_to(path, ((language, _dictionary(language)) for language in LANGUAGES))


def _dictionary(language: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for word, lemma in _entries(language):
        folded = canonical(word)
        # PNE is an abbreviation, pne a word: the form written small wins.
        if folded == word or folded not in words:
            words[folded] = lemma if lemma in words else canonical(lemma)
    return words


def _entries(language: str) -> Iterator[tuple[str, str]]:
    yield from DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language).items()
