"""The database or the mail server goes away while the desk works: nothing is lost, and it recovers by itself."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.support.desk import Desk, Service
from tests.support.dovecot import PASSWORD, Account
from tests.support.mail_desk import letter
from tests.support.smtp_sink import SmtpSink
from tests.support.waiting import wait_for

pytestmark = pytest.mark.servers
ON_SERVER = os.environ.get("FIRSTLINE_TEST_DATABASE") == "postgresql"
TRY_AGAIN = 75
ADDRESS = "desk@example.org"


@pytest.fixture
def desk(own_desk: Desk, dovecot: Account, smtp_sink: SmtpSink) -> Desk:
    made = own_desk.having(FIRSTLINE_SMTP_URL=smtp_sink.url, FIRSTLINE_ALLOW_HOSTS="127.0.0.1")
    (made.home / "password").write_text(PASSWORD)
    made.done("mailbox", "add", ADDRESS, "--imap", dovecot.url, "--password-file",
              str(made.home / "password"))
    return made


@pytest.fixture
def service(desk: Desk) -> Iterator[Service]:
    with desk.serving() as running:
        yield running


def mail(n: int) -> bytes:
    return letter(sender=f"p{n}@customer.example", subject=f"Printer {n}", message_id=f"<{n}@customer.example>")


def trouble(desk: Desk) -> str | None:
    return next(box["error"] for box in desk.json("mailbox", "list") if box["address"] == ADDRESS)


@contextmanager
def database_away(url: str) -> Iterator[None]:
    """Nobody is let into the desk's database, and who was in is thrown out."""
    server = os.environ["FIRSTLINE_TEST_SERVER"]
    name = url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@pytest.mark.skipif(not ON_SERVER, reason="an SQLite file does not go away by itself")
def test_while_the_database_is_away_mail_waits_outside_and_then_comes_in_once(desk, service, dovecot, smtp_sink):
    dovecot.append(mail(1))
    smtp_sink.wait(1, seconds=30)
    with database_away(desk.database_url):
        dovecot.append(mail(2))
        assert desk.run("deliver", given=mail(3)).returncode == TRY_AGAIN
        assert service.status("/healthz") == 503
        time.sleep(2)
    assert desk.run("deliver", given=mail(3)).returncode == 0
    assert len(smtp_sink.wait(3, seconds=45)) == 3
    assert desk.json("check")["ok"]


def test_when_the_mail_server_comes_back_fetching_goes_on(desk, service, dovecot, smtp_sink):
    dovecot.append(mail(1))
    smtp_sink.wait(1, seconds=30)
    dovecot.server.stop()
    wait_for(lambda: trouble(desk), seconds=20, what="the trouble on the mailbox")
    dovecot.server.start()
    dovecot.append(mail(2))
    smtp_sink.wait(2, seconds=30)
    wait_for(lambda: not trouble(desk), seconds=20, what="the end of the trouble")
