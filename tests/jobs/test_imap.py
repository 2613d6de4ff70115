"""Mail in by IMAP from a real Dovecot: nothing lost, nothing marked before it is stored, and quick to stop."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from firstline.core import faults
from firstline.core.envelope import SIZE_LIMIT, STUB_SIZE
from firstline.core.hosts import require_public
from firstline.jobs.imap import ImapFetcher, pause, probe
from firstline.jobs.imap_line import ImapTrouble
from firstline.notices.rules.mailbox import MailboxSettings, parse_imap_url
from tests.jobs.scripted_imap import WithoutIdle
from tests.support.imap_shelf import Shelf, settings
from tests.support.waiting import wait_for


def letter(n, *, body="A line."):
    return f"From: a@b.example\r\nSubject: {n}\r\n\r\n{body}\r\n".encode()


@pytest.fixture
def shelf():
    return Shelf()


def fetcher(account, shelf, *, url="", secret="", after="seen", **how):
    return ImapFetcher(
        settings(url or account.url, after=after),
        secret=secret or account.password,
        take=shelf.take,
        last_uid=shelf.last_uid,
        report=shelf.states.append,
        **how,
    )


class Running:
    """A fetcher in a thread of its own."""

    def __init__(self, made):
        self.made = made
        self.thread = threading.Thread(target=made.run, daemon=True)
        self.thread.start()

    def stop(self):
        """Seconds that stopping took."""
        begun = time.monotonic()
        self.made.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()
        return time.monotonic() - begun


@pytest.fixture
def run(dovecot, shelf):
    started = []

    def start(**how):
        started.append(Running(fetcher(dovecot, shelf, **how)))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def test_letters_are_taken_oldest_first_and_byte_for_byte(dovecot, shelf):
    for n in range(3):
        dovecot.append(letter(n))
    assert (fetcher(dovecot, shelf).fetch(), shelf.raws) == (3, [letter(n) for n in range(3)])


def test_a_letter_comes_with_its_numbers_and_the_time_the_server_got_it(dovecot, shelf):
    dovecot.append(letter(1))
    fetcher(dovecot, shelf).fetch()
    validity, uid, _, internal_date, cut_from = shelf.rows[0]
    assert (validity > 0, uid, cut_from) == (True, 1, None)
    assert abs(internal_date - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_is_stored_is_not_taken_again(dovecot, shelf):
    dovecot.append(letter(1))
    assert [fetcher(dovecot, shelf).fetch() for _ in range(2)] == [1, 0]


def test_a_taken_letter_is_marked_as_seen(dovecot, shelf):
    dovecot.append(letter(1))
    fetcher(dovecot, shelf).fetch()
    assert "\\Seen" in dovecot.flags()[1]


def test_nothing_is_marked_when_the_letter_was_not_stored(dovecot, shelf):
    dovecot.append(letter(1))
    shelf.trouble = RuntimeError("disk full")
    with pytest.raises(ImapTrouble) as trouble:
        fetcher(dovecot, shelf).fetch()
    assert (trouble.value.kind, "\\Seen" in dovecot.flags()[1]) == ("store", False)


def test_with_nothing_asked_for_nothing_is_marked(dovecot, shelf):
    dovecot.append(letter(1))
    fetcher(dovecot, shelf, after="nothing").fetch()
    assert "\\Seen" not in dovecot.flags()[1]


def test_a_taken_letter_can_be_deleted_and_no_other_is(dovecot, shelf):
    dovecot.append(letter(1))
    fetcher(dovecot, shelf, after="nothing").fetch()
    with dovecot.connection() as client:
        client.uid("STORE", "1", "+FLAGS", r"(\Deleted)")
        client.unselect()
    dovecot.append(letter(2))
    fetcher(dovecot, shelf, after="delete").fetch()
    assert list(dovecot.flags()) == [1]


def test_a_taken_letter_can_be_moved_to_a_folder_that_is_made(dovecot, shelf):
    dovecot.append(letter(1))
    fetcher(dovecot, shelf, after="move:Kész levelek").fetch()
    assert dovecot.flags() == {}
    with dovecot.connection(folder='"K&AOk-sz levelek"') as client:
        assert client.uid("SEARCH", "ALL")[1] == [b"1"]


def test_a_move_that_is_refused_is_reported_and_holds_up_nothing(dovecot, shelf):
    for n in range(3):
        dovecot.append(letter(n))
    fetcher(dovecot, shelf, after="move:a/../b//c").fetch()
    assert (len(shelf.rows), shelf.states[-1].kind) == (3, "folder")


def test_many_letters_and_large_ones_all_come(dovecot, shelf):
    raws = [letter(n, body="x" * (3_000_000 if n % 10 == 0 else 10)) for n in range(45)]
    with dovecot.connection() as client:
        for raw in raws:
            client.append("INBOX", None, None, raw)
    fetcher(dovecot, shelf).fetch()
    assert shelf.raws == raws


def test_of_a_letter_too_large_the_beginning_is_taken_with_its_true_size(dovecot, shelf):
    raw = letter(1, body=("y" * 998 + "\r\n") * (SIZE_LIMIT // 1000 + 1))
    dovecot.append(raw)
    dovecot.append(letter(2))
    fetcher(dovecot, shelf).fetch()
    assert [(row[2], row[4]) for row in shelf.rows] == [(raw[:STUB_SIZE], len(raw)), (letter(2), None)]


def test_a_changed_uidvalidity_reads_the_folder_from_the_beginning(dovecot, shelf):
    folder = dovecot.url.replace("INBOX", "Desk")
    dovecot.append(letter(1), folder="Desk")
    fetcher(dovecot, shelf, url=folder).fetch()
    with dovecot.connection() as client:
        client.delete("Desk")
    time.sleep(1.1)
    dovecot.append(letter(2), folder="Desk")
    fetcher(dovecot, shelf, url=folder).fetch()
    assert (shelf.raws, len({row[0] for row in shelf.rows})) == ([letter(1), letter(2)], 2)


def test_an_idle_line_hears_of_a_new_letter_at_once(dovecot, shelf, run):
    run()
    wait_for(lambda: shelf.states, what="the first look")
    dovecot.append(letter(1))
    wait_for(lambda: shelf.rows, seconds=5, what="the letter")
    assert [state.error for state in shelf.states] == [None] * len(shelf.states)


def test_stopping_wakes_an_idle_line_within_a_second(dovecot, shelf, run):
    running = run()
    wait_for(lambda: shelf.states, what="the first look")
    time.sleep(0.2)
    assert running.stop() < 1.0


def test_stopping_twice_does_no_harm(run, shelf):
    running = run()
    wait_for(lambda: shelf.states, what="the first look")
    running.stop()
    assert running.stop() < 1.0


def test_a_server_without_idle_is_asked_now_and_then(dovecot, shelf, run):
    proxy = WithoutIdle(dovecot.server.port)
    running = run(url=dovecot.url.replace(str(dovecot.server.port), str(proxy.port)), poll_every=0.1)
    wait_for(lambda: len(shelf.states) > 1, what="the second look")
    dovecot.append(letter(1))
    wait_for(lambda: shelf.rows, seconds=5, what="the letter")
    assert running.stop() < 1.0
    proxy.close()


def test_after_trouble_with_the_store_the_letter_is_tried_again(dovecot, shelf, run):
    shelf.trouble = RuntimeError("disk full")
    dovecot.append(letter(1))
    run()
    wait_for(lambda: shelf.states, what="the trouble")
    shelf.trouble = None
    wait_for(lambda: shelf.rows, seconds=10, what="the letter")
    assert (shelf.states[0].kind, shelf.raws) == ("store", [letter(1)])


def test_a_restarted_server_is_found_again(dovecot, shelf, run):
    run()
    wait_for(lambda: shelf.states, what="the first look")
    dovecot.server.stop()
    wait_for(lambda: shelf.states[-1].kind == "network", what="the trouble")
    dovecot.server.start()
    dovecot.append(letter(1))
    wait_for(lambda: shelf.rows, seconds=20, what="the letter")
    assert shelf.states[-1].kind in (None, "network")


def test_after_a_crash_between_storing_and_marking_the_letter_is_marked(dovecot, shelf, run):
    dovecot.append(letter(1))
    fetcher(dovecot, shelf, after="nothing").fetch()
    run()
    wait_for(lambda: len(shelf.states) > 1, what="the first look")
    assert ("\\Seen" in dovecot.flags()[1], len(shelf.rows)) == (True, 1)


def test_tls_is_verified_with_the_operators_authority(dovecot, shelf):
    dovecot.append(letter(1))
    made = fetcher(dovecot, shelf, url=dovecot.tls_url, ca_file=dovecot.server.certificate.certificate)
    assert made.fetch() == 1


def test_an_idle_line_over_tls_hears_of_a_new_letter(dovecot, shelf, run):
    run(url=dovecot.tls_url, ca_file=dovecot.server.certificate.certificate)
    wait_for(lambda: shelf.states, what="the first look")
    for n in range(5):
        dovecot.append(letter(n))
        wait_for(lambda n=n: len(shelf.rows) > n, seconds=5, what="the letter")


@pytest.mark.parametrize(("change", "kind"), [
    ({"tls": True}, "tls"),
    ({"secret": "wrong"}, "auth"),
    ({"secret": "pässword"}, "auth"),
    ({"folder": "Nowhere"}, "folder"),
    ({"port": 1}, "network"),
    ({"lookup": lambda host: require_public(host, allowed=frozenset())}, "network"),
])  # fmt: skip
def test_each_trouble_has_its_kind(dovecot, shelf, change, kind):
    url = dovecot.tls_url if change.pop("tls", False) else dovecot.url
    server = replace(parse_imap_url(url), **{key: change.pop(key) for key in ("folder", "port") if key in change})
    made = ImapFetcher(
        MailboxSettings("h@desk.example", "H", imap=server), take=shelf.take, last_uid=shelf.last_uid,
        report=shelf.states.append, **({"secret": dovecot.password} | change),
    )  # fmt: skip
    with pytest.raises(ImapTrouble) as trouble:
        made.fetch()
    assert (trouble.value.kind, trouble.value.sentence[-1] in ".)]") == (kind, True)


def test_a_mailbox_is_tried_step_by_step(dovecot):
    dovecot.append(letter(1))
    steps = probe(settings(dovecot.tls_url), secret=dovecot.password, ca_file=dovecot.server.certificate.certificate)
    assert [(step.name, step.ok) for step in steps] == [
        (name, True) for name in ("resolve", "connect", "tls", "sign-in", "folder", "count")
    ]
    assert steps[-1].sentence == "1 letters are in INBOX."


def test_a_trial_ends_at_the_first_failure(dovecot):
    steps = probe(settings(dovecot.url), secret="wrong")
    assert [(step.name, step.ok) for step in steps][-2:] == [("tls", True), ("sign-in", False)]


def test_the_fault_points_stand_around_every_command(dovecot, shelf, tmp_path, monkeypatch):
    dovecot.append(letter(1))
    log = tmp_path / "points"
    monkeypatch.setenv("FIRSTLINE_FAULT_LOG", str(log))
    faults.arm()
    fetcher(dovecot, shelf).fetch()
    monkeypatch.delenv("FIRSTLINE_FAULT_LOG")
    faults.arm()
    commands = ("connect", "greeting", "login", "capability", "select", "search", "sizes", "fetch", "store", "search",
                "logout")  # fmt: skip
    assert log.read_text().split() == [f"imap:{name}:{side}" for name in commands for side in ("before", "after")]


def test_pauses_grow_to_five_minutes():
    assert [pause(n) <= 2.0**n for n in range(9)] == [True] * 9
    assert 150 <= pause(1000) <= 300
