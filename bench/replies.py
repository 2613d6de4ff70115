"""Measures where replies are cut, against expectations of five open-source reply parsers.

Run: python -m bench.replies --data DIR [--misses] [--seen-only], DIR being .../data/mail with reply_quotation.jsonl.
Prints one JSON document: totals, and per source and language `cases`, `exact`, `lost`, and `exact_with_signature`
(the same with a marked signature kept in the reply, since the sources differ on it). Every row is put by a hash of
its id into `seen` (7 of 10, looked at while the rules were written) or `unseen`; both are reported.

How each kind of expectation is judged (white space is folded to one blank everywhere):
* reply, visible_text: exact when the reply equals it; lost when a word of it is missing from the reply.
* reply_text_ignoring_white_space: as reply, compared without any white space.
* reply_html_ignoring_white_space: the expected HTML is turned to text by the converter under test, then as above.
* first_fragment: exact when the reply begins with it. reply_must_contain, reply_must_not_contain: exact when all
  hold. A missing word of the first two is lost.
* checks: those on part `body` of message 0 are judged on the reply (equals, contains, not_contains); those on a
  later message (contains) on the quotation; on `signatures` and `content` of message 0 on the whole input kept, so
  never judged. A `not_contains` on words that another check calls a signature is left out unless marked.
* before_embedded: exact when, for a mail with an embedded one and words above it, the reply equals these; rows have
  `reply` as well, so it is reported apart. text_without_signature: judged on `signature()`, reported apart.
* fragments, messages_in_thread, sender, removed, and rows without expectation are not judged.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firstline.intake.mail.quotation import Parted, part_body, signature
from firstline.intake.mail.reading import markup

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    exact: bool
    exact_with_signature: bool
    lost: bool


def fold(text: str) -> str:
    return " ".join(text.split())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def is_seen(identity: str) -> bool:
    return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 10 < 7


def judge(row: Row) -> Verdict | None:
    expected: Row = row["expected"] or {}
    html = row["input"] if row["format"] == "html" else ""
    parted = part_body(markup.text_of(html) if html else row["input"], html)
    both = f"{parted.reply}\n{parted.signature}".strip()
    for key in ("reply", "visible_text"):
        if key in expected:
            return _equal(expected[key], parted.reply, both, fold)
    if "reply_text_ignoring_white_space" in expected:
        return _equal(
            expected["reply_text_ignoring_white_space"],
            parted.reply,
            both,
            lambda text: "".join(text.split()),
        )
    if "reply_html_ignoring_white_space" in expected:
        return _equal(markup.text_of(expected["reply_html_ignoring_white_space"]), parted.reply, both, _letters)
    if "first_fragment" in expected:
        exact = fold(parted.reply).startswith(fold(expected["first_fragment"]))
        return Verdict(exact, exact, bool(words(expected["first_fragment"]) - words(parted.reply)))
    if "reply_must_contain" in expected or "reply_must_not_contain" in expected:
        return _contains(expected, parted)
    return _checked(expected["checks"], parted, both) if expected.get("checks") else None


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


def _equal(wanted: str, reply: str, both: str, folded: Any) -> Verdict:
    return Verdict(
        folded(wanted) == folded(reply), folded(wanted) == folded(both), bool(words(wanted) - words(reply))
    )


def _contains(expected: Row, parted: Parted) -> Verdict:
    wanted = expected.get("reply_must_contain", [])
    unwanted = expected.get("reply_must_not_contain", [])
    reply = fold(parted.reply)
    exact = all(fold(text) in reply for text in wanted) and not any(fold(text) in reply for text in unwanted)
    return Verdict(exact, exact, bool(words(" ".join(wanted)) - words(reply)))


def _checked(checks: list[Row], parted: Parted, both: str) -> Verdict:
    signatures = [check["text"] for check in checks if check["part"] == "signatures" and check["message"] == 0]
    exact = kept = True
    lost = False
    for check in checks:
        text = fold(check["text"])
        if check["message"] > 0:
            if check["op"] == "contains":
                exact &= text in fold(parted.folded)
            continue
        if check["part"] != "body" or (check["op"] == "not_contains" and check["text"] in signatures):
            continue
        exact &= _holds(check["op"], text, fold(parted.reply))
        kept &= _holds(check["op"], text, fold(both))
        lost |= check["op"] != "not_contains" and bool(words(text) - words(parted.reply))
    return Verdict(exact, exact and kept, lost)


def _holds(op: str, text: str, body: str) -> bool:
    return {"equals": text == body, "contains": text in body, "not_contains": text not in body}[op]


def apart(rows: list[Row]) -> Row:
    """The expectations that are reported apart: words above an embedded mail, and signatures."""
    above = [row for row in rows if (row["expected"] or {}).get("before_embedded")]
    signed = [row for row in rows if "text_without_signature" in (row["expected"] or {})]
    right = sum(fold(part_body(row["input"]).reply) == fold(row["expected"]["before_embedded"]) for row in above)
    parted = sum(
        fold(signature(row["input"])[0]) == fold(row["expected"]["text_without_signature"]) for row in signed
    )
    return {
        "before_embedded": {"cases": len(above), "exact": right},
        "text_without_signature": {"cases": len(signed), "exact": parted},
    }


def measure(rows: list[Row]) -> tuple[Row, list[Row]]:
    counts: dict[str, dict[str, Counter[str]]] = {
        name: defaultdict(Counter) for name in ("total", "source", "language", "seen_by_source")
    }
    misses: list[Row] = []
    for row in rows:
        verdict = judge(row)
        if verdict is None:
            continue
        share = "seen" if is_seen(row["id"]) else "unseen"
        one = Counter(
            cases=1,
            exact=int(verdict.exact),
            exact_with_signature=int(verdict.exact_with_signature),
            lost=int(verdict.lost),
        )
        counts["total"]["all"].update(one)
        counts["total"][share].update(one)
        counts["source"][row["source"]].update(one)
        counts["language"][row.get("language") or "unknown"].update(one)
        counts["seen_by_source"][f"{row['source']} {share}"].update(one)
        if not verdict.exact or verdict.lost:
            misses.append({"id": row["id"], "share": share, "exact": verdict.exact, "lost": verdict.lost})
    told = {name: {key: dict(value) for key, value in sorted(group.items())} for name, group in counts.items()}
    return told | {"apart": apart(rows), "rows": len(rows)}, misses


def main() -> int:
    parser = argparse.ArgumentParser(description="Where a reply ends, measured on reply_quotation.jsonl.")
    parser.add_argument("--data", type=Path, required=True, help="folder with reply_quotation.jsonl")
    parser.add_argument("--misses", action="store_true", help="list the rows that are not exact")
    parser.add_argument("--seen-only", action="store_true", help="of the misses, only those of the seen share")
    chosen = parser.parse_args()
    with (chosen.data / "reply_quotation.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    told, misses = measure(rows)
    if chosen.misses:
        told["misses"] = [miss for miss in misses if not chosen.seen_only or miss["share"] == "seen"]
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
