"""Search rows of the seeded texts: each text of the pool is analysed once by the desk's own analyser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.seeding.forms import Form
from bench.seeding.texts import Conversation


@dataclass(frozen=True, slots=True)
class Found:
    """An analysed text ready to be written."""

    title: Any
    text: Any
    tally: Any
    keys: str
    title_length: int
    body_length: int
    said: tuple[str, str]


Text = tuple[int, str]  # the place of a conversation and the name of a part


class Index:
    """Analyses lazily; `used` counts the uses of each text since it was last emptied."""

    def __init__(self, form: Form) -> None:
        from firstline.search.dictionary import analyser
        from firstline.search.rules.analysis import ANALYSER_VERSION, keys_of

        self.version = ANALYSER_VERSION
        self._form, self._analyser, self._keys_of = form, analyser(), keys_of
        self._known: dict[Text, Found] = {}
        self.used: Counter[Text] = Counter()

    def of(self, conversation: Conversation, part: str) -> Found:
        """One use of a text."""
        key = conversation.place, part
        self.used[key] += 1
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._made(conversation, part)
        return found

    def _made(self, conversation: Conversation, part: str) -> Found:
        text, title = conversation.parts[part], conversation.subject
        analysed = self._analyser.analyse(text, title=title, language=conversation.language)
        return Found(self._form.text(title), self._form.text(text), self._form.blob(analysed.tally),
                     " ".join(self._keys_of(analysed.tally)), analysed.title_length, analysed.body_length,
                     (title, text))


def learn(index: Index, used: Counter[Text], talks: Sequence[Conversation]) -> None:
    """Write what a desk knows once all these rows were learnt: keys, words, fragments, totals."""
    from firstline.search.models import SearchFragment, SearchKey, SearchTotal, SearchWord
    from firstline.search.rules.typing_errors import corrigible, fragments
    from firstline.search.rules.words import words

    keys: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    total = SearchTotal(pk=1)
    for (place, part), times in used.items():
        found = index.of(talks[place], part)
        keys.update(dict.fromkeys(found.keys.split(), times))
        seen.update(dict.fromkeys(filter(corrigible, words("\n".join(found.said))), times))
        total.rows += times
        total.title_words += times * found.title_length
        total.body_words += times * found.body_length
    total.save(force_insert=True)
    SearchKey.objects.bulk_create([SearchKey(key=key, rows=rows) for key, rows in sorted(keys.items())], 500)
    made = SearchWord.objects.bulk_create([SearchWord(word=word, rows=rows)
                                           for word, rows in sorted(seen.items())], 500)
    SearchFragment.objects.bulk_create([SearchFragment(fragment=number, word=one)
                                        for one in made for number in fragments(one.word)], 2000)
