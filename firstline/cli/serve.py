"""`firstline serve`: web, workers and mail in one process tree, until SIGTERM."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

from firstline.cli.terminal import UNAVAILABLE, WRONG_USE, Arguments, Refusal, Told, perform
from firstline.core import config

PARTS = ("web", "work", "mail")
HOST, PORT = "127.0.0.1", 8000


def main(argv: list[str]) -> int:
    """Returns the exit code; the supervisor itself never loads Django."""
    parser = Arguments("serve", __doc__ or "")
    add_address(parser)
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that do background work")
    parser.add_argument("--only", type=_parts, default=frozenset(), metavar="PARTS", help="some of web,work,mail")
    return perform(argv, parser, _act)


def add_address(parser: argparse.ArgumentParser) -> None:
    """The options that say where to listen."""
    parser.add_argument("--host", default=HOST, help=f"default: {HOST}")
    parser.add_argument("--port", type=int, default=PORT, help=f"default: {PORT}")


def require_free(host: str, port: int) -> None:
    """Refuse a port that is taken: a second server would bind it in silence."""
    sentence = _supervisor().why_port_is_unusable(host, port)
    if sentence:
        raise Refusal(sentence, code=UNAVAILABLE)


def address_of(host: str, port: int) -> str:
    """The address at which people reach what serves at host and port."""
    return os.environ.get("FIRSTLINE_URL") or str(_supervisor().address_of(host, port))


def _act(wanted: argparse.Namespace) -> Told:
    if not 1 <= wanted.workers <= 64:
        raise Refusal("--workers is a number from 1 to 64.", code=WRONG_USE)
    if not 1 <= wanted.port <= 65535:
        raise Refusal("--port is a number from 1 to 65535.", code=WRONG_USE)
    try:
        settings = config.read()
    except config.WrongConfiguration as wrong:
        raise Refusal(str(wrong), code=WRONG_USE) from None
    if urlsplit(settings.url).scheme == "http" and wanted.host not in (HOST, "localhost", "::1"):
        sys.stderr.write("firstline: Links are plain http; put a proxy with TLS in front and set FIRSTLINE_URL.\n")
    if not wanted.only or "web" in wanted.only:
        require_free(wanted.host, wanted.port)
    _require_current_database()
    code: int = _supervisor().run(host=wanted.host, port=wanted.port, workers=wanted.workers, only=wanted.only)
    return Told("", code=code)


def _require_current_database() -> None:
    """Ask a process of its own, since this one must stay small; its refusal becomes ours."""
    command = [sys.executable, "-m", "firstline.cli.main", "migrate", "--check", "--json"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        raise Refusal(_sentence_of(found.stderr), code=found.returncode)


def _sentence_of(complaint: str) -> str:
    """The sentence of the last complaint of a command that ran with `--json`."""
    last = (complaint.strip().splitlines() or [""])[-1]
    try:
        return str(json.loads(last)["error"]["sentence"])
    except (ValueError, KeyError, TypeError):
        return last or "The database cannot be looked at."


def _parts(text: str) -> frozenset[str]:
    parts = frozenset(part.strip() for part in text.split(",") if part.strip())
    if not parts or parts - set(PARTS):
        raise argparse.ArgumentTypeError(f"name some of {','.join(PARTS)}")
    return parts


def _supervisor() -> Any:
    # The supervisor stands behind another door, so it is named at run time: doors do not know one another.
    return importlib.import_module("firstline.jobs.supervisor")
