"""The demo's post office: takes every mail that the desk sends and keeps it in a folder, so that none leaves."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Folder:
    """Writes each mail into a file of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep one mail; the name is what aiosmtpd calls."""
        keep(self._path, envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode())
        return "250 kept"


def keep(folder: Path, raw: bytes) -> None:
    """Write one mail into a file of its own."""
    (folder / f"{time.time_ns()}.eml").write_bytes(raw)


def main(argv: list[str]) -> int:
    """`python -m firstline.cli.demo_post FOLDER PORT`: runs until standard input ends, with whoever holds it."""
    folder, port = Path(argv[0]), int(argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(Folder(folder), hostname="127.0.0.1", port=port, data_size_limit=64 * 1024 * 1024)
    controller.start()
    sys.stdin.buffer.read()
    controller.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
