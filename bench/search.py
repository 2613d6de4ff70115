"""Measures search: word forms, typing errors, StackFAQ, and the cost of putting and asking; prints one JSON document.

Forms are judged on the half of the lemmas that nobody looked at while the suffix lists were written (an odd CRC-32).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

LANGUAGES = ("en", "nb", "da", "hu", "uk", "bg")
PAIRS = 3000
PUBLIC = False  # no internal text
TYPOS = 900


def _groups(path: Path, half: int) -> dict[str, set[str]]:
    from firstline.search.rules.words import canonical

    groups: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if crc32(row["lemma"].encode()) % 2 == half:
                groups[row["lemma"]].add(canonical(row["form"]))
                if row["lemma"].isalpha():
                    groups[row["lemma"]].add(canonical(row["lemma"]))
    return groups


def forms(path: Path, language: str, dictionary: Any, half: int) -> dict[str, float]:
    """Recall: two random forms of a lemma share a key. Precision: words that share a key are of one lemma."""
    from firstline.search.rules.stem import stems

    groups = _groups(path, half)
    lemmas: dict[str, set[str]] = defaultdict(set)
    sharing: dict[str, set[str]] = defaultdict(set)
    for lemma, group in groups.items():
        for form in group:
            lemmas[form].add(lemma)
            for key in stems(form, language, dictionary):
                sharing[key].add(form)
    chance = random.Random(1)
    several = [sorted(group) for group in groups.values() if len(group) > 1]
    met = 0
    for _ in range(PAIRS):
        one, other = chance.sample(chance.choice(several), 2)
        met += bool(set(stems(one, language, dictionary)) & set(stems(other, language, dictionary)))
    right = wrong = 0
    for form, own in lemmas.items():
        for other in set().union(*(sharing[key] for key in stems(form, language, dictionary))) - {form}:
            if own & lemmas[other]:
                right += 1
            else:
                wrong += 1
    return {"recall": round(met / PAIRS, 4), "precision": round(right / max(1, right + wrong), 4)}


def all_forms(data: Path, dictionary: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in ("inflection", "domain_lemmas"):
        for language in LANGUAGES:
            path = data / "search" / f"{kind}_{language}.csv"
            if path.exists():
                found[f"{kind}_{language}"] = forms(path, language, dictionary, 1)
    return found


def stackfaq(data: Path, analyser: Any) -> dict[str, float]:
    """The thread found from people's own wordings, by the plain ranking."""
    from firstline.search.rules.ranking import Candidate, Statistics, rank

    threads = [json.loads(line) for line in (data / "kb" / "stackfaq.jsonl").open(encoding="utf-8")]
    candidates = []
    for thread in threads:
        made = analyser.analyse("\n".join(thread["answers"]), title=thread["title"], language="en")
        one = thread["id"]
        candidates.append(Candidate(one + 1, "article", one, made.tally, made.title_length, made.body_length))
    reciprocal = first = asked = 0.0
    for thread in threads:
        for question in thread["questions"]:
            terms = analyser.query_keys(question, languages=("en",))
            ranked = [
                one.object_id for one in rank(candidates, terms, Statistics(0, 0, 0, {}), limit=len(candidates))
            ]
            asked += 1
            if thread["id"] in ranked:
                place = ranked.index(thread["id"]) + 1
                reciprocal += 1 / place
                first += place == 1
    return {"mrr": round(reciprocal / asked, 4), "p_at_1": round(first / asked, 4), "questions": asked}


def _articles(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((data / "kb").glob("gnome_help.*.jsonl.gz")):
        language = path.name.split(".")[1]
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield language, json.loads(line)


def fill(data: Path) -> dict[str, float]:
    """Put the help texts into a fresh index, in pieces of about 600 characters, and learn them."""
    from django.db import transaction
    from django.utils import timezone

    from firstline.search import index, vocabulary

    rows = []
    for language, page in _articles(data):
        body = page["body"]
        for at in range(0, len(body), 600):
            rows.append(
                index.IndexRow("article", len(rows) + 1, PUBLIC, page["title"], body[at : at + 600], index.EVERYBODY,
                               language=language)
            )  # fmt: skip
    random.Random(2).shuffle(rows)
    began = time.process_time()
    with transaction.atomic():
        for at in range(0, len(rows), 50):
            index.put_many(rows[at : at + 50], now=timezone.now())
    put = time.process_time() - began
    began = time.process_time()
    with transaction.atomic():
        while vocabulary.learn_batch():
            pass
    learnt = time.process_time() - began
    return {"rows": len(rows), "put_ms": round(put / len(rows) * 1000, 3),
            "learn_ms": round(learnt / len(rows) * 1000, 3)}  # fmt: skip


def _mistyped(word: str, chance: random.Random) -> str:
    letters = sorted(set(word)) + ["e", "a"]
    if any("а" <= sign <= "я" for sign in word):
        letters = [*sorted(set(word)), "о", "и"]
    at = chance.randrange(len(word))
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + chance.choice(letters) + word[at:]
    if kind == 2:
        return word[:at] + chance.choice(letters) + word[at + 1 :]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def typing_errors() -> dict[str, float]:
    """One random error in a known word: is the word among the first five corrections?"""
    from firstline.search.models import SearchWord
    from firstline.search.vocabulary import corrections

    known = sorted(SearchWord.objects.values_list("word", flat=True))
    every = set(known)
    chance = random.Random(4)
    first = five = tried = 0
    times = []
    for word in chance.sample(known, min(TYPOS, len(known))):
        typed = _mistyped(word, chance)
        if typed in every or len(typed) < 4:
            continue
        began = time.perf_counter()
        found = corrections(typed)
        times.append((time.perf_counter() - began) * 1000)
        tried += 1
        first += found[:1] == (word,)
        five += word in found
    found_first, found_five = round(first / tried, 4), round(five / tried, 4)
    return {"words": len(known), "tried": tried, "top_1": found_first, "top_5": found_five, **_percentiles(times)}


def _percentiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median_ms": round(ordered[len(ordered) // 2], 3),
        "p95_ms": round(ordered[len(ordered) * 95 // 100], 3),
    }


def questions(data: Path) -> dict[str, float]:
    """The summaries of help pages as questions, asked of the index."""
    from firstline.search.queries import Audience, search

    chance = random.Random(5)
    asked = [page["title"] for _, page in _articles(data)]
    times = []
    for query in chance.sample(asked, 200):
        began = time.process_time()
        search(query, audience=Audience(internal=True, all_teams=True, teams=frozenset()), kinds=("article",))
        times.append((time.process_time() - began) * 1000)
    return _percentiles(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with search/ and kb/")
    parser.add_argument("--lemmas", type=Path, help="compiled lemmas; without it they are compiled first")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"FIRSTLINE_HOME": home, "DJANGO_SETTINGS_MODULE": "firstline.settings"}
        os.environ.pop("DATABASE_URL", None)
        json.dump(_measured(arguments.data, arguments.lemmas), sys.stdout, indent=1)
        print()


def _measured(data: Path, lemmas: Path | None) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    from firstline.search import dictionary
    from firstline.search.rules.lemmas import Lemmas

    path = dictionary.lemmas_path()
    found: dict[str, Any] = {}
    if lemmas is None:
        from firstline.search.compiling import compile_lemmas

        began = time.process_time()
        compile_lemmas(path)
        found["compile_s"] = round(time.process_time() - began, 1)
    else:
        path.symlink_to(lemmas.absolute())
    found["lemmas_mb"] = round(path.stat().st_size / 1e6, 1)
    call_command("migrate", verbosity=0)
    found["forms"] = all_forms(data, Lemmas(path))
    found["stackfaq"] = stackfaq(data, dictionary.analyser())
    found["index"] = fill(data)
    found["typing_errors"] = typing_errors()
    found["questions"] = questions(data)
    return found


if __name__ == "__main__":
    main()
