"""What must be right before anything is started."""

import json
import os
import socket
import subprocess
import sys

import pytest

from firstline.cli.serve import _sentence_of
from tests.support.waiting import free_port


def _serve(tmp_path, *argv: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "FIRSTLINE_HOME": str(tmp_path), **more}
    command = [sys.executable, "-m", "firstline.cli.main", "serve", "--json", *argv]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=60)


def test_a_port_that_is_taken_stops_the_start(tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = _serve(tmp_path, "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 69 and "choose another port" in json.loads(ended.stderr)["error"]["sentence"]


def test_a_database_of_another_version_stops_the_start(tmp_path, database_url) -> None:
    ended = _serve(tmp_path, "--port", str(free_port()), DATABASE_URL=database_url)
    assert ended.returncode == 69 and "firstline migrate" in json.loads(ended.stderr)["error"]["sentence"]


@pytest.mark.parametrize(("name", "value"), [
    ("FIRSTLINE_TIME_ZONE", "Mars"), ("FIRSTLINE_URL", "desk"), ("DATABASE_URL", "mysql://x/y"),
])
def test_a_wrong_setting_stops_the_start(tmp_path, name: str, value: str) -> None:
    ended = _serve(tmp_path, "--port", str(free_port()), **{name: value})
    assert ended.returncode == 64 and name in json.loads(ended.stderr)["error"]["sentence"]


@pytest.mark.parametrize("argv", [["--only", "kitchen"], ["--workers", "0"], ["--port", "0"], ["--port", "99999"]])
def test_a_wrong_argument_stops_the_start(tmp_path, argv) -> None:
    assert _serve(tmp_path, *argv).returncode == 64


@pytest.mark.parametrize(("complaint", "sentence"), [
    ('{"error": {"status": 69, "sentence": "No."}}', "No."), ("a line\nNo.", "No."),
    ("", "The database cannot be looked at."),
])
def test_a_childs_complaint_is_passed_on(complaint: str, sentence: str) -> None:
    assert _sentence_of(complaint) == sentence
