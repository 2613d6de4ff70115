"""The worker's third duty: every mailbox is read by a thread of its own, as long as it is wanted."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from firstline.core import vault
from firstline.core.time import now
from firstline.flows import mailbox_state, taking_in
from firstline.jobs.connections import lent
from firstline.jobs.imap import FetchState, ImapFetcher
from firstline.notices import queries
from firstline.notices.queries import Fetched
from firstline.notices.rules.mailbox import MailboxSettings, MailboxWrong, SignIn, parse_imap_url

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Running:
    wanted: Fetched
    fetcher: ImapFetcher
    thread: threading.Thread


class FetchDuty:
    """Starts a fetcher for each wanted mailbox, and stops those that are wanted no more or were changed."""

    def __init__(self, *, wake: threading.Event) -> None:
        self._wake = wake
        self._running: dict[int, _Running] = {}

    def look(self) -> None:
        """Bring the fetchers in line with the mailboxes that are set up now."""
        wanted = {box.id: box for box in queries.mailboxes_to_fetch()}
        for number, running in list(self._running.items()):
            if wanted.get(number) != running.wanted or not running.thread.is_alive():
                running.fetcher.stop()
                del self._running[number]
        for number, box in wanted.items():
            if number not in self._running:
                self._start(box)

    def stop(self) -> None:
        """Stop every fetcher; none is in the middle of storing a letter when this returns."""
        for running in self._running.values():
            running.fetcher.stop()
        for running in self._running.values():
            running.thread.join(3)

    def _start(self, box: Fetched) -> None:
        try:
            fetcher = fetcher_of(box, wake=self._wake)
        except (MailboxWrong, vault.VaultLocked) as error:
            with lent():
                mailbox_state.fetched(box.id, at=None, error=str(error), kind="settings", now=now())
            return
        thread = threading.Thread(target=fetcher.run, name=f"imap {box.address}", daemon=True)
        self._running[box.id] = _Running(box, fetcher, thread)
        thread.start()


def fetcher_of(box: Fetched, *, wake: threading.Event) -> ImapFetcher:
    """What reads this mailbox into the desk, and sets `wake` after each letter. Raises MailboxWrong, VaultLocked."""
    settings = MailboxSettings(box.address, box.name, imap=parse_imap_url(box.imap_url), sign_in=_sign_in(box))
    return ImapFetcher(settings, secret=vault.unlock(box.secret), take=_Taker(box.id, wake).take,
                       last_uid=lambda validity: _last_uid(box.id, validity),
                       report=lambda state: _report(box.id, state))


def _sign_in(box: Fetched) -> SignIn:
    return "xoauth2" if box.imap_auth == "xoauth2" else "password"


def _last_uid(mailbox: int, uidvalidity: int) -> int:
    with lent():
        return queries.last_uid_of(mailbox, uidvalidity)


def _report(mailbox: int, state: FetchState) -> None:
    with lent():
        mailbox_state.fetched(mailbox, at=state.last_fetch_at, error=state.error or "", kind=state.kind or "",
                              now=now())


class _Taker:
    """Stores what a fetcher brings, and wakes the worker."""

    def __init__(self, mailbox: int, wake: threading.Event) -> None:
        self._mailbox = mailbox
        self._wake = wake

    def take(self, raw: bytes, *, uidvalidity: int, uid: int, internal_date: datetime | None,
             cut_from: int | None) -> None:
        kept = raw or _never_handed_out(uidvalidity, uid, internal_date)
        arrived = taking_in.Arrived(kept, "imap", mailbox=self._mailbox, uidvalidity=uidvalidity, uid=uid,
                                    cut_from=cut_from)
        with lent():
            taking_in.take_in(arrived, now=now())
        self._wake.set()


def _never_handed_out(uidvalidity: int, uid: int, at: datetime | None) -> bytes:
    """What stands for a mail whose bytes the server would not give, so that even it is not silence."""
    lines = [f"Subject: Mail {uid} of the folder could not be read", f"Date: {at.isoformat() if at else ''}",
             "", f"The mail server did not hand out this mail (UIDVALIDITY {uidvalidity}, UID {uid})."]
    return "\r\n".join(lines).encode()
