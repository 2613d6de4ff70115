"""The LMTP door: takes letters from a mail server and answers for each recipient only once it is stored."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session, syntax

from firstline.core.envelope import DEFAULT_RECIPIENT, SIZE_LIMIT, UNKNOWN_SENDER
from firstline.jobs.grouping import Delivery, Grouping, TakeMany

HELD_LIMIT = 8 * SIZE_LIMIT
_RECIPIENTS = 100
_CONNECTIONS = 100
_END = b"\r\n.\r\n"
_TOO_BIG = f"552 5.3.4 the letter is larger than {SIZE_LIMIT} bytes"
_TRY_AGAIN = "451 4.3.0 not stored, please try again"

log = logging.getLogger(__name__)


class LmtpServer:
    """An LMTP server (RFC 2033) in a thread of its own.

    `listen` holds `HOST:PORT` or `unix:PATH`. `take_many` gets up to 20 deliveries at once and returns their
    letter ids after it has committed them all; `known` says whether an address (without its +detail) belongs
    to the desk (`postmaster` always does and means the default mailbox). Both may block; both are called in
    a small pool of threads. Only a letter's size and an unknown recipient are refused for good; whatever goes
    wrong here is answered 4xx, so that it comes again.
    """

    def __init__(
        self, *, listen: Sequence[str], take_many: TakeMany, known: Callable[[str], bool], writers: int = 1
    ) -> None:
        self._listen = tuple(listen)
        self._take_many = take_many
        self._known = known
        self._writers = writers
        self._thread: threading.Thread | None = None
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._failure: OSError | None = None
        self.bound: tuple[str, ...] = ()

    def start(self) -> None:
        """Listens, and returns when connections are taken; raises OSError if an address cannot be had."""
        self._thread = threading.Thread(target=self._run, name="lmtp", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self, *, timeout: float = 5) -> None:
        """Closes the door; a commit under way is finished, unanswered letters come again."""
        if self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(timeout)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._serve())
            except OSError as error:
                self._failure = error
            finally:
                self._ready.set()

    async def _serve(self) -> None:
        with (
            ThreadPoolExecutor(self._writers, "lmtp-store") as store,
            ThreadPoolExecutor(1, "lmtp-known") as ask,
        ):
            grouping = Grouping(take_many=self._take_many, executor=store, writers=self._writers)
            desk = _Desk(grouping=grouping, known=self._known, executor=ask)
            servers: list[asyncio.Server] = []
            try:
                for where in self._listen:
                    servers.append(await _listen(where, desk))
                self.bound = tuple(_name(server) for server in servers)
                self._ready.set()
                await self._stop.wait()
            finally:
                for server in servers:
                    server.close()
                await grouping.close(timeout=3)
                # One turn of the loop lets the last answers be written before the lines are closed.
                await asyncio.sleep(0.01)
                desk.hang_up()


class _Desk:
    """What the conversations of one server share."""

    def __init__(self, *, grouping: Grouping, known: Callable[[str], bool], executor: ThreadPoolExecutor) -> None:
        self.grouping = grouping
        self.open: set[asyncio.BaseTransport] = set()
        self._known = known
        self._executor = executor
        self._held = 0

    async def knows(self, address: str) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._known, address)

    def hold(self, size: int) -> bool:
        """Whether there is room for `size` more bytes of letters not yet stored; takes it if so."""
        if self._held + size > HELD_LIMIT:
            return False
        self._held += size
        return True

    def release(self, size: int) -> None:
        self._held -= size

    def hang_up(self) -> None:
        for transport in list(self.open):
            transport.close()

    async def handle_EHLO(  # the name that aiosmtpd calls
        self, _server: LMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", responses[-1]]

    async def handle_MAIL(
        self, _server: LMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 sender taken"

    async def handle_RCPT(
        self, _server: LMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not _is_text(address):
            return "553 5.1.3 the address is not text"
        if address.lower() == DEFAULT_RECIPIENT:
            envelope.rcpt_tos.append(DEFAULT_RECIPIENT)
            return "250 2.1.5 recipient taken"
        if len(envelope.rcpt_tos) >= _RECIPIENTS:
            return "452 4.5.3 too many recipients at once"
        try:
            known = await self.knows(_without_detail(address))
        except Exception:
            log.exception("Nobody could say whether an address is known.")
            return _TRY_AGAIN
        if not known:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient taken"

    async def handle_exception(self, error: Exception) -> str:
        log.error("An LMTP conversation failed.", exc_info=error)
        return _TRY_AGAIN


class _Conversation(LMTP):
    """One connection; DATA is read in large pieces and answered once for each recipient."""

    # aiosmtpd's reader takes its buffer from this; its own DATA would refuse longer lines for good.
    line_length_limit = 65536

    def __init__(self, desk: _Desk) -> None:
        super().__init__(
            desk,
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname=socket.gethostname(),
            ident="Firstline LMTP",
            loop=asyncio.get_running_loop(),
        )
        self._desk = desk

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if len(self._desk.open) >= _CONNECTIONS and isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 too many connections, please try again\r\n")
            transport.close()
        self._desk.open.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.transport is not None:
            self._desk.open.discard(self.transport)
        super().connection_lost(error)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str | None) -> None:
        envelope = self.envelope
        if arg:
            await self.push("501 5.5.4 DATA takes no argument")
        elif envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 a recipient is needed first")
        else:
            await self.push("354 end with a line that is a single dot")
            for answer in await self._answers(envelope):
                await self.push(answer)
            self.envelope = self._create_envelope()

    async def _answers(self, envelope: Envelope) -> list[str]:
        body = _Body(self._desk)
        try:
            await body.read(self._reader)
            self._reset_timeout()
            if body.refusal:
                return [body.refusal for _ in envelope.rcpt_tos]
            raw = body.content()
            sender = _sender(envelope.mail_from or "")
            tasks = [
                self._desk.grouping.deliver(Delivery(raw=raw, recipient=address, envelope_from=sender))
                for address in envelope.rcpt_tos
            ]
            return [_answer(outcome) for outcome in await asyncio.gather(*tasks)]
        finally:
            body.release()


class _Body:
    """The bytes after DATA, kept while they are within the limits and read to their end in any case."""

    def __init__(self, desk: _Desk) -> None:
        self._desk = desk
        self._pieces: list[bytes] = []
        self._size = 0
        self._held = 0
        self.refusal = ""

    async def read(self, reader: asyncio.StreamReader) -> None:
        """Reads up to and including the line with a single dot (RFC 5321 4.1.1.4); bare LF ends nothing."""
        tail = await self._opening(reader)
        while tail != _END:
            if tail:
                tail = await self._after(tail, reader)
                continue
            try:
                self._keep(await reader.readuntil(_END))
                return
            except asyncio.LimitOverrunError as more:
                self._keep(await reader.readexactly(more.consumed))

    def content(self) -> bytes:
        """The letter without the final dot and with the doubled dots made single (RFC 5321 4.5.2)."""
        # An added line break in front makes a first line that begins with a dot like every other.
        text = b"\r\n" + b"".join(self._pieces)
        self._pieces.clear()
        return text[: -len(_END) + 2].replace(b"\r\n.", b"\r\n")[2:]

    def release(self) -> None:
        self._desk.release(self._held)
        self._held = 0
        self._pieces.clear()

    async def _opening(self, reader: asyncio.StreamReader) -> bytes:
        """Reads the first three bytes, which may already be the end; returns how much of an end they are."""
        first = await reader.readexactly(3)
        self._keep(first)
        return _END if first == _END[2:] else _open_end(first)

    async def _after(self, tail: bytes, reader: asyncio.StreamReader) -> bytes:
        more = await reader.readexactly(len(_END) - len(tail))
        self._keep(more)
        return _open_end(tail + more)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > SIZE_LIMIT + len(_END):
            self.refusal = _TOO_BIG
        elif not self.refusal and not self._desk.hold(len(piece)):
            self.refusal = "452 4.3.1 too many letters at once, please try again"
        if self.refusal:
            self.release()
        else:
            self._held += len(piece)
            self._pieces.append(piece)


def _open_end(text: bytes) -> bytes:
    """The longest end of `text` with which the closing dot may have begun."""
    return next((_END[:n] for n in range(len(_END), 0, -1) if text.endswith(_END[:n])), b"")


def _answer(outcome: str | Exception) -> str:
    if isinstance(outcome, Exception):
        return _TRY_AGAIN
    number = "".join(mark for mark in str(outcome) if mark.isascii() and mark.isprintable())
    return f"250 2.0.0 stored as letter {number}"


def _sender(address: str) -> str | None:
    if address == UNKNOWN_SENDER:
        return None
    return "" if address == "<>" else address.encode(errors="replace").decode()


def _is_text(address: str) -> bool:
    return address.isprintable() and ("@" in address or address.lower() == DEFAULT_RECIPIENT)


def _without_detail(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if not local.startswith("+") else address


async def _listen(where: str, desk: _Desk) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    if where.startswith("unix:"):
        path = Path(where.removeprefix("unix:"))
        _clear(path)
        server = await loop.create_unix_server(lambda: _Conversation(desk), str(path))
        path.chmod(0o660)
        return server
    host, colon, port = where.rpartition(":")
    if not colon or not port.isdigit():
        raise OSError(f"{where} is no place to listen; write HOST:PORT or unix:PATH.")
    return await loop.create_server(lambda: _Conversation(desk), host.strip("[]"), int(port))


def _clear(path: Path) -> None:
    """Removes a socket that a killed process left behind, but never one at which somebody listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, suppress(FileNotFoundError):
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return
        raise OSError(f"Another program already listens at {path}.")


def _name(server: asyncio.Server) -> str:
    name = server.sockets[0].getsockname()
    return f"unix:{name}" if isinstance(name, str) else f"{name[0]}:{name[1]}"
