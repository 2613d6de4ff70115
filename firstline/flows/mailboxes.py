"""The desk's mailboxes are added and changed: where mail is fetched, and by which way answers leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from firstline.accounts import audit
from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError, NotFound
from firstline.core.hosts import HostRefused, HostUnknown, require_public
from firstline.core.text import email_key, line
from firstline.core.vault import lock
from firstline.notices.models import Mailbox
from firstline.notices.rules.mailbox import MailboxWrong, parse_imap_url, parse_smtp_url
from firstline.routing.models import Team


@dataclass(frozen=True, slots=True)
class Servers:
    """How a mailbox is reached. A password for sending may stand in `smtp_url`; it is kept apart, encrypted.

    `password` is that of the IMAP user, or the refresh token's bundle where `imap_auth` is xoauth2.
    """

    imap_url: str = ""
    password: str = ""
    smtp_url: str = ""
    imap_auth: str = "password"


def add_mailbox(*, by: Principal, now: datetime, address: str, servers: Servers, name: str = "", language: str = "",
                team: int | None = None, plus_addresses: bool = False, trusted_servers: str = "") -> int:
    """A new address of the desk. Hosts that an agent types must be public; those of the operator are trusted.

    `trusted_servers`: names of our own mail servers whose Authentication-Results count (RFC 8601), between spaces.
    """
    by.require("setup.change")
    key = _desk_address(address)
    columns = _columns(servers, by=by)
    try:
        with transaction.atomic():
            made = Mailbox.objects.create(
                address=key, name=line(name, limit=120), language=language, team_id=_known_team(team),
                plus_addresses=plus_addresses, trusted_authserv=line(trusted_servers).lower(), created_at=now,
                **columns)
            audit.line("mailbox.added", by=by, now=now, object_kind="mailbox", object_id=made.pk, address=key)
    except IntegrityError:
        raise Conflict("The desk has the mailbox %(address)s already.", address=key) from None
    return made.pk


def change_servers(mailbox: int, *, by: Principal, now: datetime, servers: Servers) -> None:
    """Reach a mailbox another way. A stored password never follows to another server or user: it is typed again."""
    by.require("setup.change")
    columns = _columns(servers, by=by)
    with transaction.atomic():
        row = _locked(mailbox)
        if not servers.password and _whom(row.imap_url) == _whom(columns["imap_url"]):
            columns["secret"] = row.secret
        if not columns["smtp_secret"] and _whom(row.smtp_url) == _whom(columns["smtp_url"]):
            columns["smtp_secret"] = row.smtp_secret
        moved = _whom(row.imap_url) != _whom(columns["imap_url"])
        for column, value in columns.items():
            setattr(row, column, value)
        if moved:
            row.uidvalidity, row.last_uid = None, 0
        row.error, row.failing_since = "", None
        row.save(update_fields=[*columns, "uidvalidity", "last_uid", "error", "failing_since"])
        audit.line("mailbox.servers_changed", by=by, now=now, object_kind="mailbox", object_id=mailbox)


def describe(mailbox: int, *, by: Principal, now: datetime, name: str, language: str, team: int | None) -> None:
    """Change what a mailbox is called, in which language it answers, and which team its mail goes to."""
    by.require("setup.change")
    with transaction.atomic():
        row = _locked(mailbox)
        row.name, row.language, row.team_id = line(name, limit=120), language[:8], _known_team(team)
        row.save(update_fields=["name", "language", "team"])
        audit.line("mailbox.described", by=by, now=now, object_kind="mailbox", object_id=mailbox)


def rest(mailbox: int, *, by: Principal, now: datetime) -> None:
    """Stop fetching from a mailbox; its address stays the desk's own."""
    _set_active(mailbox, active=False, deed="mailbox.rested", by=by, now=now)


def resume(mailbox: int, *, by: Principal, now: datetime) -> None:
    """Fetch from a mailbox again."""
    _set_active(mailbox, active=True, deed="mailbox.resumed", by=by, now=now)


def _set_active(mailbox: int, *, active: bool, deed: str, by: Principal, now: datetime) -> None:
    by.require("setup.change")
    with transaction.atomic():
        row = _locked(mailbox)
        row.active = active
        row.save(update_fields=["active"])
        audit.line(deed, by=by, now=now, object_kind="mailbox", object_id=mailbox)


def _desk_address(address: str) -> str:
    key = email_key(line(address, limit=1000))
    local, at, domain = key.rpartition("@")
    if not (at and local and domain) or " " in key or "+" in local:
        raise DeskError("“%(address)s” cannot be an address of the desk.", address=line(address, limit=80))
    return key


def _columns(servers: Servers, *, by: Principal) -> dict[str, str]:
    """The columns of the servers, checked; secrets encrypted, none left in a URL."""
    if servers.imap_auth not in ("password", "xoauth2"):
        raise DeskError("A mailbox signs in by password or by xoauth2.")
    smtp_password = ""
    try:
        hosts = []
        if servers.imap_url:
            hosts.append(parse_imap_url(servers.imap_url).host)
        if servers.smtp_url:
            sending = parse_smtp_url(servers.smtp_url)
            hosts.append(sending.host)
            smtp_password = sending.password
    except MailboxWrong as wrong:
        raise DeskError(wrong.sentence.replace("%", "%%")) from None
    if by.kind != "operator":
        for host in hosts:
            _require_public(host)
    return {"imap_url": servers.imap_url.strip(), "imap_auth": servers.imap_auth, "secret": lock(servers.password),
            "smtp_url": _without_password(servers.smtp_url.strip()), "smtp_secret": lock(smtp_password)}


def _require_public(host: str) -> None:
    try:
        require_public(host, allowed=settings.CONFIG.allow_hosts)
    except (HostRefused, HostUnknown) as refused:
        raise DeskError(refused.sentence.replace("%", "%%")) from None


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    place = parts.netloc.rpartition("@")[2]
    user = quote(parts.username or "", safe="%")
    return urlunsplit(parts._replace(netloc=f"{user}@{place}" if user else place))


def _whom(url: str) -> tuple[str, str]:
    """The server and user that a URL names: a password belongs to these."""
    parts = urlsplit(url)
    return parts.netloc.casefold(), parts.scheme


def _known_team(team: int | None) -> int | None:
    if team is not None and not Team.objects.filter(pk=team).exists():
        raise NotFound("There is no such team.")
    return team


def _locked(mailbox: int) -> Mailbox:
    row = Mailbox.objects.select_for_update().filter(pk=mailbox).first()
    if row is None:
        raise NotFound("There is no such mailbox.")
    return row
