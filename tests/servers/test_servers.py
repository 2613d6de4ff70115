"""The servers that other tests rely on do what they are trusted to do."""

import imaplib
import os
import smtplib

import psycopg
import pytest

from tests.support import postgresql
from tests.support.missing import without
from tests.support.smtp_sink import Behaviour, SmtpSink

LETTER = b"From: a@example.org\r\nMessage-ID: <1@example.org>\r\nSubject: Hello\r\n\r\nA line\r\n.\r\n"


def send(sink: SmtpSink) -> None:
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=2) as client:
        client.sendmail("a@example.org", ["b@example.org"], LETTER)


def test_a_letter_put_into_dovecot_can_be_fetched(dovecot) -> None:
    dovecot.append(LETTER)
    with dovecot.connection() as client:
        assert client.fetch("1", "(RFC822)")[1][0][1] == LETTER


def test_every_account_is_empty_at_first_and_counts_flags(dovecot) -> None:
    dovecot.append(LETTER)
    assert dovecot.flags() == {1: frozenset()} or dovecot.flags() == {1: frozenset({"\\Recent"})}


def test_dovecot_speaks_tls_with_its_own_certificate(dovecot) -> None:
    with dovecot.tls_connection() as client:
        assert client.noop()[0] == "OK"


def test_dovecot_offers_idle(dovecot) -> None:
    with dovecot.connection() as client:
        client.send(b"x1 IDLE\r\n")
        assert client.readline().startswith(b"+ idling")
        dovecot.append(LETTER)
        assert b"1 EXISTS" in client.readline()
        client.send(b"DONE\r\n")
        while not client.readline().startswith(b"x1 OK"):
            pass


def test_dovecot_refuses_a_wrong_password(dovecot) -> None:
    with imaplib.IMAP4("127.0.0.1", dovecot.server.port) as client, pytest.raises(imaplib.IMAP4.error):
        client.login(dovecot.user, "wrong")


def test_dovecot_can_be_stopped_and_started_with_its_mail(dovecot) -> None:
    dovecot.append(LETTER)
    dovecot.server.stop()
    with pytest.raises(OSError):
        dovecot.flags()
    dovecot.server.start()
    assert len(dovecot.flags()) == 1


def test_the_sink_keeps_what_it_accepted_in_memory_and_in_files(smtp_sink: SmtpSink) -> None:
    send(smtp_sink)
    assert smtp_sink.message_ids() == ["<1@example.org>"]
    assert [path.read_bytes() for path in smtp_sink.folder.iterdir()] == [LETTER]


def test_the_sink_cuts_the_connection_after_keeping_the_letter(smtp_sink: SmtpSink) -> None:
    smtp_sink.behaviour = Behaviour.DROP
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_sink)
    assert [item.answered for item in smtp_sink.received] == [False]


def test_the_sink_hangs_when_told_to(smtp_sink: SmtpSink) -> None:
    smtp_sink.behaviour = Behaviour.HANG
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        send(smtp_sink)
    assert len(smtp_sink.received) == 1


@pytest.mark.parametrize(("behaviour", "code"), [(Behaviour.REFUSE_FOR_NOW, 451), (Behaviour.REFUSE, 550)])
def test_the_sink_refuses_with_the_code_asked_for(smtp_sink: SmtpSink, behaviour: Behaviour, code: int) -> None:
    smtp_sink.behaviour = behaviour
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        send(smtp_sink)
    assert refusal.value.smtp_code == code
    assert smtp_sink.received == []


def test_the_sink_refuses_recipients(smtp_sink: SmtpSink) -> None:
    smtp_sink.behaviour = Behaviour.REFUSE_RECIPIENT
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp_sink)


def test_a_stopped_sink_refuses_connections_until_started(smtp_sink: SmtpSink) -> None:
    smtp_sink.stop()
    with pytest.raises(ConnectionRefusedError):
        send(smtp_sink)
    smtp_sink.start()
    send(smtp_sink)
    assert len(smtp_sink.received) == 1


def test_chromium_renders_a_page_of_this_machine(chromium) -> None:
    chromium.set_content("<h1>Queue</h1>")
    assert chromium.inner_text("h1") == "Queue"


def test_an_own_database_is_empty(database_url: str) -> None:
    if not database_url.startswith("postgresql:"):
        assert database_url.startswith("sqlite:///")
        return
    with psycopg.connect(database_url) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_a_private_postgresql_starts_and_ends() -> None:
    programs = postgresql.binaries()
    if programs is None:
        without("PostgreSQL", package="postgresql")
    cluster = postgresql.Cluster(programs)
    psycopg.connect(cluster.url("postgres")).close()
    cluster.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.url("postgres"))


def test_tests_never_touch_the_database_of_the_operator() -> None:
    assert os.environ["FIRSTLINE_HOME"] in os.environ["DATABASE_URL"] or "FIRSTLINE_TEST_SERVER" in os.environ
