"""The mails of other help desks and parsers, read as well as their own authors read them (PROMISES §1)."""

import os
from pathlib import Path
from typing import Any

import pytest

from bench import mail

DATA = Path(os.environ.get("FIRSTLINE_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")


@pytest.fixture(scope="module")
def total() -> dict[str, dict[str, float]]:
    if not (DATA / "mail" / "messages.jsonl").exists():
        pytest.skip("the stored mails are not here: set FIRSTLINE_DATA to their folder")
    shares: dict[str, Any] = mail.main(DATA / "mail")["shares"]
    found: dict[str, dict[str, float]] = shares["total"]
    return found


@pytest.mark.parametrize(
    ("measure", "least"),
    [("handled", 1.0), ("subject", 0.98), ("sender", 0.98), ("text", 0.98), ("attachments", 0.98), ("bounce", 0.97)],
)
def test_enough_is_read_right(total: dict[str, dict[str, float]], measure: str, least: float) -> None:
    assert total[measure]["share"] >= least
