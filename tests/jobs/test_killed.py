"""Kill -9 at every fault point of fetching and sending: nothing is lost, and a double only where it must be."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest

FETCH = """
import sqlite3, sys
from firstline.jobs.imap import ImapFetcher
from firstline.notices.rules.mailbox import MailboxSettings, parse_imap_url

store = sqlite3.connect(sys.argv[1], isolation_level=None)

def take(raw, *, uidvalidity, uid, internal_date, cut_from):
    store.execute("INSERT INTO letter VALUES (?, ?, ?)", (uidvalidity, uid, raw))

def last_uid(uidvalidity):
    return store.execute("SELECT COALESCE(MAX(uid), 0) FROM letter WHERE validity = ?", (uidvalidity,)).fetchone()[0]

settings = MailboxSettings("help@desk.example", "Help", imap=parse_imap_url(sys.argv[2]), after="seen")
fetcher = ImapFetcher(settings, secret=sys.argv[3], take=take, last_uid=last_uid, report=lambda state: fetcher.stop())
fetcher.run()
"""

SEND = """
import sqlite3, sys
from firstline.jobs.smtp import SmtpSender
from firstline.notices.rules.mailbox import parse_smtp_url

outbox = sqlite3.connect(sys.argv[1], isolation_level=None)
sender = SmtpSender(parse_smtp_url(sys.argv[2]))
for number, raw in outbox.execute("SELECT number, raw FROM outgoing WHERE NOT sent ORDER BY number").fetchall():
    sender.send(raw, envelope_from="desk@desk.example", recipients=["ann@ann.example"])
    outbox.execute("UPDATE outgoing SET sent = 1 WHERE number = ?", (number,))
sender.close()
"""


def start(program, *arguments, fault=0, log=""):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FIRSTLINE_FAULT")}
    environment |= {"FIRSTLINE_TESTING": "1", "FIRSTLINE_FAULT": str(fault or ""), "FIRSTLINE_FAULT_LOG": str(log)}
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], env=environment, timeout=60
    ).returncode


def points(log):
    return log.read_text().split()


@pytest.mark.servers
def test_a_fetcher_killed_anywhere_takes_every_letter_once(dovecot, tmp_path):
    log = tmp_path / "points"
    raws = [f"Subject: {n}\r\n\r\nA line.\r\n".encode() for n in range(3)]
    for raw in raws:
        dovecot.append(raw)
    fault = 1
    while True:
        store = tmp_path / f"{fault}.sqlite3"
        with sqlite3.connect(store) as made:
            made.execute("CREATE TABLE letter (validity, uid, raw, UNIQUE (validity, uid))")
        with dovecot.connection() as client:
            client.uid("STORE", "1:*", "-FLAGS", r"(\Seen)")
        log.write_text("")
        code = start(FETCH, store, dovecot.url, dovecot.password, fault=fault, log=log)
        died = points(log)[-1]
        if code == -signal.SIGKILL:
            assert start(FETCH, store, dovecot.url, dovecot.password) == 0, died
        with sqlite3.connect(store) as made:
            assert [row[0] for row in made.execute("SELECT raw FROM letter ORDER BY uid")] == raws, died
        assert all("\\Seen" in flags for flags in dovecot.flags().values()), died
        if code == 0:
            break
        fault += 1
    assert fault > 20


def test_a_sender_killed_anywhere_loses_no_mail_and_doubles_only_after_the_body(smtp_sink, tmp_path):
    log = tmp_path / "points"
    raws = [f"Message-ID: <{n}@desk.example>\r\n\r\nA line.\r\n".encode() for n in range(2)]
    fault = 1
    while True:
        outbox = tmp_path / f"{fault}.sqlite3"
        with sqlite3.connect(outbox) as made:
            made.execute("CREATE TABLE outgoing (number, raw, sent)")
            made.executemany("INSERT INTO outgoing VALUES (?, ?, 0)", enumerate(raws))
        smtp_sink.received.clear()
        log.write_text("")
        code = start(SEND, outbox, smtp_sink.url, fault=fault, log=log)
        died = points(log)[-1]
        if code == -signal.SIGKILL:
            assert start(SEND, outbox, smtp_sink.url) == 0, died
        kept = [received.raw for received in smtp_sink.received]
        assert sorted(set(kept)) == raws, died
        assert len(kept) == len(raws) or died == "smtp:body:after", died
        if code == 0:
            break
        fault += 1
    assert fault > 20
