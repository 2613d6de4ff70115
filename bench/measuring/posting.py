"""The ends of the mail's way for benchmarks: a feeder that speaks LMTP, an SMTP sink, and a bare LMTP server."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_LIMIT = 1 << 26  # bytes that a server keeps of a letter
RECIPIENT = b"desk@localhost"


@dataclass(slots=True)
class Fed:
    """How the feeding went: seconds in all, and when each letter was accepted (monotonic)."""

    seconds: float = 0.0
    accepted: list[float] = field(default_factory=list)


def feed(letters: Sequence[bytes], *, path: str, connections: int, per_second: float | None = None) -> Fed:
    """Hand letters over by LMTP (RFC 2033) to a UNIX socket, over several connections at once; evenly spaced where
    `per_second` is given. Raises AssertionError where one is refused."""
    return asyncio.run(_feed(letters, path, connections, per_second))


async def _feed(letters: Sequence[bytes], path: str, connections: int, per_second: float | None) -> Fed:
    fed, began = Fed(), time.monotonic()
    todo = iter(enumerate(letters))

    async def one() -> None:
        reader, writer = await asyncio.open_unix_connection(path)
        await _expect(reader, b"220")
        await _say(reader, writer, b"LHLO bench.example", b"250")
        for place, raw in todo:
            if per_second:
                await asyncio.sleep(max(0.0, began + place / per_second - time.monotonic()))
            sender = raw.partition(b"<")[2].partition(b">")[0]
            await _say(reader, writer, b"MAIL FROM:<" + sender + b">", b"250")
            await _say(reader, writer, b"RCPT TO:<" + RECIPIENT + b">", b"250")
            await _say(reader, writer, b"DATA", b"354")
            await _say(reader, writer, raw.replace(b"\r\n.", b"\r\n..") + b"\r\n.", b"250")
            fed.accepted.append(time.monotonic() - began)
        await _say(reader, writer, b"QUIT", b"221")
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    fed.seconds = time.monotonic() - began
    return fed


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: bytes, code: bytes) -> None:
    writer.write(line + b"\r\n")
    await writer.drain()
    await _expect(reader, code)


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    while True:
        answer = await reader.readline()
        assert answer.startswith(code), answer
        if answer[3:4] != b"-":
            return


class Server:
    """An SMTP or LMTP server that accepts everything, counts it and keeps nothing; runs in a thread."""

    def __init__(self, *, path: str = "") -> None:
        self.messages = 0
        self.port = 0
        self._path = path
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        """Close."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(self._listen())
        if not self._path:
            self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _listen(self) -> asyncio.Server:
        if self._path:
            return await asyncio.start_unix_server(self._serve, self._path, limit=_LIMIT)
        return await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LIMIT)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                self.messages += 1
                writer.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        writer.close()
