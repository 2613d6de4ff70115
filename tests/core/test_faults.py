"""Fault points: they kill a process at the chosen point, and only in tests."""

import os
import subprocess
import sys

import pytest

from firstline.core.faults import arm

PROGRAM = """
from firstline.core import faults
faults.arm()
for n in range(5):
    faults.point(f"p:{n}")
print("alive")
"""


def run(**environment):
    keep = {key: value for key, value in os.environ.items() if not key.startswith("FIRSTLINE_")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], env=keep | environment, capture_output=True, text=True, timeout=30
    )


def test_the_process_dies_at_the_chosen_point(tmp_path):
    log = tmp_path / "points"
    done = run(FIRSTLINE_TESTING="1", FIRSTLINE_FAULT="3", FIRSTLINE_FAULT_LOG=str(log))
    assert (done.returncode, log.read_text()) == (-9, "p:0\np:1\np:2\n")


def test_the_log_alone_counts_the_points(tmp_path):
    log = tmp_path / "points"
    done = run(FIRSTLINE_TESTING="1", FIRSTLINE_FAULT_LOG=str(log))
    assert (done.stdout, len(log.read_text().split())) == ("alive\n", 5)


def test_without_testing_nothing_dies(tmp_path):
    done = run(FIRSTLINE_FAULT="1", FIRSTLINE_FAULT_LOG=str(tmp_path / "points"))
    assert (done.stdout, list(tmp_path.iterdir())) == ("alive\n", [])


def test_a_point_beyond_the_last_is_never_reached():
    assert run(FIRSTLINE_TESTING="1", FIRSTLINE_FAULT="6").stdout == "alive\n"


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "²"])
def test_a_wrong_number_is_an_error_with_a_sentence(value, monkeypatch):
    monkeypatch.setenv("FIRSTLINE_TESTING", "1")
    monkeypatch.setenv("FIRSTLINE_FAULT", value)
    with pytest.raises(ValueError, match="FIRSTLINE_FAULT must be"):
        arm()
