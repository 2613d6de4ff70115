"""The one `firstline` command: finds the named one and hands it the rest of the line."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass

from firstline.cli.terminal import DONE, WRONG_USE, complain, own_fault


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its module's `main(argv) -> int` is imported only when it is called."""

    name: str
    module: str
    help: str


def command(name: str, module: str, *, about: str) -> Command:
    """One line of the table of commands."""
    return Command(name, f"firstline.cli.{module}", about)


COMMANDS = (
    command("demo", "demo", about="load a demo desk if there is none, and serve it"),
    command("serve", "serve", about="run everything in one process tree until SIGTERM"),
    command("migrate", "migrate", about="bring the database to this version"),
    command("setup", "setup", about="make the first administrator and print a one-time link"),
    command("mailbox", "mailbox", about="add, list or test a mailbox of the desk"),
    command("agent", "agent", about="add, list or deactivate an agent"),
    command("deliver", "pipe", about="take one raw mail on standard input"),
    command("explain-mail", "explain_mail", about="say how mails are read, without a database"),
    command("ticket", "ticket", about="the whole story of a ticket"),
    command("search", "search", about="what the search page shows"),
    command("sweep", "sweep", about="due promises and chores once, as the worker does"),
    command("check", "check", about="prove that nothing was lost and nothing changed"),
)
_GLOBAL = ("--json", "--as")


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 64 wrong use, 65 bad data, 66 not there, 69 unavailable,
    70 our own fault, 75 try again later."""
    if argv is None:
        argv = sys.argv[1:]
        sys.excepthook = own_fault
    before, name, rest = _parted(argv)
    if name in ("", "help") or "-h" in before or "--help" in before:
        sys.stdout.write(_overview())
        return DONE if name or before else WRONG_USE
    found = next((each for each in COMMANDS if each.name == name and _is_there(each)), None)
    if found is None:
        return complain(f"There is no command {name!r}; firstline help lists them.", code=WRONG_USE,
                        status=WRONG_USE, as_json="--json" in argv)
    code: int = importlib.import_module(found.module).main([*rest, *before])
    return code


def _parted(argv: list[str]) -> tuple[list[str], str, list[str]]:
    """Options that stand before the command, the command, and what follows it."""
    before: list[str] = []
    rest = list(argv)
    while rest and rest[0].startswith("-"):
        before.append(rest.pop(0))
        if before[-1] == "--as" and rest:
            before.append(rest.pop(0))
    return before, rest[0] if rest else "", rest[1:]


def _is_there(each: Command) -> bool:
    return importlib.util.find_spec(each.module) is not None


def _overview() -> str:
    lines = [f"  {each.name:<14}{each.help}" for each in COMMANDS if _is_there(each)]
    return "\n".join(["Use: firstline COMMAND [--json] [--as EMAIL] …", "", *lines, "",
                      "firstline COMMAND --help says more.", ""])


if __name__ == "__main__":
    sys.exit(main())
