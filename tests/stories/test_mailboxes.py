"""The desk's mailboxes are added and changed."""

from datetime import UTC, datetime

import pytest

from firstline.accounts.principal import OPERATOR, Principal, Scope
from firstline.core.errors import Conflict, DeskError, NotAllowed
from firstline.core.vault import unlock
from firstline.flows import mailboxes, taking_in
from firstline.flows.mailboxes import Servers
from firstline.notices.models import Mailbox
from tests.support.mail_desk import letter, make_desk

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADMIN = Principal("agent", 1, permissions={"setup.change": Scope.ALL})
INSIDE = Servers("imap://desk@127.0.0.1:1143/INBOX", "imap secret", "smtp://desk:smtp%20secret@127.0.0.1:1025")


def _added(servers: Servers = INSIDE, address: str = "Help@Example.org") -> Mailbox:
    made = mailboxes.add_mailbox(by=OPERATOR, now=NOW, address=address, servers=servers)
    return Mailbox.objects.get(pk=made)


def test_a_mailbox_is_added_with_its_secrets_encrypted() -> None:
    row = _added()
    assert (unlock(row.secret), unlock(row.smtp_secret)) == ("imap secret", "smtp secret")
    assert "secret" not in f"{row.imap_url} {row.smtp_url} {row.secret} {row.smtp_secret}"


def test_the_address_is_kept_in_the_form_in_which_it_is_compared() -> None:
    assert _added().address == "help@example.org"


def test_the_url_for_sending_keeps_its_user() -> None:
    assert _added().smtp_url == "smtp://desk@127.0.0.1:1025"


def test_what_a_trusted_server_proves_brings_a_second_receipt_in_a_day() -> None:
    desk = make_desk()
    mailboxes.add_mailbox(by=OPERATOR, now=NOW, address="it@example.org", servers=Servers(),
                          trusted_servers="MX.example.org")
    proof = {"Authentication-Results": "mx.example.org; dmarc=pass header.from=customer.example"}
    for subject in ("Printer", "Toner"):
        raw = letter(to="it@example.org", subject=subject, headers=proof)
        taking_in.take_in(taking_in.Arrived(raw, "lmtp", recipient="it@example.org"), now=desk.now)
    desk.work()
    assert [mail.kind for mail in desk.outgoing()] == ["receipt", "receipt"]


def test_a_mailbox_is_there_once() -> None:
    _added()
    with pytest.raises(Conflict):
        _added(address="HELP@example.org")


@pytest.mark.parametrize("address", ["", "desk", "desk@", "desk+token@example.org", "a b@example.org"])
def test_what_is_no_address_is_no_mailbox(address: str) -> None:
    with pytest.raises(DeskError):
        _added(address=address)


@pytest.mark.parametrize("url", ["imap://desk@127.0.0.1/", "imaps://desk@10.0.0.1/", "imaps://desk@[::1]/"])
def test_a_host_typed_in_a_page_must_be_public(url: str) -> None:
    with pytest.raises(DeskError):
        mailboxes.add_mailbox(by=ADMIN, now=NOW, address="help@example.org", servers=Servers(url))


def test_a_wrong_url_is_said_in_a_sentence() -> None:
    with pytest.raises(DeskError, match="must begin with"):
        _added(Servers("http://example.org"))


def test_a_password_does_not_follow_to_another_server() -> None:
    row = _added()
    moved = Servers("imap://desk@127.0.0.2:1143/INBOX", "", "smtp://desk@127.0.0.2:1025")
    mailboxes.change_servers(row.pk, by=OPERATOR, now=NOW, servers=moved)
    row.refresh_from_db()
    assert (row.secret, row.smtp_secret) == ("", "")


def test_a_password_stays_where_only_the_folder_changes() -> None:
    row = _added()
    same = Servers("imap://desk@127.0.0.1:1143/Desk", "", "smtp://desk@127.0.0.1:1025")
    mailboxes.change_servers(row.pk, by=OPERATOR, now=NOW, servers=same)
    row.refresh_from_db()
    assert (unlock(row.secret), unlock(row.smtp_secret)) == ("imap secret", "smtp secret")


def test_another_server_is_read_from_the_beginning() -> None:
    row = _added()
    Mailbox.objects.filter(pk=row.pk).update(uidvalidity=5, last_uid=77)
    mailboxes.change_servers(row.pk, by=OPERATOR, now=NOW, servers=Servers("imap://desk@127.0.0.2/INBOX", "x"))
    row.refresh_from_db()
    assert (row.uidvalidity, row.last_uid) == (None, 0)


def test_a_mailbox_rests_and_resumes() -> None:
    row = _added()
    mailboxes.rest(row.pk, by=OPERATOR, now=NOW)
    assert not Mailbox.objects.get(pk=row.pk).active
    mailboxes.resume(row.pk, by=OPERATOR, now=NOW)
    assert Mailbox.objects.get(pk=row.pk).active


def test_a_mailbox_needs_the_right_to_set_up() -> None:
    with pytest.raises(NotAllowed):
        mailboxes.add_mailbox(by=Principal("agent", 1), now=NOW, address="h@example.org", servers=Servers())
