"""The pipe: exit codes a mail server can rely on, and the same bytes by either way in."""

import io
import json
import subprocess
import sys

import pytest

from firstline.cli.deliver import run
from firstline.core.envelope import DEFAULT_RECIPIENT, SIZE_LIMIT, STUB_SIZE
from firstline.jobs.lmtp import LmtpServer

RAW = b"From: a@b.example\r\nSubject: hello\r\n\r\n.A line.\r\n"


class Desk:
    """Stores in memory; `trouble` is raised instead when set."""

    def __init__(self):
        self.kept = []
        self.trouble = None
        self.out = io.StringIO()
        self.err = io.StringIO()

    def store(self, raw, *, mailbox, cut_from):
        if self.trouble is not None:
            raise self.trouble
        self.kept.append((raw, mailbox, cut_from))
        return len(self.kept)

    def handle_now(self, letter):
        return {
            "letter": letter,
            "outcome": "opened",
            "verdict": "accept",
            "ticket": 7,
            "reason": "a new one",
        }

    def deliver(self, *argv, raw=RAW, handle_now=None):
        return run(
            argv,
            stdin=io.BytesIO(raw),
            stdout=self.out,
            stderr=self.err,
            store=self.store,
            handle_now=handle_now or self.handle_now,
        )


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRSTLINE_HOME", str(tmp_path))
    return Desk()


@pytest.fixture
def worker(tmp_path):
    """A running worker's LMTP socket; `taken` holds its deliveries."""
    (tmp_path / "run").mkdir()
    taken = []

    def take_many(group):
        if any(b"refuse" in delivery.raw for delivery in group):
            raise RuntimeError("no room")
        taken.extend(group)
        return [str(40 + len(taken))]

    server = LmtpServer(
        listen=[f"unix:{tmp_path}/run/lmtp.sock"],
        take_many=take_many,
        known=lambda address: address == "help@desk.example",
    )
    server.start()
    yield taken
    server.stop()


def test_a_letter_is_stored_here_when_no_worker_listens(desk):
    assert (desk.deliver("--mailbox", "help@desk.example"), desk.kept) == (
        0,
        [(RAW, "help@desk.example", None)],
    )


def test_without_now_the_outcome_is_stored(desk):
    desk.deliver("--json")
    assert json.loads(desk.out.getvalue()) == {
        "letter": 1, "outcome": "stored", "verdict": None, "ticket": None, "reason": None
    }  # fmt: skip


def test_a_running_worker_takes_the_letter(desk, worker):
    assert desk.deliver("--mailbox", "help@desk.example", "--json") == 0
    assert (json.loads(desk.out.getvalue())["letter"], desk.kept) == (41, [])
    assert [(d.raw, d.recipient, d.envelope_from) for d in worker] == [(RAW, "help@desk.example", None)]


def test_without_a_mailbox_the_worker_hears_the_default_one(desk, worker):
    desk.deliver()
    assert worker[0].recipient == DEFAULT_RECIPIENT


@pytest.mark.parametrize("raw", [
    RAW, RAW.replace(b"\r\n", b"\n"), b"a: b\n\n..\n.\n\n", b"no line end", b"\n", b".",
    b"a: b\r\n\r\nbare\nfeed\r\n",
])  # fmt: skip
def test_both_ways_in_give_the_same_bytes(desk, worker, raw):
    desk.deliver(raw=raw)
    desk.deliver("--now", raw=raw)
    assert desk.kept[0][0] == worker[0].raw


def test_line_ends_of_a_pipe_become_those_of_the_wire(desk):
    desk.deliver(raw=RAW.replace(b"\r\n", b"\n"))
    assert desk.kept[0][0] == RAW


def test_with_now_it_is_handled_here_even_if_a_worker_listens(desk, worker):
    assert desk.deliver("--now", "--json") == 0
    assert (json.loads(desk.out.getvalue())["outcome"], worker) == ("opened", [])


def test_people_read_a_sentence(desk):
    desk.deliver("--now")
    assert desk.out.getvalue() == "Letter 1: opened, ticket 7 (a new one).\n"


@pytest.mark.parametrize("crash", [RuntimeError("x"), SystemExit(1), KeyboardInterrupt(), MemoryError()])
def test_a_stored_letter_that_cannot_be_handled_is_still_a_success(desk, crash):
    def broken(letter):
        raise crash

    assert desk.deliver("--now", "--json", handle_now=broken) == 0
    assert json.loads(desk.out.getvalue())["outcome"] == "failed"


@pytest.mark.parametrize("argv", [
    ["--mailbox"], ["--mailbox", "nobody"], ["--mailbox", "a@b c"], ["--mailbox", "a@b>\r\nDATA"], ["--what"],
    ["--mailbox", "a@b@c"], ["--now=1"], ["file"],
])  # fmt: skip
def test_wrong_arguments_are_64_and_store_nothing(desk, argv):
    assert (desk.deliver(*argv), desk.kept) == (64, [])


@pytest.mark.parametrize("crash", [RuntimeError("x"), SystemExit(1), KeyboardInterrupt(), MemoryError(), OSError()])
def test_every_crash_is_75(desk, crash):
    desk.trouble = crash
    assert desk.deliver("--json") == 75
    assert json.loads(desk.err.getvalue())["error"]["status"] == 75


def test_an_error_for_people_is_a_sentence(desk):
    desk.trouble = RuntimeError("secret detail")
    desk.deliver()
    assert desk.err.getvalue().startswith("firstline deliver: The letter was not stored")
    assert "secret detail" not in desk.err.getvalue()


def test_nothing_on_standard_input_is_75(desk):
    assert (desk.deliver(raw=b""), desk.kept) == (75, [])


def test_a_worker_in_trouble_is_75(desk, worker):
    assert (desk.deliver(raw=RAW + b"refuse\r\n"), desk.kept) == (75, [])


def test_a_mailbox_that_the_worker_does_not_know_is_75_and_never_a_bounce(desk, worker):
    assert desk.deliver("--mailbox", "other@desk.example") == 75


def test_a_worker_that_dies_in_the_middle_is_75(desk, tmp_path):
    import socket
    import threading

    (tmp_path / "run").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "run" / "lmtp.sock"))
        listener.listen()
        threading.Thread(target=lambda: listener.accept()[0].close()).start()
        assert (desk.deliver(), desk.kept) == (75, [])


def test_a_dead_socket_is_passed_over(desk, tmp_path):
    import socket

    (tmp_path / "run").mkdir()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "run" / "lmtp.sock"))
    assert (desk.deliver(), len(desk.kept)) == (0, 1)


def test_of_a_letter_too_large_the_beginning_is_kept_with_its_true_size(desk, worker):
    raw = RAW + b"x" * (SIZE_LIMIT + 70_000)
    assert desk.deliver(raw=raw) == 0
    assert [(len(kept), size) for kept, _, size in desk.kept] == [(STUB_SIZE + 2, len(raw))]


def test_a_letter_of_just_the_limit_is_kept_whole(desk):
    raw = RAW + b"x" * (SIZE_LIMIT - len(RAW) - 2) + b"\r\n"
    desk.deliver(raw=raw)
    assert (len(desk.kept[0][0]), desk.kept[0][2]) == (SIZE_LIMIT, None)


def test_a_letter_that_grows_over_the_limit_by_its_line_ends_is_cut_too(desk, worker):
    assert desk.deliver(raw=b"a: b\n\n" + b"x\n" * (SIZE_LIMIT // 2 - 10)) == 0
    assert (worker, desk.kept[0][2]) == ([], SIZE_LIMIT - 14)


def test_a_reader_that_has_gone_away_does_not_change_the_code(desk):
    desk.out.close()
    assert desk.deliver() == 0


PROGRAM = """
import sys
from firstline.cli.deliver import run
streams = {"stdin": sys.stdin.buffer, "stdout": sys.stdout, "stderr": sys.stderr}
code = run(sys.argv[1:], **streams, store=None, handle_now=None)
print(sorted(name for name in sys.modules if name.startswith(("django", "firstline", "logging"))))
sys.exit(code)
"""


def test_neither_django_nor_logging_is_loaded_for_the_worker(desk, worker):
    done = subprocess.run([sys.executable, "-c", PROGRAM], input=RAW, capture_output=True, timeout=30)
    assert done.returncode == 0
    assert b"'firstline', 'firstline.cli', 'firstline.cli.deliver', 'firstline.core'" in done.stdout
    assert b"django" not in done.stdout
    assert b"logging" not in done.stdout
