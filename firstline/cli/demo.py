"""`firstline demo`: a desk with its agents, forty people and thirty days of tickets, then serves it."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from firstline.cli import serve
from firstline.cli.terminal import BAD_DATA, DONE, Arguments, Refusal, Told, complain, perform_in_desk

if TYPE_CHECKING:
    from firstline.accounts.principal import Principal

_WORDS = ("amber", "birch", "candle", "delta", "ember", "forest", "garden", "harbour", "island", "juniper", "kettle",
          "lantern", "meadow", "north", "orchard", "pebble", "quartz", "river", "summit", "thistle", "umbrella",
          "valley", "willow", "yonder")
_POST = "demo-mail"


def main(argv: list[str]) -> int:
    """Returns the exit code, unless it becomes `firstline serve`. Started again it keeps its data."""
    parser = Arguments("demo", __doc__ or "")
    serve.add_address(parser)
    parser.add_argument("--only-load", action="store_true", help="load the desk and do not serve it")
    parser.add_argument("--no-dictionaries", action="store_true", help="leave the dictionaries of the search out")
    try:
        wanted = parser.parse_args(argv)
    except Refusal as refused:
        return complain(refused.sentence, code=refused.code, status=refused.code, as_json="--json" in argv)
    # Links name the address that will serve, so it must be set before Django reads it.
    os.environ.setdefault("FIRSTLINE_URL", serve.address_of(wanted.host, wanted.port))
    code = perform_in_desk(argv, parser, _act)
    if code == DONE and not wanted.only_load:
        _become_serve(wanted.host, wanted.port)
    return code


def _act(wanted: argparse.Namespace, _by: Principal) -> Told:
    from firstline.cli.migrate import bring_up_to_date, compile_dictionaries

    if not wanted.only_load:
        serve.require_free(wanted.host, wanted.port)
    _say("Preparing the database and the dictionaries …")
    bring_up_to_date()
    if not wanted.no_dictionaries:
        compile_dictionaries()
    password = _load()
    return Told(_how_to_sign_in(password), {"url": os.environ["FIRSTLINE_URL"], "password": password})


def _load() -> str:
    """Load what is not there yet; returns the password of all agents."""
    from django.conf import settings

    path = Path(settings.CONFIG.home) / "demo.json"
    state = _state(path)
    if not state["whole"]:
        _fill(path, state, language=settings.LANGUAGE_CODE)
    return str(state["password"])


def _state(path: Path) -> dict[str, object]:
    """How far the demo desk is; refused where there is another desk."""
    from firstline.accounts.queries import agents

    if path.exists():
        found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
        return found
    if agents():
        raise Refusal(f"{path.parent} holds a desk already; a demo would mix with it. "
                      "Set FIRSTLINE_HOME to an empty folder.", code=BAD_DATA)
    password = " ".join(secrets.choice(_WORDS) for _ in range(4))
    return {"password": password, "tickets": 0, "whole": False}


def _fill(path: Path, state: dict[str, object], *, language: str) -> None:
    from rich.progress import Progress

    from firstline.cli import demo_loading
    from firstline.core.time import now

    moment = now()
    _keep(path, state)
    demo_loading.load_staff(password=str(state["password"]), language=language, now=moment)
    people = demo_loading.load_people(now=moment)
    with Progress(transient=True) as bar:
        task = bar.add_task("Tickets", total=demo_loading.TICKETS)

        def done(number: int) -> None:
            state["tickets"] = number
            _keep(path, state)
            bar.update(task, completed=number)

        demo_loading.load_tickets(people, now=moment, begin=int(str(state["tickets"])), post=path.parent / _POST,
                                  done=done)
    state["whole"] = True
    _keep(path, state)


def _keep(path: Path, state: dict[str, object]) -> None:
    half = path.with_suffix(".part")
    half.touch(mode=0o600)
    half.write_text(json.dumps(state), encoding="utf-8")
    half.replace(path)


def _how_to_sign_in(password: str) -> str:
    from firstline.cli.demo_loading import STAFF

    rows = [f"  {each.email:<26}{each.role}" for each in STAFF]
    return "\n".join(["", f"Firstline's demo desk is at {os.environ['FIRSTLINE_URL']}", "", *rows, "",
                      f"The password of all of them: {password}", "Stop it with Ctrl+C.", ""])


def _become_serve(host: str, port: int) -> NoReturn:
    """Leave Django behind and serve; mail goes into a folder unless the operator named a server."""
    from django.conf import settings

    if not settings.CONFIG.smtp_url:
        os.environ["FIRSTLINE_SMTP_URL"] = _post_office(Path(settings.CONFIG.home) / _POST)
    command = ["-m", "firstline.cli.main", "serve", "--host", host, "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *command])


def _post_office(folder: Path) -> str:
    """Start the demo's post office; it ends with this process, whose end of the pipe stays open."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    end, held = os.pipe()
    fcntl.fcntl(held, fcntl.F_SETFD, 0)
    command = [sys.executable, "-m", "firstline.cli.demo_post", str(folder), str(port)]
    subprocess.Popen(command, stdin=end, start_new_session=True)
    os.close(end)
    return f"smtp://127.0.0.1:{port}"


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
