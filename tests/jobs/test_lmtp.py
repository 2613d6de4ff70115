"""The LMTP door: what a mail server hears, and that it hears it only after the letter is stored."""

import smtplib
import socket
import threading
import time

import pytest

from firstline.core.envelope import DEFAULT_RECIPIENT, SIZE_LIMIT, UNKNOWN_SENDER
from firstline.jobs.grouping import GROUP, one_by_one
from firstline.jobs.lmtp import HELD_LIMIT, LmtpServer

RAW = b"From: a@b.example\r\nSubject: hello\r\n\r\nA line.\r\n"


class Store:
    """A store in memory that can be told to be slow or out of order."""

    def __init__(self):
        self.groups = []
        self.refuse = lambda delivery: False
        self.gate = threading.Event()
        self.gate.set()

    @property
    def kept(self):
        return [delivery for group in self.groups for delivery in group]

    def take_many(self, group):
        self.gate.wait(20)
        if any(self.refuse(delivery) for delivery in group):
            raise RuntimeError("the disk is full")
        self.groups.append(list(group))
        return [str(len(self.kept) - len(group) + n + 1) for n in range(len(group))]


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def door(store, tmp_path):
    server = LmtpServer(
        listen=["127.0.0.1:0", f"unix:{tmp_path}/lmtp.sock"],
        take_many=store.take_many,
        known=lambda address: address.endswith("@desk.example"),
    )
    server.start()
    yield server
    store.gate.set()
    server.stop()


@pytest.fixture
def client(door):
    with smtplib.LMTP("127.0.0.1", int(door.bound[0].rpartition(":")[2])) as made:
        yield made


def wire(door):
    connection = socket.create_connection(("127.0.0.1", int(door.bound[0].rpartition(":")[2])), timeout=10)
    lines = connection.makefile("rb")
    lines.readline()
    return connection, lines


def talk(door, *, said, answers):
    """The last lines heard after saying raw bytes in one go, as a pipelining client does."""
    connection, lines = wire(door)
    with connection, lines:
        connection.sendall(said)
        return [lines.readline().decode().strip() for _ in range(answers)]


OPENING = b"LHLO me\r\n"
ENVELOPE = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\n"
GREETINGS = 7


def test_a_letter_is_stored_and_its_id_answered(client, store):
    client.sendmail("a@b.example", ["help@desk.example"], RAW)
    assert [(d.raw, d.recipient, d.envelope_from) for d in store.kept] == [(RAW, "help@desk.example", "a@b.example")]


def test_each_recipient_gets_an_answer_of_its_own(door, store):
    store.refuse = lambda delivery: delivery.recipient.startswith("bad")
    names = (b"one", b"bad", b"two")
    said = b"MAIL FROM:<>\r\n" + b"".join(b"RCPT TO:<" + name + b"@desk.example>\r\n" for name in names)
    answers = talk(door, said=OPENING + said + b"DATA\r\n" + RAW + b".\r\n", answers=GREETINGS + 8)
    assert [answer[:3] for answer in answers[-3:]] == ["250", "451", "250"]
    assert [d.recipient for d in store.kept] == ["one@desk.example", "two@desk.example"]


def test_an_unknown_recipient_is_refused_for_good(client):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        client.sendmail("a@b.example", ["nobody@elsewhere.example"], RAW)
    assert refusal.value.recipients["nobody@elsewhere.example"][0] == 550


def test_a_detail_after_a_plus_is_kept_but_not_asked_for(store, tmp_path):
    asked = []
    server = LmtpServer(
        listen=[f"unix:{tmp_path}/s"], take_many=store.take_many, known=lambda a: asked.append(a) or True
    )
    server.start()
    with smtplib.LMTP(str(tmp_path / "s")) as client:
        client.sendmail("a@b.example", ["help+1.token@desk.example"], RAW)
    server.stop()
    assert (asked, store.kept[0].recipient) == (["help@desk.example"], "help+1.token@desk.example")


def test_nothing_is_answered_before_the_letter_is_stored(door, store):
    store.gate.clear()
    connection, lines = wire(door)
    with connection, lines:
        connection.sendall(OPENING + ENVELOPE + RAW + b".\r\n")
        heard = [lines.readline() for _ in range(GREETINGS + 3)]
        assert heard[-1].startswith(b"354")
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            lines.readline()


def test_a_store_in_trouble_is_temporary_for_the_sender(door, store):
    store.refuse = lambda delivery: True
    answers = talk(door, said=OPENING + ENVELOPE + RAW + b".\r\n", answers=GREETINGS + 4)
    assert answers[-1] == "451 4.3.0 not stored, please try again"


def test_when_nobody_can_say_who_is_known_the_sender_tries_again(tmp_path, store):
    def broken(address):
        raise RuntimeError("no database")

    server = LmtpServer(listen=[f"unix:{tmp_path}/s"], take_many=store.take_many, known=broken)
    server.start()
    with smtplib.LMTP(str(tmp_path / "s")) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        client.sendmail("a@b.example", ["help@desk.example"], RAW)
    server.stop()
    assert refusal.value.recipients["help@desk.example"][0] == 451


def test_the_null_sender_is_taken_as_empty(client, store):
    client.sendmail("", ["help@desk.example"], RAW)
    assert store.kept[0].envelope_from == ""


def test_the_pipe_may_name_neither_sender_nor_mailbox(client, store):
    client.sendmail(UNKNOWN_SENDER, ["Postmaster"], RAW)
    assert (store.kept[0].envelope_from, store.kept[0].recipient) == (None, DEFAULT_RECIPIENT)


def test_the_size_limit_is_announced(client):
    client.ehlo_or_helo_if_needed()
    assert client.esmtp_features["size"] == str(SIZE_LIMIT)
    assert {"pipelining", "enhancedstatuscodes", "8bitmime", "smtputf8"} <= set(client.esmtp_features)


def test_a_letter_over_the_limit_is_refused_for_its_size(door, store):
    body = RAW + (b"x" * 998 + b"\r\n") * (SIZE_LIMIT // 1000 + 1)
    answers = talk(door, said=OPENING + ENVELOPE + body + b".\r\nNOOP\r\n", answers=GREETINGS + 5)
    assert ([answer[:9] for answer in answers[-2:]], store.kept) == (["552 5.3.4", "250 OK"], [])


def test_a_letter_that_says_it_is_too_large_is_refused_before_it_is_sent(client):
    client.ehlo_or_helo_if_needed()
    assert client.mail("a@b.example", [f"size={SIZE_LIMIT + 1}"])[0] == 552


def test_a_letter_just_within_the_limit_is_stored(client, store):
    body = RAW + b"y" * (SIZE_LIMIT - len(RAW) - 2) + b"\r\n"
    client.sendmail("a@b.example", ["help@desk.example"], body)
    assert len(store.kept[0].raw) == SIZE_LIMIT


def test_the_room_for_waiting_letters_is_given_back(door, store):
    rounds = HELD_LIMIT // SIZE_LIMIT + 1
    body = b"z" * (SIZE_LIMIT - 2) + b"\r\n"
    store.refuse = lambda delivery: True
    for _ in range(rounds):
        answers = talk(door, said=OPENING + ENVELOPE + body + b".\r\n", answers=GREETINGS + 4)
        assert answers[-1].startswith("451 4.3.0")


@pytest.mark.parametrize("body", [
    b"", b"\r\n", b"a\r\n", b".a\r\n", b"..\r\n", b"\r\n.\r\n", b"a\n.\nb\r\n", b"\r\n\r\n", b"x\r\n.\r\r\n",
    b"long " + b"l" * 200_000 + b"\r\n", b"\xff\x00\r\n", b"a\r.\r\nb\r\n", b"\r\n.x\r\n", b"ab\r\n..\r\n",
])  # fmt: skip
def test_bytes_arrive_as_they_were_sent(door, store, body):
    stuffed = (b"\r\n" + body).replace(b"\r\n.", b"\r\n..")[2:]
    answers = talk(door, said=OPENING + ENVELOPE + stuffed + b".\r\nNOOP\r\n", answers=GREETINGS + 5)
    assert [answers[-2][:3], answers[-1][:3], store.kept[0].raw] == ["250", "250", body]


@pytest.mark.parametrize("cut", range(1, 8))
def test_the_end_is_found_however_the_packets_are_cut(door, store, cut):
    connection, lines = wire(door)
    with connection, lines:
        connection.sendall(OPENING + ENVELOPE)
        for _ in range(GREETINGS + 3):
            lines.readline()
        said = b"ab\r\n.\r\n"
        connection.sendall(said[:cut])
        time.sleep(0.02)
        connection.sendall(said[cut:])
        if cut < 8:
            assert lines.readline().startswith(b"250")
    assert store.kept[0].raw == b"ab\r\n"


def test_a_bare_line_feed_smuggles_no_second_letter(door, store):
    smuggled = b"a\n.\nMAIL FROM:<evil@b.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nevil\r\n"
    talk(door, said=OPENING + ENVELOPE + smuggled + b".\r\n", answers=GREETINGS + 4)
    assert len(store.kept) == 1


def test_a_connection_that_breaks_in_the_middle_stores_nothing(door, store):
    connection, lines = wire(door)
    with connection, lines:
        connection.sendall(OPENING + ENVELOPE + RAW)
        time.sleep(0.1)
    time.sleep(0.1)
    assert store.kept == []


def test_an_address_that_is_not_text_is_refused(door):
    said = OPENING + b"MAIL FROM:<a@b.example>\r\nRCPT TO:<h\xff@desk.example>\r\n"
    assert talk(door, said=said, answers=GREETINGS + 2)[-1].startswith("553")


def test_data_without_a_recipient_is_out_of_order(door):
    assert talk(door, said=OPENING + b"MAIL FROM:<a@b.example>\r\nDATA\r\n", answers=GREETINGS + 2)[-1][:3] == "503"


def test_letters_that_come_together_share_a_commit(door, store):
    store.gate.clear()
    connections = [wire(door) for _ in range(GROUP)]
    for connection, _ in connections:
        connection.sendall(OPENING + ENVELOPE + RAW + b".\r\n")
    time.sleep(1.5)
    store.gate.set()
    for connection, lines in connections:
        assert [lines.readline() for _ in range(GREETINGS + 4)][-1].startswith(b"250 2.0.0 stored as letter ")
        connection.close()
    assert len(store.kept) == GROUP
    assert len(store.groups) < GROUP / 2


def test_after_two_failures_in_a_row_the_rest_of_a_group_is_not_tried():
    from firstline.jobs.grouping import Delivery, stored

    tries = []
    group = [Delivery(raw=b"", recipient=str(n), envelope_from="") for n in range(9)]
    stored(group, take_many=lambda part: tries.append(len(part)) or [])
    assert tries == [9, 1, 1]


def test_a_plain_take_stores_one_by_one():
    from firstline.jobs.grouping import Delivery

    take_many = one_by_one(lambda raw, *, recipient, envelope_from: f"{recipient} {envelope_from} {raw!r}")
    assert take_many([Delivery(raw=b"x", recipient="r", envelope_from="e")]) == ["r e b'x'"]


def test_one_connection_too_many_hears_to_come_again(door):
    connections = [wire(door) for _ in range(100)]
    port = int(door.bound[0].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as late:
        assert late.makefile("rb").readline().startswith(b"421 4.3.2")
    connections[0][0].sendall(b"NOOP\r\n")
    assert connections[0][1].readline() == b"250 OK\r\n"
    for connection, _ in connections:
        connection.close()


def test_stopping_answers_what_is_being_stored(door, store):
    store.gate.clear()
    connection, lines = wire(door)
    with connection, lines:
        connection.sendall(OPENING + ENVELOPE + RAW + b".\r\n")
        for _ in range(GREETINGS + 3):
            lines.readline()
        time.sleep(0.2)
        threading.Timer(0.3, store.gate.set).start()
        door.stop()
        assert lines.readline().startswith(b"250 2.0.0")


def test_a_taken_port_is_an_error_at_the_start(door, store):
    second = LmtpServer(listen=[door.bound[0]], take_many=store.take_many, known=lambda a: True)
    with pytest.raises(OSError, match="address"):
        second.start()


def test_a_socket_at_which_somebody_listens_is_not_taken_away(door, store):
    second = LmtpServer(listen=[door.bound[1]], take_many=store.take_many, known=lambda a: True)
    with pytest.raises(OSError, match="already listens"):
        second.start()


def test_a_socket_left_behind_by_a_killed_process_is_replaced(store, tmp_path):
    path = tmp_path / "old.sock"
    with socket.socket(socket.AF_UNIX) as old:
        old.bind(str(path))
    server = LmtpServer(listen=[f"unix:{path}"], take_many=store.take_many, known=lambda a: True)
    server.start()
    server.stop()
    assert server.bound == (f"unix:{path}",)


@pytest.mark.parametrize("where", ["localhost", "1.2.3.4:x", ""])
def test_a_wrong_place_to_listen_says_what_to_write(where, store):
    server = LmtpServer(listen=[where], take_many=store.take_many, known=lambda a: True)
    with pytest.raises(OSError, match="HOST:PORT or unix:PATH"):
        server.start()
