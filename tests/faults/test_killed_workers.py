"""Kill -9 at every fault point of intake and sending: 0 lost, doubles only in the window (PROMISES K01, K02)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.support import dovecot
from tests.support.desk import ROOT
from tests.support.missing import without

DATABASE = os.environ.get("FIRSTLINE_TEST_DATABASE") or "sqlite"
EVERY_POINT = ("--every", "1") if DATABASE == "sqlite" else ("--spread", "10")

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("faults")]


def swept(*arguments: str) -> Any:
    if dovecot.program() is None:
        without("Dovecot 2.3", package="dovecot-imapd")
    command = [sys.executable, "-m", "bench.faults", "--database", DATABASE, *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=900)
    assert ended.stdout, ended.stderr.decode()[-4000:]
    return json.loads(ended.stdout)


def test_a_worker_killed_anywhere_loses_nothing_and_doubles_only_in_the_window():
    report = swept("--workers", "alone", *EVERY_POINT)
    assert report["violations"] == []
    assert report["points"] > 100 and report["swept"] >= 10


def test_beside_another_worker_a_killed_one_loses_nothing():
    report = swept("--workers", "two", "--spread", "5")
    assert report["violations"] == []
    assert report["swept"] >= 3
