"""Set up Firstline in `.venv` and start the demo, the tests or a benchmark; standard library only."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
WRONG_USE, UNAVAILABLE = 64, 69

CONSOLE_SCRIPT = """\
#!/bin/sh
'''exec' "$(dirname -- "$(readlink -f -- "$0")")/python" "$0" "$@"
' '''
import sys

from firstline.cli.main import main

sys.exit(main())
"""


class Refusal(Exception):
    """A sentence for the person at the terminal, and the exit code that goes with it."""

    def __init__(self, sentence: str, *, code: int = UNAVAILABLE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def require_python(version: tuple[int, ...]) -> None:
    """Refuse an interpreter that the libraries do not support."""
    if tuple(version[:2]) < OLDEST:
        found = ".".join(map(str, version[:2]))
        raise Refusal(
            f"Firstline needs Python 3.11 or newer; this is Python {found}. "
            "Start it with a newer one, for instance: python3.11 run.py demo"
        )


def require_free_port(host: str, port: int) -> None:
    """Refuse at once, before a long installation, when something already listens there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise Refusal(
            f"Cannot listen on {host}:{port} ({problem}). "
            "Choose another port, for instance: python3 run.py demo --port 8001"
        ) from None


def run(*command: str | Path, failing: str) -> None:
    """Run one set-up command with its output on the terminal; refuse with `failing` when it fails."""
    if subprocess.run([str(part) for part in command], cwd=ROOT, check=False, stdout=sys.stderr).returncode:
        raise Refusal(failing)


def create_venv(*, uv: str | None) -> None:
    """Make `.venv` unless a working one is there; pip comes in only where uv is missing."""
    if PYTHON.exists():
        return
    if uv is None and importlib.util.find_spec("ensurepip") is None:
        raise Refusal(
            "This Python cannot make a virtual environment with pip. Install it first: apt-get install python3-venv"
        )
    print("Making .venv …", file=sys.stderr, flush=True)
    venv.create(VENV, clear=True, symlinks=True, with_pip=uv is None)


def install(requirements: Path, *, uv: str | None) -> None:
    """Install pinned and hashed requirements, and put the project on the path of `.venv`."""
    # On standard error: a benchmark's standard output is one JSON document.
    print(f"Installing {requirements.relative_to(ROOT)} (the first time takes a minute or two) …", file=sys.stderr,
          flush=True)
    no_network = (
        "The libraries could not be installed; the reason stands above. "
        "Firstline needs a Python package index once, at set-up: check the network and try again."
    )
    if uv is not None:
        run(
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            PYTHON,
            "--require-hashes",
            "-r",
            requirements,
            failing=no_network,
        )
    else:
        if not (VENV / "bin" / "pip").exists():
            run(
                PYTHON,
                "-m",
                "ensurepip",
                failing="pip is missing in .venv. Install it first: apt-get install python3-venv",
            )
        run(
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            requirements,
            failing=no_network,
        )
    find_site = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(find_site, check=True, capture_output=True, text=True).stdout.strip())
    (site / "firstline.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = VENV / "bin" / "firstline"
    script.write_text(CONSOLE_SCRIPT, encoding="utf-8")
    script.chmod(0o755)


def wanted_stamp(kind: str) -> str:
    """What `.venv` must hold: the place of the project, and the digest of the requirements."""
    digest = hashlib.sha256((ROOT / "requirements" / f"{kind}.txt").read_bytes()).hexdigest()
    return f"{ROOT} {digest}"


def is_current(kind: str) -> bool:
    """Whether `.venv` already holds these requirements; the development set includes the other."""
    kinds = ("run", "dev") if kind == "run" else ("dev",)
    stamps = {name: VENV / f"firstline-{name}.stamp" for name in kinds}
    return PYTHON.exists() and any(
        stamp.exists() and stamp.read_text(encoding="utf-8") == wanted_stamp(name) for name, stamp in stamps.items()
    )


def set_up(kind: str) -> None:
    """Bring `.venv` to the requirements `run` or `dev`, and compile what the program reads."""
    if not is_current(kind):
        uv = shutil.which("uv")
        create_venv(uv=uv)
        for stamp in VENV.glob("firstline-*.stamp"):
            stamp.unlink()
        install(ROOT / "requirements" / f"{kind}.txt", uv=uv)
        (VENV / f"firstline-{kind}.stamp").write_text(wanted_stamp(kind), encoding="utf-8")
    run(
        PYTHON,
        "-m",
        "firstline.cli.catalogues",
        failing="The catalogues of the languages could not be compiled; the reason stands above.",
    )


def become(*command: str | Path) -> None:
    """Replace this process, so that signals and the exit code are the program's own."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(str(command[0]), [str(part) for part in command])


def port_number(text: str) -> int:
    """A TCP port from 1 to 65535."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port; use a number from 1 to 65535")
    return int(text)


def demo(options: argparse.Namespace, rest: list[str]) -> None:
    """Start a demo desk in the foreground."""
    if rest:
        raise Refusal(f"demo does not know {' '.join(rest)}.", code=WRONG_USE)
    require_free_port(options.host, options.port)
    set_up("run")
    become(VENV / "bin" / "firstline", "demo", "--host", options.host, "--port", str(options.port))


def test(_options: argparse.Namespace, rest: list[str]) -> None:
    """Run the tests; further arguments are pytest's."""
    set_up("dev")
    become(PYTHON, "-m", "pytest", *rest)


def bench(_options: argparse.Namespace, rest: list[str]) -> None:
    """Run one benchmark; further arguments are its own."""
    names = sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py"))
    if not rest or rest[0] not in names:
        raise Refusal(f"Name a benchmark: {', '.join(names)}.", code=WRONG_USE)
    set_up("dev")
    become(PYTHON, "-m", f"bench.{rest[0]}", *rest[1:])


def parser() -> argparse.ArgumentParser:
    """The three commands; everything else is `firstline` inside `.venv`."""
    result = argparse.ArgumentParser(prog="run.py", description=__doc__, allow_abbrev=False)
    commands = result.add_subparsers(dest="command", required=True, metavar="demo|test|bench")
    for deed in (demo, test, bench):
        command = commands.add_parser(
            deed.__name__, help=deed.__doc__, description=deed.__doc__, add_help=deed is demo, allow_abbrev=False
        )
        command.set_defaults(deed=deed)
        if deed is demo:
            command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
            command.add_argument("--port", type=port_number, default=8000, help="port to listen on (8000)")
    return result


def main(arguments: list[str]) -> int:
    """Carry out one command; the exit code is 0, 64 (wrong use) or 69 (something is missing)."""
    try:
        require_python(sys.version_info)
        options, rest = parser().parse_known_args(arguments)
        options.deed(options, rest)
    except Refusal as refusal:
        print(f"run.py: {refusal.sentence}", file=sys.stderr)
        return refusal.code
    except SystemExit as wrong_use:
        return WRONG_USE if wrong_use.code else 0
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
