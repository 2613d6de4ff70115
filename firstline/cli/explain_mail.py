"""`firstline explain-mail`: shows what the desk makes of raw messages, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from firstline.intake.mail.explain import explain
from firstline.intake.mail.reading import Unreadable

DONE: Final = 0
WRONG_USE: Final = 64
BAD_DATA: Final = 65
NO_SUCH_FILE: Final = 66

_SHOWN: Final = ("from", "to", "cc", "subject", "date", "message_id", "references", "language", "verdict", "reason")


class _WrongUse(Exception):
    """The arguments cannot be understood; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why the command failed: an exit code and a sentence."""

    status: int
    sentence: str


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _WrongUse(message[:1].upper() + message[1:] + ".")


def main(argv: list[str]) -> int:
    """Explain the files named in `argv`, or standard input; `--json` gives one JSON object a line.

    Exit codes: 0 done, 64 wrong use, 65 a message that cannot be read, 66 a file that is not there. Of several
    files all are explained; the gravest code (66, then 65) is returned.
    """
    parser = _Arguments(prog="firstline explain-mail", description=__doc__)
    parser.add_argument("files", metavar="FILE", nargs="*", help="raw message; standard input where none is named")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    try:
        arguments = parser.parse_args(argv)
    except _WrongUse as wrong:
        _complainer(argv)(_Trouble(WRONG_USE, str(wrong)))
        return WRONG_USE
    tell = _tell_json if arguments.json else _tell_person
    worst = DONE
    for file, raw in _messages(arguments.files or ["-"]):
        if raw is None:
            _complainer(argv)(_Trouble(NO_SUCH_FILE, f"The file {file} cannot be opened."))
            worst = NO_SUCH_FILE
            continue
        try:
            told = explain(raw, file=file)
        except Unreadable as unreadable:
            told = {"file": file, "error": unreadable.reason}
            worst = max(worst, BAD_DATA)
        tell(told)
    return worst


def _messages(files: list[str]) -> Iterator[tuple[str, bytes | None]]:
    for file in files:
        try:
            yield file, sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError:
            yield file, None


def _tell_json(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")


def _tell_person(told: dict[str, object]) -> None:
    lines = [f"file: {told['file']}"]
    if "error" in told:
        lines.append(f"error: {told['error']}")
    else:
        lines += [f"{name}: {_shown(told[name])}" for name in _SHOWN if told[name]]
        lines += [f"{name}: {_shown(told[name])}" for name in ("attachments", "bounce") if told[name]]
        lines += ["", str(told["reply"])]
        if told["quoted"]:
            lines += ["", "--- quoted ---", str(told["quoted"])]
    sys.stdout.write("\n".join(lines) + "\n\n")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return " ".join(str(item) for item in value.values() if item != "")
    return str(value)


def _complainer(argv: list[str]) -> Callable[[_Trouble], None]:
    return _complain_json if "--json" in argv else _complain


def _complain(trouble: _Trouble) -> None:
    sys.stderr.write(trouble.sentence + "\n")


def _complain_json(trouble: _Trouble) -> None:
    told = {"error": {"status": trouble.status, "sentence": trouble.sentence}}
    sys.stderr.write(json.dumps(told) + "\n")
