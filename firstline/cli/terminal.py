"""How every command talks: arguments with their own exit codes, text for people, JSON for programs."""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from firstline.accounts.principal import Principal

DONE, WRONG_USE, BAD_DATA, NOT_THERE, UNAVAILABLE, OWN_FAULT, TRY_AGAIN = 0, 64, 65, 66, 69, 70, 75


@dataclass(frozen=True, slots=True)
class Told:
    """What a command answers: `text` for people, `data` for `--json`, and its exit code."""

    text: str
    data: Any = field(default_factory=dict)
    code: int = DONE


class Refusal(Exception):
    """A command that cannot be done: the sentence says what to do, `code` is the exit code."""

    def __init__(self, sentence: str, *, code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class Arguments(argparse.ArgumentParser):
    """A parser that refuses instead of leaving; every command knows `--json` and `--as`."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(prog=f"firstline {command}", description=description, allow_abbrev=False)
        self.add_argument("--json", action="store_true", help="print one JSON document")
        self.add_argument("--as", dest="as_agent", metavar="EMAIL", help="with the rights of this agent")

    def error(self, message: str) -> NoReturn:
        raise Refusal(message[:1].upper() + message[1:] + ".", code=WRONG_USE)


def perform(argv: list[str], parser: argparse.ArgumentParser, act: Callable[[argparse.Namespace], Told]) -> int:
    """Read the arguments, do the deed, print the answer; returns the exit code.

    Everything that a person can put right is a sentence on standard error, with `--json` as
    {"error": {"status", "sentence"}}.
    """
    try:
        wanted = parser.parse_args(argv)
        told = act(wanted)
    except Refusal as refused:
        return complain(refused.sentence, code=refused.code, status=refused.code, as_json="--json" in argv)
    _say(sys.stdout, json.dumps(told.data, ensure_ascii=False) if wanted.json else told.text)
    return told.code


def perform_in_desk(argv: list[str], parser: argparse.ArgumentParser,
                    act: Callable[[argparse.Namespace, Principal], Told]) -> int:
    """`perform` with Django ready; `act` also gets whose rights it has: the operator's or the agent's of `--as`."""
    as_json = "--json" in argv
    try:
        parser.parse_args(argv)
        get_ready()
    except Refusal as refused:
        return complain(refused.sentence, code=refused.code, status=refused.code, as_json=as_json)
    from django.db import InterfaceError, OperationalError, ProgrammingError

    from firstline.core.errors import DeskError

    try:
        return perform(argv, parser, lambda wanted: act(wanted, principal(wanted.as_agent)))
    except DeskError as refused:
        return complain(refused.told(), code=code_of(refused.status), status=refused.status, as_json=as_json)
    except ProgrammingError:
        return _complain_outdated(as_json=as_json)
    except (OperationalError, InterfaceError) as trouble:
        if _first_line(trouble).startswith("no such "):
            return _complain_outdated(as_json=as_json)
        return complain(f"The database cannot be used now ({_first_line(trouble)}).", code=TRY_AGAIN,
                        status=TRY_AGAIN, as_json=as_json)


def _complain_outdated(*, as_json: bool) -> int:
    sentence = "The database does not fit this version yet. Run firstline migrate."
    return complain(sentence, code=UNAVAILABLE, status=UNAVAILABLE, as_json=as_json)


def get_ready() -> None:
    """Set Django up; a setting that cannot be used is refused with its sentence."""
    from firstline.core.config import WrongConfiguration

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.settings")
    import django

    try:
        django.setup()
    except WrongConfiguration as wrong:
        raise Refusal(str(wrong), code=WRONG_USE) from None


def principal(email: str | None) -> Principal:
    """The operator, or the agent with this address; refused where there is no such active agent."""
    from firstline.accounts import queries
    from firstline.accounts.principal import OPERATOR
    from firstline.routing.queries import principal_of

    if email is None:
        return OPERATOR
    agent = queries.agent_of_email(email)
    found = principal_of(agent) if agent is not None else None
    if found is None:
        raise Refusal(f"There is no active agent with the address {email}.", code=BAD_DATA)
    return found


def code_of(status: int) -> int:
    """The exit code for a DeskError's status."""
    return {404: NOT_THERE, 503: TRY_AGAIN}.get(status, OWN_FAULT if status == 500 else BAD_DATA)


def read_secret(path: str) -> str:
    """The first line of a password file; refused where it cannot be read or is empty."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"The file {path} cannot be read.", code=NOT_THERE) from None
    if not lines or not lines[0]:
        raise Refusal(f"The file {path} holds no password in its first line.", code=BAD_DATA)
    return lines[0]


def complain(sentence: str, *, code: int, status: int, as_json: bool) -> int:
    """Say on standard error what is wrong; returns `code`."""
    problem = {"error": {"status": status, "sentence": sentence}}
    _say(sys.stderr, json.dumps(problem, ensure_ascii=False) if as_json else f"firstline: {sentence}")
    return code


def own_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The hook for what nobody caught: its trace for whoever repairs it, and exit code 70."""
    if issubclass(kind, KeyboardInterrupt):
        code = 128 + 2
    else:
        traceback.print_exception(kind, error, trace)
        code = complain("This is a fault of Firstline itself; the lines above say where.", code=OWN_FAULT,
                        status=OWN_FAULT, as_json="--json" in sys.argv)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in columns; the first row is the heading."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in rows)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _say(stream: Any, text: str) -> None:
    if text:
        stream.write(text + "\n")
        stream.flush()
