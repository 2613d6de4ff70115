"""The pipe: one raw message on standard input, stored before the mail server hears that it may forget it."""

import json
import os
import socket
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, Protocol, TextIO

from firstline.core.envelope import DEFAULT_RECIPIENT, SIZE_LIMIT, STUB_SIZE, UNKNOWN_SENDER

# Nothing here may import Django, and logging only after a failure: a mail server starts this program once
# for every letter.

WRONG_USE = 64
TRY_AGAIN = 75
_PATIENCE = 60.0
_PIECE = 65536


class Store(Protocol):
    """Stores a letter, commits, returns its id; `cut_from` is the true size of one that was cut."""

    def __call__(self, raw: bytes, *, mailbox: str | None, cut_from: int | None) -> int | str: ...


HandleNow = Callable[[int | str], dict[str, Any]]


class NotStored(Exception):
    """The letter is not stored, the mail server shall try again; the text is a sentence for the postmaster."""


class _WrongUse(Exception):
    pass


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _WrongUse(message)


def run(
    argv: Sequence[str],
    *,
    stdin: BinaryIO,
    stdout: TextIO,
    stderr: TextIO,
    store: Store,
    handle_now: HandleNow,
) -> int:
    """Takes one letter and returns the exit code (sysexits.h): 0 stored, 64 wrong arguments, 75 all else.

    A worker that listens at `$FIRSTLINE_HOME/run/lmtp.sock` stores it within milliseconds; `store` is used
    when nobody listens there, with `--now`, and for letters that are too large. `handle_now` takes the
    letter's id and returns {letter, outcome, verdict, ticket, reason}; if it fails, the letter is stored
    all the same and the code stays 0.
    """
    try:
        wanted = _arguments(argv)
    except _WrongUse as wrong:
        return _fail(stderr, code=WRONG_USE, sentence=str(wrong), as_json="--json" in argv)
    try:
        told = _take(wanted, stdin=stdin, store=store, handle_now=handle_now)
    except NotStored as trouble:
        return _fail(stderr, code=TRY_AGAIN, sentence=str(trouble), as_json=wanted.json)
    except (Exception, SystemExit, KeyboardInterrupt) as trouble:
        import logging

        logging.exception("The letter was not stored.")
        sentence = f"The letter was not stored ({type(trouble).__name__}). The mail server shall try again."
        return _fail(stderr, code=TRY_AGAIN, sentence=sentence, as_json=wanted.json)
    _say(stdout, json.dumps(told, ensure_ascii=False) if wanted.json else _sentence(told))
    return 0


def _arguments(argv: Sequence[str]) -> Namespace:
    parser = _Parser(prog="firstline deliver", description="Take one raw message on standard input.")
    parser.add_argument("--mailbox", metavar="ADDRESS", type=_address, help="the mailbox that it came to")
    parser.add_argument("--now", action="store_true", help="handle it at once instead of by the worker")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser.parse_args(argv)


def _address(text: str) -> str:
    if text.count("@") != 1 or not text.isprintable() or any(mark in text for mark in " <>"):
        raise _WrongUse(f"{text[:80]!r} is not a mail address.")
    return text


def _take(wanted: Namespace, *, stdin: BinaryIO, store: Store, handle_now: HandleNow) -> dict[str, Any]:
    raw, cut_from = _read(stdin)
    if not raw:
        raise NotStored("There was nothing on standard input.")
    if not wanted.now and cut_from is None:
        taken = _hand_over(raw, mailbox=wanted.mailbox)
        if taken is not None:
            return _stored(taken)
    letter = store(raw, mailbox=wanted.mailbox, cut_from=cut_from)
    return _handled(letter, handle_now) if wanted.now else _stored(letter)


def _read(stdin: BinaryIO) -> tuple[bytes, int | None]:
    """The letter, and its true size in bytes if it is too large and only its beginning is kept."""
    raw = stdin.read(SIZE_LIMIT + 1)
    size = len(raw)
    # Read to the end: a mail server whose pipe breaks takes that for a failure and sends it again.
    while piece := stdin.read(_PIECE):
        size += len(piece)
    letter = _as_sent(raw)
    if max(size, len(letter)) <= SIZE_LIMIT:
        return letter, None
    return _as_sent(raw[:STUB_SIZE]), size


def _as_sent(raw: bytes) -> bytes:
    """The bytes as they were on the wire: mail servers write LF into a pipe where the sender wrote CR LF."""
    if raw.find(b"\r\n", 0, raw.find(b"\n") + 1) < 0:
        raw = raw.replace(b"\n", b"\r\n")
    return raw if raw.endswith(b"\r\n") or not raw else raw + b"\r\n"


def _handled(letter: int | str, handle_now: HandleNow) -> dict[str, Any]:
    try:
        return handle_now(letter)
    except (Exception, SystemExit, KeyboardInterrupt) as trouble:
        import logging

        logging.exception("Letter %s is stored but was not handled.", letter)
        reason = f"It was not handled ({type(trouble).__name__}); the worker will try it."
        return _stored(letter) | {"outcome": "failed", "reason": reason}


def _stored(letter: int | str) -> dict[str, Any]:
    number = int(letter) if str(letter).isdecimal() else letter
    return {"letter": number, "outcome": "stored", "verdict": None, "ticket": None, "reason": None}


def _hand_over(raw: bytes, *, mailbox: str | None) -> str | None:
    """The letter's id as the running worker gave it, or None if no worker listens; else NotStored."""
    path = Path(os.environ.get("FIRSTLINE_HOME") or "var") / "run" / "lmtp.sock"
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        try:
            connection.connect(str(path))
        except OSError:
            return None
        return _converse(connection, raw, recipient=mailbox or DEFAULT_RECIPIENT)
    except OSError:
        raise NotStored("The worker did not answer; the mail server shall try again.") from None
    finally:
        connection.close()


def _converse(connection: socket.socket, raw: bytes, *, recipient: str) -> str:
    """One delivery by LMTP (RFC 2033), pipelined: the envelope in one packet, the letter in the next."""
    with connection.makefile("rb") as lines:
        _expect(lines, "220")
        envelope = f"LHLO localhost\r\nMAIL FROM:<{UNKNOWN_SENDER}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n"
        connection.sendall(envelope.encode())
        for code in ("250", "250", "250", "354"):
            _expect(lines, code)
        connection.sendall(_stuffed(raw))
        return _expect(lines, "250").rpartition(" ")[2]


def _expect(lines: BinaryIO, code: str) -> str:
    """The last line of the next answer; NotStored if it is another one."""
    while (line := lines.readline(2048).decode("utf-8", "replace"))[3:4] == "-":
        pass
    if line[:3] != code:
        raise NotStored(f"The worker answered: {line.strip() or 'nothing'}")
    return line.strip()


def _stuffed(raw: bytes) -> bytes:
    """The letter as DATA wants it: leading dots doubled, a single dot at the end."""
    return (b"\r\n" + raw).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"


def _sentence(told: dict[str, Any]) -> str:
    ticket = f", ticket {told['ticket']}" if told.get("ticket") else ""
    reason = f" ({told['reason']})" if told.get("reason") else ""
    return f"Letter {told['letter']}: {told['outcome']}{ticket}{reason}."


def _fail(stderr: TextIO, *, code: int, sentence: str, as_json: bool) -> int:
    problem = {"error": {"status": code, "sentence": sentence}}
    _say(stderr, json.dumps(problem, ensure_ascii=False) if as_json else f"firstline deliver: {sentence}")
    return code


def _say(stream: TextIO, text: str) -> None:
    """Prints; nobody listening any more must not change the exit code."""
    try:
        stream.write(text + "\n")
        stream.flush()
    except (OSError, ValueError):
        return
