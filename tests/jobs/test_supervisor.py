"""The supervisor starts, restarts and stops real processes."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from firstline.jobs import supervisor
from tests.support.served import Served
from tests.support.waiting import free_port, is_listening, wait_for


def test_the_web_process_answers(served: Served) -> None:
    assert served.web_pid() != served.process.pid


def test_what_dies_is_started_again(served: Served) -> None:
    first = served.web_pid()
    os.kill(first, signal.SIGKILL)

    def another() -> bool:
        with contextlib.suppress(OSError):
            return served.web_pid() != first
        return False

    wait_for(another, what="a new web process")


def test_one_sigterm_ends_all_within_five_seconds_with_an_open_stream(served: Served) -> None:
    with served.open_stream():
        began = time.monotonic()
        served.process.terminate()
        assert served.process.wait(timeout=5) == 0
        assert time.monotonic() - began < 5
        assert not is_listening(served.port)


def test_a_killed_supervisor_takes_its_children_along(served: Served) -> None:
    with served.open_stream():
        served.process.kill()
        wait_for(lambda: not is_listening(served.port), seconds=2, what="the end of the web process")


def test_a_taken_port_is_refused_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = supervisor.run(host="127.0.0.1", port=port, workers=1, only=frozenset({"web"}))
    assert code == supervisor.UNAVAILABLE
    assert f"127.0.0.1:{port}" in capsys.readouterr().err


def test_a_free_port_is_accepted() -> None:
    assert supervisor.why_port_is_unusable("127.0.0.1", free_port()) == ""


def test_a_child_that_refuses_its_configuration_stops_the_start() -> None:
    command = [sys.executable, "-m", "tests.support.supervised", "refusing"]
    assert subprocess.run(command, check=False, timeout=10).returncode == 78


def test_pauses_double_up_to_a_limit_and_are_short_after_a_healthy_life() -> None:
    child = supervisor.Child("web", ["true"])
    assert [child.note_death(now=10.0) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert child.note_death(now=100.0) == 0.5


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ({"web", "work", "mail"}, ["web", "worker 1", "worker 2"]),
        ({"web"}, ["web"]),
        ({"mail"}, ["mail"]),
        ({"work", "mail"}, ["worker 1", "worker 2"]),
    ],
)
def test_only_names_the_children(parts: set[str], names: list[str]) -> None:
    children = supervisor.programs(host="127.0.0.1", port=1, workers=2, parts=frozenset(parts))
    assert [name for name, _ in children] == names


def test_one_worker_alone_fetches_mail() -> None:
    children = supervisor.programs(host="127.0.0.1", port=1, workers=3, parts=supervisor.PARTS)
    assert [name for name, command in children if "mail" in command] == ["worker 1"]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("0.0.0.0", f"http://{socket.gethostname()}:80"),
        ("desk", "http://desk:80"),
    ],
)
def test_the_address_for_links_is_where_the_server_listens(host: str, address: str) -> None:
    assert supervisor.address_of(host, 80) == address


def test_the_supervisor_imports_no_django() -> None:
    look = "import sys, firstline.jobs.supervisor; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
