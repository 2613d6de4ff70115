"""The SMTP sink in a process of its own: what it accepted stands in files, however its clients were killed."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.support import children
from tests.support.smtp_sink import SmtpSink
from tests.support.waiting import is_listening, wait_for


class SinkProcess:
    """A running sink; `folder` gets one file for each mail that it accepted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "tests.support.sink_process", folder]
        self._process = children.start([str(part) for part in command], log=folder / "log")
        address = folder / "port"
        wait_for(lambda: address.exists() and address.read_text(), seconds=20, what="the SMTP sink")
        self.port = int(address.read_text())
        wait_for(lambda: is_listening(self.port), what="the SMTP sink")

    @property
    def url(self) -> str:
        """Its address as FIRSTLINE_SMTP_URL takes it."""
        return f"smtp://localhost:{self.port}"

    def mails(self) -> list[EmailMessage]:
        """Every accepted mail, oldest first."""
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    def message_ids(self) -> Counter[str]:
        """How often each Message-ID (without brackets) was accepted."""
        return Counter(str(mail["Message-ID"]).strip("<> ") for mail in self.mails())

    def clear(self) -> None:
        """Forget everything."""
        for file in self.folder.glob("*.eml"):
            file.unlink()

    def stop(self) -> None:
        """End the process."""
        children.stop(self._process, seconds=1.0)


def main() -> None:
    """Serve until SIGTERM."""
    folder = Path(sys.argv[1])
    sink = SmtpSink(folder)
    (folder / "port").write_text(str(sink.port), encoding="ascii")
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
