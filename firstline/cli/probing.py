"""Trying a mailbox's servers, by the same code that fetches and sends."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from firstline.cli.terminal import BAD_DATA, Refusal
from firstline.notices.mailboxes import MailboxAccess
from firstline.notices.rules.mailbox import MailboxSettings, MailboxWrong, parse_imap_url


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the trial."""

    name: str
    ok: bool
    sentence: str


def steps_of(access: MailboxAccess) -> list[Step]:
    """The steps up to the first failure; none where the mailbox is not fetched."""
    if not access.imap_url:
        return []
    if access.imap_auth != "password":
        raise Refusal("A mailbox with xoauth2 is tried by the worker; its trouble stands in the list.", code=BAD_DATA)
    try:
        server = parse_imap_url(access.imap_url)
    except MailboxWrong as wrong:
        raise Refusal(wrong.sentence, code=BAD_DATA) from None
    settings = MailboxSettings(address=access.address, name=access.name, imap=server)
    # The fetcher stands behind another door, so it is named at run time: doors do not know one another.
    probe = importlib.import_module("firstline.jobs.imap").probe
    return [Step(step.name, step.ok, step.sentence) for step in probe(settings, secret=access.imap_secret)]
