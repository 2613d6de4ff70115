"""Real bounces, delay notices, vacation replies and abuse reports are told and explained."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from firstline.intake.mail.bounces import read_bounces
from firstline.intake.mail.letter import Letter
from firstline.intake.mail.reading import read
from firstline.intake.mail.screening import screen

DATA = Path(os.environ.get("FIRSTLINE_DATA") or Path(__file__).parents[5] / "shared" / "data") / "mail"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="needs the mail collection; set FIRSTLINE_DATA to its folder"
)


@lru_cache(maxsize=1)
def collection() -> list[tuple[dict[str, Any], Letter]]:
    rows = [json.loads(line) for line in (DATA / "messages.jsonl").read_text("utf-8").splitlines()]
    return [(row, read((DATA / row["file"]).read_bytes())) for row in rows]


def expected_verdicts() -> Iterator[tuple[str, str]]:
    """(expected, found): bounce, report, absence, or '' for what must be none of them."""
    for row, letter in collection():
        said = row.get("expected") or {}
        wanted = "report" if said.get("is_feedback_report") else "absence" if said.get("is_auto_reply") else ""
        wanted = "bounce" if said.get("is_bounce") else wanted
        if not wanted and (said.get("is_delivery_status_report") or row["kind"].startswith("bounce")):
            continue
        found = screen(letter, ours=frozenset(), envelope_from=None).verdict
        yield wanted, found if found in ("bounce", "report", "absence") else ""


def test_bounces_are_told_from_requests() -> None:
    right = [wanted == found for wanted, found in expected_verdicts()]
    assert sum(right) >= 0.97 * len(right)


@pytest.mark.parametrize("kind", ["report", "absence"])
def test_reports_and_absences_are_all_known(kind: str) -> None:
    assert {found for wanted, found in expected_verdicts() if wanted == kind} == {kind}


def test_the_reasons_are_right() -> None:
    right = total = 0
    for row, letter in collection():
        wanted = Counter(one["reason"] for one in (row.get("expected") or {}).get("results", ()))
        if wanted and not wanted.keys() & {"feedback", "vacation"}:
            right += (wanted & Counter(one.reason for one in read_bounces(letter))).total()
            total += wanted.total()
    assert right >= 0.9 * total


def test_every_recipient_is_found() -> None:
    pairs = [
        (len(row["expected"]["results"]), len(read_bounces(letter)))
        for row, letter in collection()
        if (row.get("expected") or {}).get("results") and row["expected"].get("is_bounce")
    ]
    assert sum(wanted == found for wanted, found in pairs) >= 0.95 * len(pairs)
