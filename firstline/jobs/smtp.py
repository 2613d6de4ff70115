"""Mail out: hands a finished mail to the SMTP server, over one connection that is kept open for the next."""

import re
import smtplib
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from firstline.core import faults
from firstline.core.hosts import HostRefused, HostUnknown, Lookup, look_up, open_socket
from firstline.core.tls import verified_context
from firstline.jobs.sending import FailureKind, Receipt, Route, SendFailed, routes, sender_route, settled
from firstline.jobs.tokens import Secret, TokenRefused, TokenUnavailable, revealed
from firstline.notices.rules.mailbox import SignIn, SmtpServer

_TIMEOUT = 30.0
# RFC 5321 4.5.3.2.6: whoever gives up early on the last answer sends the mail twice.
_LAST_ANSWER = 600.0
_IDLE = 60.0
_PER_CONNECTION = 100
_LINE_END = re.compile(rb"\r\n|\r|\n")

Result = TypeVar("Result")


class SmtpSender:
    """A Sender by SMTP (RFC 5321).

    TLS is verified, and `starttls` never goes on without it. `secret` (a password or a token provider) wins
    over the password of the server's URL. `lookup` says to which addresses a host may be connected to: for
    hosts typed in a page, `require_public` with the allowed ones. `last_answer` is the patience in seconds
    after the letter's last byte; every other command has 30 s. Not to be shared between threads.
    """

    def __init__(
        self,
        server: SmtpServer,
        *,
        secret: Secret = "",
        sign_in: SignIn = "password",
        lookup: Lookup = look_up,
        ca_file: Path | None = None,
        hostname: str = "",
        last_answer: float = _LAST_ANSWER,
    ) -> None:
        self._server = server
        self._secret = secret or server.password
        self._sign_in = sign_in
        self._lookup = lookup
        self._tls = verified_context(ca_file)
        self._hostname = hostname or socket.gethostname()
        self._last_answer = last_answer
        self._client: _Client | None = None
        self._used = 0
        self._last = 0.0

    def send(self, raw: bytes, *, envelope_from: str, recipients: list[str]) -> Receipt:
        """Hands over one mail; line ends become CR LF, so that no stray one can end it early.

        Raises SendFailed: 5xx about a recipient or the mail is permanent, everything else temporary,
        a refused sign-in included, since it speaks of the mailbox and not of the mail.
        """
        sender = sender_route(envelope_from, recipients) if envelope_from else Route("", utf8=False)
        good, permanent = routes(recipients)
        if not good:
            return settled((), answer="", permanent=permanent, temporary={})
        try:
            client = self._ready()
            exchange = _Exchange(client, sender=sender, last_answer=self._last_answer)
            return exchange.run(_LINE_END.sub(b"\r\n", raw), good=good, permanent=permanent)
        except _Trouble as trouble:
            self._drop()
            raise SendFailed(
                trouble.sentence,
                kind=trouble.kind,
                permanent=permanent,
                temporary=dict.fromkeys(good, trouble.sentence),
            ) from trouble

    def check(self) -> str:
        """Connects and signs in without sending anything; a sentence, or SendFailed with the trouble."""
        try:
            client = self._ready()
        except _Trouble as trouble:
            raise SendFailed(trouble.sentence, kind=trouble.kind) from trouble
        return f"{client.shown} takes mail from us."

    def close(self) -> None:
        """Says goodbye, if a connection is open."""
        if self._client is not None:
            try:
                _step("quit", self._client.quit)
            except (OSError, smtplib.SMTPException):
                self._client.close()
            self._client = None

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _ready(self) -> "_Client":
        """The open connection if it still answers, else a new one; raises _Trouble."""
        if self._client is not None and (
            self._used >= _PER_CONNECTION or time.monotonic() - self._last > _IDLE or not _alive(self._client)
        ):
            self.close()
        if self._client is None:
            self._client = self._open()
            self._used = 0
        self._used += 1
        self._last = time.monotonic()
        return self._client

    def _open(self) -> "_Client":
        client = _Client(self._server, lookup=self._lookup, tls=self._tls, hostname=self._hostname)
        try:
            client.greet()
            self._authenticate(client)
        except BaseException:
            client.close()
            raise
        return client

    def _authenticate(self, client: "_Client") -> None:
        if not self._server.user or not self._secret:
            return
        try:
            client.authenticate(self._server.user, revealed(self._secret), sign_in=self._sign_in)
        except TokenRefused as error:
            raise _Trouble("auth", error.sentence) from None
        except TokenUnavailable as error:
            raise _Trouble("network", error.sentence) from None


class _Trouble(Exception):
    """The line to the server cannot be used now."""

    def __init__(self, kind: FailureKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence


class _Client(smtplib.SMTP):
    """The standard client, connected to a checked address, with verified TLS from the start if asked for."""

    def __init__(self, server: SmtpServer, *, lookup: Lookup, tls: ssl.SSLContext, hostname: str) -> None:
        super().__init__(local_hostname=hostname, timeout=_TIMEOUT)
        self._server = server
        self._lookup = lookup
        self._tls = tls
        self.shown = f"{server.host}:{server.port}"

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = open_socket(self._lookup(host), port=port, timeout=timeout)
        if self._server.security != "tls":
            return line
        try:
            return self._tls.wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise

    def greet(self) -> None:
        """Connects, says EHLO and starts TLS if asked for; raises _Trouble."""
        # smtplib verifies the certificate against this name when it starts TLS.
        self._host = self._server.host
        _safe(self.shown, lambda: self._expect("connect", lambda: self.connect(self._host, self._server.port), 220))
        _safe(self.shown, lambda: self._expect("ehlo", self.ehlo, 250))
        if self._server.security == "starttls":
            if not self.has_extn("starttls"):
                raise _Trouble("tls", f"{self.shown} offers no STARTTLS, and without it nothing is sent.")
            _safe(self.shown, lambda: self._expect("starttls", lambda: self.starttls(context=self._tls), 220))
            _safe(self.shown, lambda: self._expect("ehlo", self.ehlo, 250))

    def authenticate(self, user: str, secret: str, *, sign_in: SignIn) -> None:
        """Signs in; raises _Trouble."""
        if sign_in == "xoauth2":
            proof = f"user={user}\x01auth=Bearer {secret}\x01\x01"
            _safe(self.shown, lambda: _step("auth", lambda: self._prove("XOAUTH2", proof)))
        elif "PLAIN" in self.esmtp_features.get("auth", "").upper().split():
            _safe(self.shown, lambda: _step("auth", lambda: self._prove("PLAIN", f"\0{user}\0{secret}")))
        else:
            _safe(self.shown, lambda: _step("auth", lambda: self.login(user, secret)))

    def _prove(self, mechanism: str, proof: str) -> None:
        """Signs in with a proof of one line, in UTF-8 (RFC 4616), which smtplib would refuse."""
        code, said = self.docmd("AUTH", f"{mechanism} {b64encode(proof.encode()).decode()}")
        if code == 334:
            # The challenge carries the reason for a refusal; an empty answer asks for the final error.
            code, said = self.docmd("")
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, said)

    def _expect(self, name: str, act: Callable[[], tuple[int, bytes]], code: int) -> None:
        answer = _step(name, act)
        if answer[0] != code:
            raise _Trouble("network", f"{self.shown} answered {_said(answer)}")


class _Exchange:
    """One mail over an open connection."""

    def __init__(self, client: _Client, *, sender: Route, last_answer: float) -> None:
        self._client = client
        self._sender = sender
        self._last_answer = last_answer
        self._shown = client.shown

    def run(self, raw: bytes, *, good: dict[str, Route], permanent: dict[str, str]) -> Receipt:
        """MAIL, RCPT for each, DATA; raises SendFailed about the mail, _Trouble about the line."""
        return _safe(self._shown, lambda: self._run(raw, good=good, permanent=permanent))

    def _run(self, raw: bytes, *, good: dict[str, Route], permanent: dict[str, str]) -> Receipt:
        refused = dict(permanent)
        temporary: dict[str, str] = {}
        options = self._options(raw, good, refused)
        wanted = [recipient for recipient in good if recipient not in refused]
        if not wanted:
            return settled((), answer="", permanent=refused, temporary=temporary)
        self._mail(options, wanted, refused)
        accepted = [each for each in wanted if self._recipient(each, good[each], refused, temporary)]
        if not accepted:
            self._reset()
            return settled((), answer="", permanent=refused, temporary=temporary)
        code, said = self._data(raw)
        if code != 250:
            (refused if code >= 500 else temporary).update(dict.fromkeys(accepted, said))
            raise SendFailed(said, kind="message", permanent=refused, temporary=temporary)
        return settled(accepted, answer=said, permanent=refused, temporary=temporary)

    def _options(self, raw: bytes, good: dict[str, Route], refused: dict[str, str]) -> list[str]:
        """MAIL parameters; recipients whom this server cannot serve are added to `refused`."""
        options = [f"SIZE={len(raw)}"] if self._client.has_extn("size") else []
        if not raw.isascii() and self._client.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        header = raw[: raw.find(b"\r\n\r\n") + 1 or None]
        if self._client.has_extn("smtputf8"):
            if self._sender.utf8 or not header.isascii() or any(route.utf8 for route in good.values()):
                options.append("SMTPUTF8")
            return options
        for recipient, route in good.items():
            if route.utf8 or self._sender.utf8:
                refused[recipient] = f"{self._shown} cannot take addresses with letters outside ASCII."
        return options

    def _mail(self, options: list[str], wanted: list[str], refused: dict[str, str]) -> None:
        answer = _step("mail", lambda: self._client.mail(self._sender.address, options))
        if answer[0] == 250:
            return
        said = _said(answer)
        self._reset()
        lots = dict.fromkeys(wanted, said)
        if answer[0] >= 500:
            raise SendFailed(said, kind="message", permanent=refused | lots)
        raise SendFailed(said, kind="message", permanent=refused, temporary=lots)

    def _recipient(self, name: str, route: Route, refused: dict[str, str], temporary: dict[str, str]) -> bool:
        answer = _step("rcpt", lambda: self._client.rcpt(route.address))
        if answer[0] in (250, 251, 252):
            return True
        if answer[0] == 421:
            raise _Trouble("network", f"{self._shown} answered {_said(answer)}")
        (refused if answer[0] >= 500 else temporary)[name] = _said(answer)
        return False

    def _data(self, raw: bytes) -> tuple[int, str]:
        answer = _step("data", lambda: self._client.docmd("DATA"))
        if answer[0] == 354:
            answer = _step("body", lambda: self._body(raw))
        if answer[0] == 421 or answer[0] < 0:
            raise _Trouble("network", f"{self._shown} answered {_said(answer)}")
        return answer[0], _said(answer)

    def _body(self, raw: bytes) -> tuple[int, bytes]:
        """Sends the letter with its leading dots doubled and waits long for the answer that matters."""
        text = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
        self._client.send((b"\r\n" + text).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n")
        line = self._client.sock
        if line is not None:
            line.settimeout(self._last_answer)
        answer = self._client.getreply()
        if line is not None:
            line.settimeout(_TIMEOUT)
        return answer

    def _reset(self) -> None:
        _step("rset", self._client.rset)


def _alive(client: _Client) -> bool:
    try:
        return _step("rset", client.rset)[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _step(name: str, act: Callable[[], Result]) -> Result:
    """One SMTP command between two fault points."""
    faults.point(f"smtp:{name}:before")
    result = act()
    faults.point(f"smtp:{name}:after")
    return result


def _safe(shown: str, act: Callable[[], Result]) -> Result:
    """Runs `act`; what goes wrong with the line becomes _Trouble with a sentence."""
    try:
        return act()
    except (HostRefused, HostUnknown) as error:
        raise _Trouble("network", error.sentence) from None
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
        raise _Trouble("network", f"{shown} hung up.") from None
    except ssl.SSLError as error:
        raise _Trouble("tls", f"TLS with {shown} failed: {error.reason or error}.") from None
    except smtplib.SMTPAuthenticationError as error:
        said = _said((error.smtp_code, _bytes(error.smtp_error)))
        raise _Trouble("auth", f"{shown} refused the sign-in: {said}") from None
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        raise _Trouble("auth", f"{shown} offers no way to sign in that we know.") from None
    except smtplib.SMTPResponseException as error:
        raise _Trouble("network", f"{shown} answered {_said((error.smtp_code, _bytes(error.smtp_error)))}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Trouble("network", f"{shown} cannot be reached ({error or type(error).__name__}).") from None


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")


def _said(answer: tuple[int, bytes]) -> str:
    """The server's answer in one printable line of at most 500 characters."""
    text = " ".join(answer[1][:2000].decode("utf-8", "replace").split())
    return f"{answer[0]} {''.join(mark for mark in text if mark.isprintable())}"[:500]
