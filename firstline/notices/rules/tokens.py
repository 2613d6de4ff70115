"""Tokens that name a ticket in a Message-ID or a reply address, and that nobody else can make."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

_ID = re.compile(r"^fl\.(\d{1,18})\.([0-9a-z]{8,32})\.([0-9a-f]{64})@[^@\s<>]{1,253}$")
_LOCAL = re.compile(r"^(.{1,40})\+(\d{1,18})\.([a-z2-7]{52})$", re.IGNORECASE)
_LOCAL_LIMIT = 64


def _mac(key: bytes, *words: str) -> bytes:
    return hmac.new(key, "\x1f".join(words).encode(), hashlib.sha256).digest()


def message_id(key: bytes, *, ticket: int, nonce: str, domain: str) -> str:
    """A Message-ID without brackets that names a ticket; the whole HMAC-SHA256 stands in it (RFC 2104)."""
    return f"fl.{ticket}.{nonce}.{_mac(key, 'id', str(ticket), nonce).hex()}@{domain}"


def ticket_of_message_id(key: bytes, identifier: str) -> int | None:
    """The ticket that a Message-ID of ours names, or None when it is not ours or was tampered with."""
    found = _ID.match(identifier)
    if found is None:
        return None
    number, nonce, given = found.groups()
    expected = _mac(key, "id", str(int(number)), nonce).hex()
    return int(number) if hmac.compare_digest(expected, given) else None


def reply_address(key: bytes, *, ticket: int, mailbox: str) -> str:
    """The mailbox's address with the ticket's token, or the plain one where it would be over 64 octets."""
    local, _, domain = mailbox.partition("@")
    mac = base64.b32encode(_mac(key, "to", str(ticket))).decode().rstrip("=").lower()
    tokened = f"{local}+{ticket}.{mac}"
    return f"{tokened}@{domain}" if len(tokened) <= _LOCAL_LIMIT else mailbox


def ticket_of_address(key: bytes, address: str) -> int | None:
    """The ticket that a reply address names, or None."""
    found = _LOCAL.match(address.rpartition("@")[0])
    if found is None:
        return None
    _, number, given = found.groups()
    expected = base64.b32encode(_mac(key, "to", str(int(number)))).decode().rstrip("=").lower()
    return int(number) if hmac.compare_digest(expected, given.lower()) else None


def plain_address(address: str) -> str:
    """The address without the part behind a plus sign, lower case."""
    local, at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def claimed_by_message_id(identifier: str) -> int | None:
    """The ticket that a Message-ID of our shape names, whether or not its token is ours."""
    found = re.match(r"^fl\.(\d{1,15})\.", identifier)
    return int(found.group(1)) if found else None
