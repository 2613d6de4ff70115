"""Learns what stands in the index as a whole: how frequent keys are, and which words there are to mistype."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import F

from firstline.search.models import SearchFragment, SearchKey, SearchRow, SearchTotal, SearchWord
from firstline.search.rules.analysis import keys_of
from firstline.search.rules.ranking import Statistics
from firstline.search.rules.typing_errors import corrigible, fragments, one_error_apart
from firstline.search.rules.words import words

BATCH = 200  # rows learnt at once
LAST_SIGN = "\U0010ffff"
MOST_WORDS = 2000  # of one row; what a stranger sends beyond is no vocabulary


def learn_batch(limit: int = BATCH) -> int:
    """Learn up to `limit` rows that have not been learnt; returns how many there were, 0 when all is known.

    For a chore: one process at a time, inside the caller's transaction. Counts only grow, since a changed row is
    counted again; `forget_all` and learning anew makes them exact.
    """
    rows = list(SearchRow.objects.filter(learnt=False).order_by("pk")[:limit])
    if not rows:
        return 0
    keys: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for row in rows:
        keys.update(keys_of(row.tally))
        seen.update(_corrigible(row))
    _count_keys(keys)
    _count_words(seen)
    _count_rows(rows)
    SearchRow.objects.filter(pk__in=[row.pk for row in rows]).update(learnt=True)
    return len(rows)


def _corrigible(row: SearchRow) -> set[str]:
    found: dict[str, None] = {}
    for word in words(f"{row.title}\n{row.text}"):
        if corrigible(word):
            found[word] = None
            if len(found) == MOST_WORDS:
                break
    return set(found)


def _count_keys(keys: Counter[str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_key (key, rows) VALUES (%s, %s) "
            "ON CONFLICT (key) DO UPDATE SET rows = search_key.rows + excluded.rows",
            sorted(keys.items()),
        )


def _count_words(seen: Counter[str]) -> None:
    known = set(SearchWord.objects.filter(word__in=seen.keys()).values_list("word", flat=True))
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_word SET rows = rows + %s WHERE word = %s", [(seen[word], word) for word in sorted(known)]
        )
    fresh = SearchWord.objects.bulk_create(
        [SearchWord(word=word, rows=count) for word, count in sorted(seen.items()) if word not in known], 500
    )
    SearchFragment.objects.bulk_create(
        [SearchFragment(fragment=number, word=one) for one in fresh for number in fragments(one.word)], 5000
    )


def _count_rows(rows: list[SearchRow]) -> None:
    total, _ = SearchTotal.objects.get_or_create(pk=1)
    SearchTotal.objects.filter(pk=total.pk).update(
        rows=F("rows") + len(rows),
        title_words=F("title_words") + sum(row.title_length for row in rows),
        body_words=F("body_words") + sum(row.body_length for row in rows),
    )


def forget_all() -> None:
    """Forget all that was learnt, so that it can be learnt anew."""
    SearchFragment.objects.all().delete()
    SearchWord.objects.all().delete()
    SearchKey.objects.all().delete()
    SearchTotal.objects.all().delete()
    SearchRow.objects.filter(learnt=True).update(learnt=False)


def statistics(keys: Iterable[str]) -> Statistics:
    """What has been learnt of these keys and of the index as a whole."""
    total = SearchTotal.objects.values_list("rows", "title_words", "body_words").first() or (0, 0, 0)
    frequencies: Mapping[str, int] = dict(SearchKey.objects.filter(key__in=set(keys)).values_list("key", "rows"))
    return Statistics(*total, frequencies)


def corrections(word: str, *, limit: int = 5) -> tuple[str, ...]:
    """Known words one typing error away from a canonical word, the most frequent first.

    The words come from all texts of the desk: show one only to a person who finds it in a text open to him.
    """
    if not corrigible(word):
        return ()
    near = SearchWord.objects.filter(searchfragment__fragment__in=fragments(word))
    found = {one: rows for one, rows in near.values_list("word", "rows") if one_error_apart(word, one)}
    return tuple(sorted(found, key=lambda one: (-found[one], one))[:limit])


def completions(beginning: str, *, limit: int) -> tuple[str, ...]:
    """Known words that begin so, the most frequent first. The same caution holds as for corrections."""
    known = SearchWord.objects.filter(word__startswith=beginning)
    if connection.vendor == "sqlite":
        # SQLite's LIKE reads every word; its order of text is that of code points, so that a range is exact.
        known = SearchWord.objects.filter(word__gte=beginning, word__lt=beginning + LAST_SIGN)
    return tuple(known.order_by("-rows", "word").values_list("word", flat=True)[:limit])
