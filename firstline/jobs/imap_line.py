"""One connection to an IMAP server, with a fault point around every command and a sentence for every trouble."""

import imaplib
import io
import re
import select
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox
from imap_tools.utils import encode_folder

from firstline.core import faults
from firstline.core.envelope import SIZE_LIMIT, STUB_SIZE
from firstline.core.hosts import Address, HostRefused, HostUnknown, Lookup, open_socket
from firstline.jobs.tokens import Secret, TokenRefused, TokenUnavailable, revealed
from firstline.notices.rules.mailbox import ImapServer, SignIn

TroubleKind = Literal["auth", "tls", "network", "folder", "store"]
_TIMEOUT = 30.0
_LITERAL_LIMIT = 2 * SIZE_LIMIT
# RFC 5530: the server is in trouble, not the password.
_FOR_NOW = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]{1,40})"')
_NO_BYTES = re.compile(rb'\bBODY\[\](?:<0>)? (?:""|NIL)', re.IGNORECASE)

Result = TypeVar("Result")


class ImapTrouble(Exception):
    """The mailbox cannot be read now; `sentence` says why, `kind` whose trouble it is."""

    def __init__(self, kind: TroubleKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence


class CommandRefused(ImapTrouble):
    """The server answered NO or BAD to one command; the connection is still good."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter on the server: its UID, its size in bytes there, and when the server got it."""

    uid: int
    size: int
    internal_date: datetime | None


class _Client(imaplib.IMAP4):
    """The standard client on a line that is connected already; it owns its buffer, so that it can be asked."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        super().__init__()

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        self.sock = self._line
        self._incoming: io.BufferedReader = self._line.makefile("rb")

    def read(self, size: int) -> bytes:
        if size > _LITERAL_LIMIT:
            raise self.abort(f"the server announced {size} bytes at once")
        return self._incoming.read(size)

    def readline(self) -> bytes:
        line = self._incoming.readline(_LITERAL_LIMIT)
        if line and not line.endswith(b"\n"):
            raise self.abort("the server broke off in the middle of a line")
        return line

    def shutdown(self) -> None:
        self._incoming.close()
        with suppress(OSError):
            self.sock.close()

    def buffered(self) -> bool:
        """Whether something is read already that no poll of the socket will tell of."""
        self.sock.settimeout(0)
        try:
            return bool(self._incoming.peek(1))
        except OSError:
            return False
        finally:
            self.sock.settimeout(_TIMEOUT)


class _Mailbox(BaseMailBox):
    """imap-tools' mailbox on our client."""

    def __init__(self, client: _Client) -> None:
        self._given = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._given


class ImapLine:
    """A connection in the making and in use; the methods stand in the order in which they are called."""

    def __init__(
        self, server: ImapServer, *, secret: Secret, sign_in: SignIn, lookup: Lookup, tls: ssl.SSLContext
    ) -> None:
        self._server = server
        self._secret = secret
        self._sign_in = sign_in
        self._lookup = lookup
        self._tls = tls
        self._addresses: tuple[Address, ...] = ()
        self._socket: socket.socket | None = None
        self._mailbox: _Mailbox | None = None
        self._capabilities: frozenset[str] = frozenset()
        self.shown = f"{server.host}:{server.port}"

    @property
    def knows_idle(self) -> bool:
        """Whether the server tells of new letters by itself (RFC 2177)."""
        return "IDLE" in self._capabilities

    def resolve(self) -> str:
        """Finds the checked addresses of the host."""
        try:
            self._addresses = self._lookup(self._server.host)
        except (HostRefused, HostUnknown) as error:
            raise ImapTrouble("network", error.sentence) from None
        return f"{self._server.host} is {', '.join(str(address) for address in self._addresses)}."

    def connect(self) -> str:
        """Opens the TCP connection."""
        with self._told("network"):
            self._socket = self._step(
                "connect", lambda: open_socket(self._addresses, port=self._server.port, timeout=_TIMEOUT)
            )
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if hasattr(socket, "TCP_KEEPIDLE"):
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
        return f"{self.shown} answers."

    def secure(self) -> str:
        """Makes the line a verified TLS one, unless the mailbox is deliberately plain."""
        if self._server.security == "plain":
            return "The connection is deliberately plain."
        plain = self._open_socket
        with self._told("tls"):
            self._socket = self._step("tls", lambda: self._tls.wrap_socket(plain, server_hostname=self._server.host))
        return f"The certificate of {self._server.host} is good."

    def sign_in(self) -> str:
        """Hears the greeting and signs in."""
        with self._told("network"):
            line = self._open_socket
            mailbox = self._mailbox = self._step("greeting", lambda: _Mailbox(_Client(line)))
        try:
            secret = revealed(self._secret)
        except TokenRefused as error:
            raise ImapTrouble("auth", error.sentence) from None
        except TokenUnavailable as error:
            raise ImapTrouble("network", error.sentence) from None
        with self._told("auth"):
            self._step("login", lambda: self._prove(mailbox, secret))
            # imaplib keeps what the server said before the sign-in, when it says less.
            _, told = self._step("capability", mailbox.client.capability)
            self._capabilities = frozenset(told[-1].decode("ascii", "replace").upper().split())
        return f"{self._server.user} is signed in."

    def select(self) -> int:
        """Opens the folder and returns its UIDVALIDITY."""
        with self._told("folder"):
            self._step("select", lambda: self._box.folder.set(self._server.folder))
            told = self._box.client.response("UIDVALIDITY")[1][-1]
        if not told or not told.isdigit():
            raise ImapTrouble(
                "folder", f"{self.shown} gives the letters in {self._server.folder} no lasting numbers."
            )
        return int(told)

    def uids_after(self, uid: int) -> list[int]:
        """UIDs above `uid`, ascending."""
        with self._told("folder"):
            told = self._step("search", lambda: self._box.uids(f"UID {uid + 1}:*", charset=None))
        # `*` is the last letter even if its number is below the range (RFC 3501, 6.4.8).
        return sorted(number for number in map(int, told) if number > uid)

    def sizes(self, uids: Sequence[int]) -> list[Waiting]:
        """What the server says of these letters, ascending; those gone meanwhile are left out."""
        found = {}
        for line in self._fetch("sizes", uids, "(UID RFC822.SIZE INTERNALDATE)"):
            text = line if isinstance(line, bytes) else b""
            uid, size, date = _UID.search(text), _SIZE.search(text), _DATE.search(text)
            if uid and size:
                found[int(uid[1])] = Waiting(int(uid[1]), int(size[1]), _date(date[1]) if date else None)
        return [found[uid] for uid in uids if uid in found]

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The letters as they are, without marking them as read."""
        return _literals(self._fetch("fetch", uids, "(UID BODY.PEEK[])"), uids)

    def beginning(self, uid: int) -> bytes:
        """The first STUB_SIZE bytes of a letter that is too large to be taken whole."""
        told = self._fetch("fetch", [uid], f"(UID BODY.PEEK[]<0.{STUB_SIZE}>)")
        return _literals(told, [uid]).get(uid, b"")

    def mark_seen(self, uid: int) -> None:
        """Sets \\Seen."""
        self._uid("store", "STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def delete(self, uid: int) -> None:
        """Sets \\Deleted and expunges this letter only; without UIDPLUS that cannot be, so it stays marked."""
        self._uid("store", "STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self._capabilities:
            self._uid("expunge", "EXPUNGE", str(uid))

    def move(self, uid: int, folder: str) -> None:
        """Moves a letter (RFC 6851, or copy and delete), making the folder if it is not there."""
        command = "MOVE" if "MOVE" in self._capabilities else "COPY"
        target = encode_folder(folder).decode("ascii")
        try:
            self._uid("move", command, str(uid), target)
        except CommandRefused:
            with self._told("folder"):
                self._step("create", lambda: self._box.folder.create(folder))
            self._uid("move", command, str(uid), target)
        if command == "COPY":
            self.delete(uid)

    def idle(self, *, wake: socket.socket, seconds: float) -> None:
        """Waits until the server tells something, `wake` becomes readable or `seconds` are over (RFC 2177)."""
        with self._told("network"):
            self._step("idle", self._box.idle.start)
            if not self._client.buffered():
                select.select([self._client.sock, wake], [], [], seconds)
            self._step("done", self._box.idle.stop)

    def close(self) -> None:
        """Signs out if that is possible, and closes."""
        if self._mailbox is not None:
            with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                self._step("logout", self._client.logout)
            with suppress(OSError, ValueError):
                self._client.shutdown()
        if self._socket is not None:
            self._socket.close()

    @property
    def _open_socket(self) -> socket.socket:
        if self._socket is None:
            raise RuntimeError("The line is not connected.")
        return self._socket

    @property
    def _box(self) -> _Mailbox:
        if self._mailbox is None:
            raise RuntimeError("The line is not signed in.")
        return self._mailbox

    @property
    def _client(self) -> _Client:
        return self._box._given

    def _prove(self, mailbox: _Mailbox, secret: str) -> None:
        user = self._server.user
        if self._sign_in == "xoauth2":
            mailbox.xoauth2(user, secret, initial_folder=None)
        elif "AUTH=PLAIN" in mailbox.client.capabilities or not (secret.isascii() and secret.isprintable()):
            mailbox.login_utf8(user, secret, initial_folder=None)
        else:
            mailbox.login(user, secret, initial_folder=None)

    def _fetch(self, name: str, uids: Sequence[int], parts: str) -> list[object]:
        return self._uid(name, "FETCH", ",".join(map(str, uids)), parts)

    def _uid(self, name: str, command: str, *arguments: str) -> list[object]:
        with self._told("folder"):
            status, told = self._step(name, lambda: self._client.uid(command, *arguments))
        if status != "OK":
            raise CommandRefused("folder", f"{self.shown} refused {command}: {_said(told)}")
        return list(told)

    def _step(self, name: str, act: Callable[[], Result]) -> Result:
        """One IMAP command between two fault points."""
        faults.point(f"imap:{name}:before")
        result = act()
        faults.point(f"imap:{name}:after")
        return result

    @contextmanager
    def _told(self, kind: TroubleKind) -> Iterator[None]:
        """What goes wrong becomes ImapTrouble; `kind` is what a refusal by the server means here."""
        try:
            yield
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
            raise ImapTrouble("network", f"{self.shown} hung up ({_said(error)}).") from None
        except ssl.SSLError as error:
            raise ImapTrouble("tls", f"TLS with {self.shown} failed: {error.reason or error}.") from None
        except (OSError, imaplib.IMAP4.abort, EOFError) as error:
            raise ImapTrouble("network", f"{self.shown} cannot be reached ({_said(error)}).") from None
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            said = _said(error)
            meant: TroubleKind = "network" if _FOR_NOW.search(said) else kind
            raise CommandRefused(meant, f"{self.shown} refused: {said}") from None


def _literals(told: Sequence[object], uids: Sequence[int]) -> dict[int, bytes]:
    """The bytes of each letter; the UID may stand before or after them."""
    found: dict[int, bytes] = {}
    for index, item in enumerate(told):
        if isinstance(item, tuple) and len(item) == 2:
            after = told[index + 1] if index + 1 < len(told) else b""
            uid = _UID.search(item[0]) or _UID.search(after if isinstance(after, bytes) else b"")
            raw = item[1]
        elif isinstance(item, bytes) and _NO_BYTES.search(item):
            uid, raw = _UID.search(item), b""
        else:
            continue
        if uid and int(uid[1]) in uids:
            found[int(uid[1])] = raw
    return found


def _date(told: bytes) -> datetime | None:
    try:
        return datetime.strptime(told.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None


def _said(told: object) -> str:
    """What the server said, in one printable line of at most 300 characters."""
    parts = told if isinstance(told, list | tuple) else [told]
    text = " ".join(part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in parts)
    return "".join(mark for mark in " ".join(text[:2000].split()) if mark.isprintable())[:300]
