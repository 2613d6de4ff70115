"""Keep the processes of Firstline running: start them, restart what dies, stop them together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

UNAVAILABLE = 69
REFUSALS = frozenset({64, 78})
"""Exit codes of a child that will not start however often it is tried (sysexits: usage, configuration)."""

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
HEALTHY_AFTER_S = 60.0
PATIENCE_S = 4.0
"""How long children may take to stop before they are killed; the whole tree is promised to end within 5 s."""

WATCHED = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
PARTS = frozenset({"web", "work", "mail"})
PR_SET_PDEATHSIG = 1


class Child:
    """A program to be kept running, its present process, and when it may be started again."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = tuple(command)
        self.process: subprocess.Popen[bytes] | None = None
        self.due_at = 0.0
        self._started_at = 0.0
        self._deaths = 0

    def start(self, *, now: float) -> None:
        """Start it in a session of its own, so that Ctrl+C reaches the supervisor alone."""
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_prepare_child
        )
        self._started_at = now

    def note_death(self, *, now: float) -> float:
        """Return the pause before the next start in seconds: doubling, short again after a healthy life."""
        self._deaths = 1 if now - self._started_at >= HEALTHY_AFTER_S else self._deaths + 1
        pause: float = min(FIRST_WAIT_S * 2 ** min(self._deaths - 1, 10), LONGEST_WAIT_S)
        self.process = None
        self.due_at = now + pause
        return pause

    def send(self, number: signal.Signals) -> None:
        """Signal the child and all that it started, if it still runs."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)


def _prepare_child() -> None:
    """In the new process: take signals again, and die with the supervisor even if that is killed."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(*, host: str, port: int, workers: int, only: frozenset[str]) -> int:
    """Serve until SIGTERM or SIGINT; the exit code is 0, 69 if the port is taken, or a child's refusal.

    `only` holds some of web, work and mail; empty means all. The first worker also fetches and listens.
    """
    parts = only or PARTS
    if "web" in parts:
        sentence = why_port_is_unusable(host, port)
        if sentence:
            _tell(sentence)
            return UNAVAILABLE
        os.environ.setdefault("FIRSTLINE_URL", address_of(host, port))
    return supervise(
        [Child(name, command) for name, command in programs(host=host, port=port, workers=workers, parts=parts)]
    )


def programs(*, host: str, port: int, workers: int, parts: frozenset[str]) -> list[tuple[str, list[str]]]:
    """Name and command of each child; a mailbox is fetched and LMTP is heard by one worker only."""
    python = [sys.executable, "-m"]
    result = []
    if "web" in parts:
        result.append(("web", [*python, "firstline.jobs.webserver", host, str(port)]))
    if "work" not in parts:
        return result + [("mail", [*python, "firstline.jobs.worker", "mail"])] * ("mail" in parts)
    for number in range(1, max(workers, 1) + 1):
        duties = ["work", "mail"] if number == 1 and "mail" in parts else ["work"]
        result.append((f"worker {number}", [*python, "firstline.jobs.worker", *duties]))
    return result


def address_of(host: str, port: int) -> str:
    """The base of links when the operator named none: where the server listens."""
    is_wildcard = not host.strip("0.:")  # all interfaces: no address that anyone could call
    name = socket.gethostname() if is_wildcard else host
    bracketed = f"[{name}]" if ":" in name else name
    return f"http://{bracketed}:{port}"


def why_port_is_unusable(host: str, port: int) -> str:
    """A sentence, or nothing if the port is free; a second granian would bind a taken one in silence."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as problem:
        return (
            f"Cannot listen on {host}:{port} ({problem}). Stop what is using it, or choose another port with --port."
        )
    return ""


def supervise(children: Sequence[Child]) -> int:
    """Start the children, restart what dies, and stop all at SIGTERM, SIGINT or a child's refusal.

    The process must have no other thread: the kernel might hand that one the signals waited for here.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    try:
        return _watch(children)
    finally:
        _stop(children)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _watch(children: Sequence[Child]) -> int:
    """Wait for signals and for pauses to end; return the exit code."""
    while True:
        now = time.monotonic()
        for child in children:
            if child.process is None and child.due_at <= now:
                child.start(now=now)
        pauses = [child.due_at - now for child in children if child.process is None]
        caught = signal.sigtimedwait(WATCHED, max(min(pauses, default=3600.0), 0.0))
        if caught is not None and caught.si_signo != signal.SIGCHLD:
            return 0
        refusal = _reap(children)
        if refusal:
            return refusal


def _reap(children: Sequence[Child]) -> int:
    """Note which children have died; return the exit code of one that refuses to start, else 0."""
    for child in children:
        code = None if child.process is None else child.process.poll()
        if code is None:
            continue
        if code in REFUSALS:
            return code
        pause = child.note_death(now=time.monotonic())
        _tell(f"{child.name} ended with exit code {code}; it starts again in {pause:g} s.")
    return 0


def _stop(children: Sequence[Child]) -> None:
    """Ask all to stop, wait for at most PATIENCE_S or a second SIGTERM or SIGINT, then kill the rest."""
    for child in children:
        child.send(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_S
    while any(child.process is not None and child.process.poll() is None for child in children):
        caught = signal.sigtimedwait(WATCHED, max(deadline - time.monotonic(), 0.0))
        if caught is None or caught.si_signo != signal.SIGCHLD:
            break
    for child in children:
        child.send(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def _tell(sentence: str) -> None:
    """One line on standard error, where the children's lines stand too."""
    sys.stderr.write(f"firstline: {sentence}\n")
    sys.stderr.flush()
