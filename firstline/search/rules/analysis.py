"""Turns texts and questions into keys: the one analyser that indexing, searching and both databases share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from firstline.search.rules import compounds, language
from firstline.search.rules.folding import folded
from firstline.search.rules.keys import LENGTH, exact_key, stem_key, weak_key
from firstline.search.rules.stem import CYRILLIC, LATIN, Dictionary, stems
from firstline.search.rules.words import words

ANALYSER_VERSION = 1
CACHED_WORDS, CACHED_TERMS = 20_000, 512
MOST_TITLE, MOST_BODY = 3, 15  # what a tally can count to
LONGEST_QUERY = 1000  # characters of a question that are read
MOST_TERMS = 24  # of a question; what follows is not searched for

_KEY = re.compile(f"[\x80-\xbf](.{{{LENGTH}}})")


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysed text: the tally (see `tally_of`) and the number of words in title and body."""

    tally: bytes
    title_length: int
    body_length: int


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: the keys of its stems, of the word as written, of the words it may be mistyped for,
    and those that answer it only weakly."""

    word: str
    stems: tuple[str, ...]
    exact: str
    weak: tuple[str, ...]
    corrected: tuple[str, ...] = ()
    small: bool = False  # a word such as "the" or "how", which carries no topic

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.stems, self.exact, *self.corrected, *self.weak)))


def tally_of(counts: dict[str, int]) -> bytes:
    """Counts as bytes: for each key one byte 128 + 16 × times in the title + times in the body, then the key.

    The count bytes are no letters, so `tally.find(key)` finds a key at its own place only.
    """
    return "".join([chr(128 + count) + key for key, count in counts.items()]).encode("latin-1")


def keys_of(tally: bytes | memoryview) -> list[str]:
    """The keys that a tally holds."""
    return _KEY.findall(str(tally, "latin-1"))


class Analyser:
    """Makes keys with the dictionary given; with `NoDictionary`, stems alone serve.

    `known(word, language)` tells the words that compounds may be made of (default: the dictionary's own).
    """

    def __init__(self, dictionary: Dictionary, known: Callable[[str, str], bool] | None = None) -> None:
        self._dictionary = dictionary
        self._known = known or self._in_dictionary
        self._cached = lru_cache(maxsize=CACHED_WORDS)(self._word_keys)
        self._terms = lru_cache(maxsize=CACHED_TERMS)(self._term)

    def analyse(self, body: str, *, title: str = "", language: str | None = None) -> Analysis:
        """The keys of a text; `language` is guessed when None. At most 65,536 characters of each are read."""
        languages = self.languages_of(f"{title}\n{body}" if title else body, language)
        in_title, in_body = Counter(words(title)), Counter(words(body))
        counts: dict[str, int] = {}
        for word, times in in_body.items():
            for key in self._keys(word, languages):
                counts[key] = counts.get(key, 0) + times
        for key, times in counts.items():
            if times > MOST_BODY:
                counts[key] = MOST_BODY
        for word, times in in_title.items():
            for key in self._keys(word, languages):
                value = counts.get(key, 0)
                counts[key] = 16 * min(MOST_TITLE, (value >> 4) + times) + (value & 15)
        return Analysis(tally_of(counts), in_title.total(), in_body.total())

    def language_of(self, title: str, body: str) -> str | None:
        """The language that a text is taken to be in, None when it does not tell."""
        return language.guess(f"{title}\n{body}")

    def languages_of(self, text: str, given: str | None) -> tuple[str, ...]:
        """The languages whose stems a text gets: the given or guessed one, else all of its script."""
        known = language.plain_code(given) if given else language.guess(text)
        if known is not None:
            return (known,)
        return CYRILLIC if language.script(text) == "cyrillic" else LATIN

    def query_keys(self, query: str, *, languages: Iterable[str] = ()) -> tuple[Term, ...]:
        """The terms of a question, at most 24; without `languages`, all the desk's languages of its script."""
        chosen = tuple(map(language.plain_code, languages))
        if not chosen:
            guessed = language.guess(query)
            chosen = tuple(dict.fromkeys((*LATIN, *CYRILLIC, *((guessed,) if guessed else ()))))
        found: dict[str, Term] = {}
        for word in words(query[:LONGEST_QUERY]):
            if word not in found and len(found) < MOST_TERMS:
                found[word] = self._terms(word, chosen)
        return tuple(found.values())

    def _term(self, word: str, languages: tuple[str, ...]) -> Term:
        own = self._stems(word, languages)
        if language.common(word):
            return Term(word, tuple(map(stem_key, own)), exact_key(word), (), small=True)
        weak = [weak_key(stem) for stem in own]
        for form in folded(word):
            weak.extend(stem_key(stem) for stem in self._stems(form, languages))
            weak.append(weak_key(form))
        for part in self.parts(word, languages):
            weak.extend(stem_key(stem) for stem in self._stems(part, languages))
        return Term(word, tuple(map(stem_key, own)), exact_key(word), tuple(dict.fromkeys(weak)))

    def _keys(self, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
        # Numbers, addresses and codes hardly ever come again and would push words out of the cache.
        return self._cached(word, languages) if word.isalpha() else self._word_keys(word, languages)

    def _word_keys(self, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
        """All keys of a word in a text: of its stems, of itself as written, and those it is found by only weakly."""
        own = self._stems(word, languages)
        keys = [exact_key(word), *map(stem_key, own)]
        for stem in own:
            keys.extend(weak_key(form) for form in folded(stem))
        for part in self.parts(word, languages):
            keys.extend(weak_key(stem) for stem in self._stems(part, languages))
        return tuple(dict.fromkeys(keys))

    def parts(self, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The parts of a compound, in the first of the languages that splits it."""
        if not word.isalpha():
            return ()
        for name in languages:
            found = compounds.split(word, name, partial(self._knows, name))
            if found:
                return found
        return ()

    def _stems(self, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for name in _of_script(word, languages):
            found.update(dict.fromkeys(stems(word, name, self._dictionary)))
        return tuple(found)

    def _knows(self, name: str, part: str) -> bool:
        return self._known(part, name)

    def _in_dictionary(self, word: str, name: str) -> bool:
        return self._dictionary.lemma(word, name) is not None


def _of_script(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that a word's letters allow: an English word in a Ukrainian letter is stemmed as English."""
    cyrillic = "\u0400" <= word[:1] <= "\u052f"
    fitting = tuple(name for name in languages if (name in ("uk", "bg", "ru")) is cyrillic)
    return fitting or (CYRILLIC if cyrillic else LATIN[:1])
