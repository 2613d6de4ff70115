"""The parser child: reads requests on standard input, answers on standard output, under limits, one at a time."""

from __future__ import annotations

import logging
import math
import resource
import sys
from typing import Any, BinaryIO, Final

from firstline.intake.mail import reading, wire
from firstline.intake.mail.understanding import cut, understand

MEMORY: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 5


def main() -> int:
    """Serve until standard input closes. A request that breaks a limit ends the process; the desk starts another."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            header, blobs = wire.unpack(_reader(source))
        except EOFError:
            return 0
        _renew_cpu_limit()
        answer, contents = _answer(header, blobs)
        for piece in wire.pack(answer, contents):
            sink.write(piece)
        sink.flush()


def _reader(source: BinaryIO) -> wire.Read:
    def read(size: int) -> bytes:
        found = source.read(size)
        if len(found) < size:
            raise EOFError
        return found

    return read


def _renew_cpu_limit() -> None:
    """Allow CPU_SECONDS from now on; the kernel counts whole seconds and ends the process by SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _answer(header: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    if header["do"] == "cut":
        text, html, *sent = (blob.decode("utf-8", "replace") for blob in blobs)
        found = cut(text, html, sent=tuple(sent))
        return {"reply": found.reply, "quoted": found.quoted, "rule": found.rule}, []
    try:
        understood = understand(blobs[0], ours=frozenset(header["ours"]), envelope_from=header["envelope_from"])
    except reading.Unreadable as unreadable:
        return {"unreadable": unreadable.reason}, []
    return wire.from_understood(understood)


if __name__ == "__main__":
    sys.exit(main())
