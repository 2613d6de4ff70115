"""Compiles the lemmas of the desk's languages into the one file that search maps, at set-up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from firstline.search.rules import lemmas
from firstline.search.rules.words import canonical

LANGUAGES = ("en", "hu", "nb", "da", "uk", "bg")
VERSION = 1


def file_name() -> str:
    """The name of the compiled file; it changes when the dictionaries or the format change."""
    return f"lemmas-{VERSION}.bin"


def compile_lemmas(path: Path) -> None:
    """Write the lemmas to `path` (about 26 MB, some ten seconds, 300 MB of memory while it runs).

    The dictionaries are simplemma's (MIT). Call it in a process that ends: they stay in its memory.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lemmas.compile_to(path, _dictionaries())


def _dictionaries() -> Iterator[tuple[str, dict[str, str]]]:
    # The only place that may load simplemma: its dictionaries would cost a running process hundreds of megabytes.
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    factory = DefaultDictionaryFactory(cache_max_size=1)
    for language in LANGUAGES:
        words: dict[str, str] = {}
        for word, lemma in factory.get_dictionary(language).items():
            folded = canonical(word)
            # PNE is an abbreviation, pne a word: the written-small form wins.
            if folded == word or folded not in words:
                words[folded] = canonical(lemma)
        yield language, words
