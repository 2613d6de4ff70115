"""A supervisor with one web process, as tests of the server see it."""

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import children
from tests.support.waiting import free_port, is_listening, wait_for


@dataclass(frozen=True)
class Served:
    """A running supervisor with one web child, and what both wrote."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str = "/", data: bytes | None = None) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", data=data, timeout=10) as answer:
            return bytes(answer.read())

    def web_pid(self) -> int:
        return int(self.get().split()[0])

    def open_stream(self) -> socket.socket:
        stream = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        stream.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert stream.recv(100)
        return stream


@contextmanager
def supervised(folder: Path) -> Iterator[Served]:
    """The tiny application under the real supervisor, until the block ends."""
    port = free_port()
    log = folder / "output.log"
    process = children.start([sys.executable, "-m", "tests.support.supervised", str(port)], log=log)
    wait_for(lambda: is_listening(port), what="the web process")
    yield Served(process, port, log)
    process.kill()
    process.wait()
