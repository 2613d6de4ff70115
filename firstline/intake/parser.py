"""Understands strangers' letters in a child process that may be killed by what it reads."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from firstline.intake.mail import wire
from firstline.intake.mail.letter import Cut
from firstline.intake.mail.reading import Unreadable
from firstline.intake.mail.understanding import Understood

WALL_SECONDS: Final = 20.0
_CHUNK: Final = 1 << 16
_ROOT: Final = Path(__file__).resolve().parents[2]


class ParserDied(Exception):
    """The letter ended the child that read it; `reason` is a sentence. The next letter gets a new child."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Parser:
    """One child process under limits (512 MB, 5 s of processor time and 20 s in all for a letter), started when
    first needed and kept. Not for use by two threads at once."""

    def __init__(self, *, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall_seconds = wall_seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the living child, or None."""
        return self._child.pid if self._child else None

    def understand(self, raw: bytes, *, ours: frozenset[str], envelope_from: str | None) -> Understood:
        """See understanding.understand. Raises Unreadable, or ParserDied where the letter broke a limit."""
        request = {"do": "understand", "ours": sorted(ours), "envelope_from": envelope_from}
        header, blobs = self._ask(request, [raw])
        if "unreadable" in header:
            raise Unreadable(str(header["unreadable"]))
        return wire.to_understood(header, blobs)

    def cut(self, text: str, html: str, *, sent: tuple[str, ...]) -> Cut:
        """See understanding.cut: `sent` are the texts that we sent to this person. Raises ParserDied."""
        blobs = [piece.encode("utf-8", "replace") for piece in (text, html, *sent)]
        header, _ = self._ask({"do": "cut"}, blobs)
        return Cut(reply=header["reply"], quoted=header["quoted"], rule=header["rule"])

    def close(self) -> None:
        """End the child; harmless if there is none."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _ask(self, header: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        child = self._living()
        pipe = _Pipe(child, deadline=time.monotonic() + self._wall_seconds)
        try:
            for piece in wire.pack(header, blobs):
                pipe.write(piece)
            return wire.unpack(pipe.read)
        except (EOFError, BrokenPipeError, TimeoutError, ValueError) as failure:
            reason = _why(child, failure)
            self.close()
            raise ParserDied(reason) from None
        except BaseException:
            # An interrupt between request and answer would leave the answer to the next letter.
            self.close()
            raise

    def _living(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            self._child = _start()
        return self._child


def _start() -> subprocess.Popen[bytes]:
    """A child that knows nothing of the desk's environment: neither its database nor its secrets."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", "firstline.intake.mail.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd="/",
        env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    for stream in (child.stdin, child.stdout, child.stderr):
        os.set_blocking(_number(stream), False)
    return child


def _number(stream: object) -> int:
    if stream is None or not hasattr(stream, "fileno"):
        raise ValueError("the child has no pipe")
    return int(stream.fileno())


class _Pipe:
    """Both ends of the talk with a child until a deadline; raises TimeoutError behind it, EOFError at its end."""

    def __init__(self, child: subprocess.Popen[bytes], *, deadline: float) -> None:
        self._into = _number(child.stdin)
        self._out = _number(child.stdout)
        self._deadline = deadline
        self._buffer = bytearray()

    def write(self, piece: bytes) -> None:
        view = memoryview(piece)
        while view:
            try:
                view = view[os.write(self._into, view) :]
            except BlockingIOError:
                self._wait(self._into, selectors.EVENT_WRITE)

    def read(self, size: int) -> bytes:
        while len(self._buffer) < size:
            try:
                found = os.read(self._out, max(_CHUNK, min(size - len(self._buffer), 1 << 20)))
            except BlockingIOError:
                self._wait(self._out, selectors.EVENT_READ)
                continue
            if not found:
                raise EOFError
            self._buffer += found
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _wait(self, number: int, event: int) -> None:
        left = self._deadline - time.monotonic()
        with selectors.PollSelector() as selector:
            selector.register(number, event)
            if left <= 0 or not selector.select(left):
                raise TimeoutError


def _why(child: subprocess.Popen[bytes], failure: Exception) -> str:
    if isinstance(failure, TimeoutError):
        return "Reading the letter took longer than allowed."
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(1)
    if child.returncode == -signal.SIGXCPU:
        return "Reading the letter took more processor time than allowed."
    last = _last_words(child)
    if last.startswith("MemoryError"):
        return "Reading the letter took more memory than allowed."
    return f"The parser stopped while reading the letter ({last or f'code {child.returncode}'})."


def _last_words(child: subprocess.Popen[bytes]) -> str:
    """The last line that the child wrote on standard error, at most 200 characters."""
    try:
        said = os.read(_number(child.stderr), _CHUNK)
    except (BlockingIOError, OSError):
        return ""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
