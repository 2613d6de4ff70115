"""A desk of its own in a temporary home, used as a person uses it: by commands, addresses and mail."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.support import children
from tests.support.waiting import free_port, wait_for

PROGRAM = (sys.executable, "-c", "import sys; from firstline.cli.main import main; sys.exit(main())")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a desk lives; every command runs in a process of its own, which may be told to kill itself."""

    home: Path
    database_url: str
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see: nothing of the operator's own settings."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTLINE_")}
        return {
            **own,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "firstline.settings",
            "FIRSTLINE_TESTING": "1",
            "FIRSTLINE_HOME": str(self.home),
            "DATABASE_URL": self.database_url,
            **dict(self.settings),
        }

    def having(self, **settings: str) -> "Desk":
        """The same desk with more environment variables, such as FIRSTLINE_FAULT="3"."""
        return replace(self, settings=(*self.settings, *settings.items()))

    def run(self, *arguments: str, given: bytes = b"", seconds: float = 60.0) -> subprocess.CompletedProcess[bytes]:
        """Run one command to its end; its exit code is the caller's to judge (-9: it killed itself)."""
        return subprocess.run(
            [*PROGRAM, *arguments],
            input=given,
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            check=False,
            timeout=seconds,
        )

    def done(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run one command that must succeed; return its standard output."""
        result = self.run(*arguments, given=given)
        assert result.returncode == 0, (arguments, result.returncode, result.stderr.decode()[-2000:])
        return result.stdout

    def json(self, *arguments: str, given: bytes = b"") -> Any:
        """Run one command with --json that must succeed; return its document."""
        return json.loads(self.done(*arguments, "--json", given=given))

    @contextmanager
    def serving(self, *arguments: str, ready: str = "/healthz") -> Iterator["Service"]:
        """The desk with all its processes, until the block ends."""
        port = free_port()
        command = [*PROGRAM, "serve", "--port", str(port), *arguments]
        process = children.start(command, log=self.home / "serve.log", environment=self.environment, folder=self.home)
        service = Service(process, port)
        try:
            wait_for(lambda: service.status(ready) == 200 or process.poll() is not None, seconds=30, what="the desk")
            assert process.poll() is None, (self.home / "serve.log").read_text()[-2000:]
            yield service
        finally:
            children.stop(process)


@dataclass(frozen=True, slots=True)
class Service:
    """A serving desk: its supervisor and its port on loopback."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """The address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def status(self, path: str) -> int:
        """The HTTP status of a page; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0
