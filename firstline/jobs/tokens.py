"""Access tokens for mailboxes that are opened with OAuth 2.0 instead of a password (XOAUTH2)."""

import http.client
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlencode, urlsplit

from firstline.core.hosts import Address, HostRefused, HostUnknown, Lookup, open_socket
from firstline.core.tls import verified_context

_TIMEOUT = 30.0
_ANSWER_LIMIT = 65536
_EARLY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What the mail server takes in place of a password until `expires_at` (aware)."""

    value: str = field(repr=False)
    expires_at: datetime


class TokenProvider(Protocol):
    """Gives a token that is good for some minutes yet; raises TokenRefused or TokenUnavailable."""

    def __call__(self) -> AccessToken: ...


Secret = str | TokenProvider


class TokenRefused(Exception):
    """The provider will not give tokens any more: somebody must sign in anew. `sentence` says so."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TokenUnavailable(Exception):
    """No token now, perhaps later: the provider cannot be reached or is in trouble."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def revealed(secret: Secret) -> str:
    """The password itself, or a fresh access token's value."""
    return secret if isinstance(secret, str) else secret().value


@dataclass(frozen=True, slots=True)
class Grant:
    """What an authorisation server needs for a refresh (RFC 6749, section 6)."""

    token_url: str
    client_id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    scope: str = ""


class RefreshedToken:
    """A TokenProvider by refresh grant, over verified HTTPS to an address that `lookup` let through.

    `keep` is called with a new refresh token before the access token is used, when the provider rotates
    them: the old one may be worthless from then on. A token is renewed five minutes before its end.
    """

    def __init__(
        self, grant: Grant, *, lookup: Lookup, keep: Callable[[str], None], ca_file: Path | None = None
    ) -> None:
        self._grant = grant
        self._refresh = grant.refresh_token
        self._lookup = lookup
        self._keep = keep
        self._tls = verified_context(ca_file)
        self._token: AccessToken | None = None

    def __call__(self) -> AccessToken:
        now = datetime.now(UTC)
        if self._token is None or self._token.expires_at - _EARLY <= now:
            self._token = self._renew(now)
        return self._token

    def _renew(self, now: datetime) -> AccessToken:
        form = {"grant_type": "refresh_token", "refresh_token": self._refresh, "client_id": self._grant.client_id}
        form |= {"client_secret": self._grant.client_secret} if self._grant.client_secret else {}
        form |= {"scope": self._grant.scope} if self._grant.scope else {}
        told = self._post(urlencode(form).encode())
        value, rotated = told.get("access_token"), told.get("refresh_token")
        if not isinstance(value, str) or not value.isprintable():
            raise TokenUnavailable("The sign-in provider answered without an access token.")
        if isinstance(rotated, str) and rotated and rotated != self._refresh:
            self._keep(rotated)
            self._refresh = rotated
        return AccessToken(value=value, expires_at=now + timedelta(seconds=_lifetime(told.get("expires_in"))))

    def _post(self, body: bytes) -> dict[str, object]:
        url = _token_url(self._grant.token_url)
        try:
            addresses = self._lookup(url.hostname or "")
            status, answer = _exchange(url, body, addresses=addresses, tls=self._tls)
        except (HostRefused, HostUnknown) as error:
            raise TokenUnavailable(error.sentence) from None
        except (OSError, http.client.HTTPException) as error:
            raise TokenUnavailable(f"The sign-in provider cannot be reached ({type(error).__name__}).") from None
        return _understood(status, answer)


class _Connection(http.client.HTTPSConnection):
    """HTTPS to one of the checked addresses; the certificate must be the named host's."""

    def __init__(self, host: str, port: int, *, addresses: tuple[Address, ...], tls: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=_TIMEOUT, context=tls)
        self._addresses = addresses
        self._tls = tls

    def connect(self) -> None:
        line = open_socket(self._addresses, port=self.port, timeout=_TIMEOUT)
        self.sock: socket.socket = self._tls.wrap_socket(line, server_hostname=self.host)


def _token_url(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        usable = url.scheme == "https" and bool(url.hostname) and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise TokenRefused("The token address of the mailbox must begin with https://.")
    return url


def _exchange(
    url: SplitResult, body: bytes, *, addresses: tuple[Address, ...], tls: ssl.SSLContext
) -> tuple[int, bytes]:
    """Status and body of one POST; a redirect is not followed."""
    connection = _Connection(url.hostname or "", url.port or 443, addresses=addresses, tls=tls)
    try:
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        connection.request("POST", path, body, kind)
        response = connection.getresponse()
        return response.status, response.read(_ANSWER_LIMIT)
    finally:
        connection.close()


def _understood(status: int, answer: bytes) -> dict[str, object]:
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        told = None
    if status == 200 and isinstance(told, dict):
        return told
    reason = told.get("error") if isinstance(told, dict) else None
    if status in (400, 401) and reason in ("invalid_grant", "invalid_client", "unauthorized_client"):
        raise TokenRefused("The mailbox's sign-in has ended; somebody must connect the mailbox anew.")
    raise TokenUnavailable(f"The sign-in provider answered with status {status}.")


def _lifetime(told: object) -> float:
    """Seconds that a token lives; an hour where the provider does not say (RFC 6749: recommended only)."""
    try:
        seconds = float(str(told))
    except ValueError:
        return 3600.0
    return seconds if 0 < seconds < 10**7 else 3600.0
