"""By which mail server each mailbox sends: its own, or the desk's."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from firstline.core import vault
from firstline.core.vault import VaultLocked
from firstline.jobs.sending import Sender
from firstline.jobs.smtp import SmtpSender
from firstline.notices import queries
from firstline.notices.rules.mailbox import MailboxWrong, parse_smtp_url


@dataclass(frozen=True, slots=True)
class Way:
    """The server `host` with a sender, or an error that says why there is none."""

    host: str
    sender: Sender | None
    error: str = ""


class SendWays:
    """One kept connection per server; ways are read anew when a mailbox changes."""

    def __init__(self) -> None:
        self._ways: dict[tuple[str, str], Way] = {}

    def of(self, mailbox: int) -> Way:
        """The way that a mailbox's mail takes."""
        url, secret = queries.smtp_of(mailbox)
        found = self._ways.get((url, secret))
        if found is None:
            found = self._ways[(url, secret)] = _make(url or settings.CONFIG.smtp_url, secret if url else "")
        return found

    def close(self) -> None:
        """Hang up everywhere."""
        for way in self._ways.values():
            if way.sender is not None:
                way.sender.close()
        self._ways.clear()


def _make(url: str, secret: str) -> Way:
    if not url:
        return Way("none", None, "No mail server is set: give the mailbox one, or set FIRSTLINE_SMTP_URL.")
    try:
        server = parse_smtp_url(url)
        return Way(f"{server.host}:{server.port}", SmtpSender(server, secret=vault.unlock(secret)))
    except (MailboxWrong, VaultLocked) as error:
        return Way("none", None, str(error))
