"""A served desk from outside: one process tree that answers, works, restarts and stops."""

import os
import signal
import time
from collections.abc import Iterator

import psutil
import pytest

from bench.memory import PROMISED_MB, letter, read
from tests.support.desk import Desk, Service
from tests.support.waiting import is_listening, wait_for


@pytest.fixture
def desk(own_desk: Desk) -> Desk:
    return own_desk


@pytest.fixture
def service(desk: Desk) -> Iterator[Service]:
    with desk.serving() as running:
        yield running


def worker(service: Service) -> int:
    """The process that does the background work."""
    names = {child.pid: " ".join(child.cmdline()) for child in psutil.Process(service.process.pid).children()}
    return next(pid for pid, name in names.items() if "firstline.jobs.worker" in name)


def has_ticket(desk: Desk, number: int) -> bool:
    return desk.run("ticket", str(number)).returncode == 0


def test_a_letter_becomes_a_ticket_without_anybody_asking(desk: Desk, service: Service) -> None:
    desk.done("deliver", given=letter(1))
    wait_for(lambda: has_ticket(desk, 1), seconds=20, what="the ticket")


def test_a_killed_worker_is_replaced_and_goes_on(desk: Desk, service: Service) -> None:
    os.kill(worker(service), signal.SIGKILL)
    desk.done("deliver", given=letter(1))
    wait_for(lambda: has_ticket(desk, 1), seconds=20, what="the ticket")


def test_one_sigterm_ends_everything_within_five_seconds(service: Service) -> None:
    tree = psutil.Process(service.process.pid).children(recursive=True)
    began = time.monotonic()
    service.process.terminate()
    assert service.process.wait(timeout=10) == 0
    assert time.monotonic() - began < 5
    assert not any(process.is_running() for process in tree)
    assert not is_listening(service.port)


def test_a_second_desk_on_the_same_port_is_refused_at_once(desk: Desk, service: Service) -> None:
    refused = desk.run("serve", "--port", str(service.port))
    assert refused.returncode == 69
    assert str(service.port).encode() in refused.stderr


def test_an_idle_desk_stays_within_the_promised_memory(service: Service) -> None:
    worker(service)
    time.sleep(2)
    assert read(service.process.pid, since=time.monotonic()).total_mb <= PROMISED_MB
