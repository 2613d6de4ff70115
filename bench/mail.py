"""Measures how many of the stored mails are read right, and how many bounces are told and explained.

Run as `python -m bench.mail --data DIR [--misses]`; DIR holds `messages.jsonl`. Prints one JSON document.

How each expectation is judged, since the sources say different things:

* Text and subjects are compared after folding white space and leaving NUL out. U+FFFD in an expected value stands
  for any run of characters, several with blanks between them likewise: the source could not read these bytes.
* subject: `subject` equal, `subject_starts` a beginning.
* sender: the address of the first `from` (address, list, or `Name <address>`); an expected null address is
  "no sender"; `from_display` is the display name.
* text: `text_body` equal to the readable text, or its beginning where the mail has several text parts, of which the
  source stored the first; `body_contains` each found in the text or in the text of the HTML body (a source may have
  looked at either); `body_must_not_contain` none found in the text; `text_body_ends` an end. An expected text that
  holds a raw `Content-Type:` line was not parted by its source: the text need only be its beginning. `body_kind`
  (winmail.dat): there is a text where the source found a body.
* attachments: every expected file name is there, as often; an expected name is cleaned first, since a path in a
  name is never kept. `attached_message_filename` likewise. Where every expected file has a name, the number of
  attachments must be equal too; files inside a forwarded mail may be counted by the
  source or not. A source's null or missing name asks for nothing but a made-up name.
* bounce: `is_bounce` true means the verdict `bounce`, false another one. A mail of another kind that expects
  nothing about bouncing is a request (hard cases of unknown outcome are left out) and must not be
  a `bounce`. A delay notice that its source calls "not bounced" (`is_delivery_status_report`) is
  left out: for the desk it is a bounce of the kind `delayed`.
* automatic: `is_feedback_report` means `report`, `is_auto_reply` means `absence`.
* reason: per recipient in order; right if the reasons found are the expected ones. The reasons `feedback` and
  `vacation` are verdicts here and judged there.
* UTF-7 is never decoded, by promise: mails that declare it are scored apart (`utf7`).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from firstline.intake.mail import reading
from firstline.intake.mail.reading import markup, names
from firstline.intake.mail.understanding import Understood, understand

_UTF7 = re.compile(rb"charset=\"?utf-7|=\?utf-7\?", re.IGNORECASE)
_READ = ("subject", "sender", "text")


def main(data: Path) -> dict[str, Any]:
    """Shares per measure over all sources and per source: {measure: {right, of, share}}, and the misses."""
    tally: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    misses: list[dict[str, Any]] = []
    began = time.perf_counter()
    rows = [json.loads(line) for line in (data / "messages.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        raw = (data / row["file"]).read_bytes()
        for measure, right, expected, found in _judged(raw, row):
            measure = "utf7" if measure in _READ and _UTF7.search(raw[:20_000]) else measure
            for group in ("total", row["source"]):
                tally[group][measure]["of"] += 1
                tally[group][measure]["right"] += right
            if not right:
                misses.append({"file": row["file"], "measure": measure, "expected": expected, "found": found})
    return {
        "messages": len(rows),
        "seconds": round(time.perf_counter() - began, 2),
        "shares": {group: _shares(measures) for group, measures in tally.items()},
        "misses": misses,
    }


def _shares(measures: dict[str, Counter[str]]) -> dict[str, dict[str, float]]:
    return {
        name: {"right": found["right"], "of": found["of"], "share": round(found["right"] / found["of"], 4)}
        for name, found in sorted(measures.items())
    }


Judged = tuple[str, bool, Any, Any]


def _judged(raw: bytes, row: dict[str, Any]) -> Iterator[Judged]:
    expected = row.get("expected") or {}
    try:
        understood = understand(raw, ours=frozenset(), envelope_from=None)
    except reading.Unreadable as unreadable:
        yield "handled", False, "a letter", unreadable.reason
        return
    yield "handled", True, None, None
    yield from _subject(understood, expected)
    yield from _sender(understood, expected)
    yield from _text(understood, expected)
    yield from _attachments(understood, expected)
    yield from _verdict(understood, expected, row["kind"])
    yield from _reasons(understood, expected)


def _folded(text: object) -> str:
    return " ".join(str(text or "").replace("\0", "").split())


def _pattern(text: object) -> str:
    return ".*".join(re.escape(piece) for piece in re.split("\ufffd(?:[\ufffd ]*\ufffd)?", _folded(text)))


def _equal(expected: object, found: object) -> bool:
    return re.fullmatch(_pattern(expected), _folded(found), re.DOTALL) is not None


def _starts(expected: object, found: object) -> bool:
    return re.match(_pattern(expected), _folded(found), re.DOTALL) is not None


def _subject(understood: Understood, expected: dict[str, Any]) -> Iterator[Judged]:
    found = understood.letter.headers.subject
    if "subject" in expected:
        yield "subject", _equal(expected["subject"], found), expected["subject"], found
    if "subject_starts" in expected:
        yield "subject", _starts(expected["subject_starts"], found), expected["subject_starts"], found


def _sender(understood: Understood, expected: dict[str, Any]) -> Iterator[Judged]:
    sender = understood.letter.headers.sender
    if expected.get("from"):
        wanted = expected["from"][0] if isinstance(expected["from"], list) else expected["from"]
        address = wanted.get("address") if isinstance(wanted, dict) else wanted
        found = sender.email if sender else None
        right = found is None if address is None else found is not None and found in address.lower()
        yield "sender", right, wanted, found
    if "from_display" in expected:
        name = sender.name if sender else ""
        yield "sender", _equal(expected["from_display"], name), expected["from_display"], name


def _text(understood: Understood, expected: dict[str, Any]) -> Iterator[Judged]:
    letter = understood.letter
    text = _folded(letter.text)
    if "text_body" in expected:
        wanted = expected["text_body"]
        several = sum(part.type.startswith("text/") for part in letter.parts) > 1
        right = _equal(wanted, text) or (bool(_folded(wanted)) and several and _starts(wanted, text))
        right = right or ("\nContent-Type:" in wanted and bool(text) and _folded(wanted).startswith(text))
        yield "text", right, wanted[:300], text[:300]
    if "body_kind" in expected:
        yield "text", bool(text) or expected["body_kind"] is None, expected["body_kind"], text[:300]
    both = text + " " + _folded(markup.text_of(letter.html) if letter.html else "")
    for wanted in expected.get("body_contains", ()):
        yield "text", _folded(wanted) in both, wanted, text[:300]
    for unwanted in expected.get("body_must_not_contain", ()):
        yield "text", unwanted not in text, f"not {unwanted}", text[:300]
    if "text_body_ends" in expected:
        yield "text", text.endswith(_folded(expected["text_body_ends"])), expected["text_body_ends"], text[-100:]


def _attachments(understood: Understood, expected: dict[str, Any]) -> Iterator[Judged]:
    found = [item.name for item in understood.letter.attachments]
    if "attachments" in expected:
        wanted = [item if isinstance(item, str) else item.get("filename") for item in expected["attachments"]]
        named = [names.clean(name) for name in wanted if name]
        right = _all_there(named, found) and (len(named) < len(wanted) or len(found) == len(wanted))
        yield "attachments", right, wanted, found
    elif "attachment_count" in expected:
        count = len(found)
        right = expected["attachment_count"] in (count, count + _inside_forwarded(understood))
        yield "attachments", right, expected["attachment_count"], found
    if "attached_message_filename" in expected:
        wanted = expected["attached_message_filename"]
        yield "attachments", wanted in found, wanted, found


def _inside_forwarded(understood: Understood) -> int:
    forwarded = [item.content for item in understood.letter.attachments if item.type == "message/rfc822"]
    return sum(len(reading.read(content).attachments) for content in forwarded if content.strip())


def _all_there(wanted: Iterable[str], found: list[str]) -> bool:
    left = list(found)
    for name in wanted:
        match = next((item for item in left if _equal(name, item)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _verdict(understood: Understood, expected: dict[str, Any], kind: str) -> Iterator[Judged]:
    verdict = understood.judgement.verdict
    if "is_bounce" not in expected and kind.startswith("bounce"):
        return
    if expected.get("is_delivery_status_report") and not expected.get("is_bounce"):
        return
    yield "bounce", (verdict == "bounce") == bool(expected.get("is_bounce")), expected.get("is_bounce"), verdict
    if expected.get("is_feedback_report"):
        yield "automatic", verdict == "report", "report", verdict
    if expected.get("is_auto_reply"):
        yield "automatic", verdict == "absence", "absence", verdict


def _reasons(understood: Understood, expected: dict[str, Any]) -> Iterator[Judged]:
    wanted = [item["reason"] for item in expected.get("results", ())]
    if wanted and not {"feedback", "vacation"} & set(wanted):
        found = [item.reason for item in understood.bounced]
        yield "reason", Counter(found) == Counter(wanted), wanted, found


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--misses", action="store_true")
    chosen = arguments.parse_args()
    result = main(chosen.data)
    if not chosen.misses:
        del result["misses"]
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
