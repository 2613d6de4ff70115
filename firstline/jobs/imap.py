"""Mail in by IMAP: reads one mailbox for ever, oldest letter first, and lets go of nothing that is not stored."""

import logging
import secrets
import select
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from firstline.core.envelope import SIZE_LIMIT
from firstline.core.hosts import Lookup, look_up
from firstline.core.tls import verified_context
from firstline.jobs.imap_line import CommandRefused, ImapLine, ImapTrouble, TroubleKind, Waiting
from firstline.jobs.tokens import Secret
from firstline.notices.rules.mailbox import MailboxSettings

# RFC 2177 asks for less than 29 minutes; a line cut silently by a firewall is noticed sooner this way.
IDLE_FOR = 540.0
POLL_EVERY = 60.0
_LONGEST_PAUSE = 300.0
_BATCH = 100
_GROUP = 20
_GROUP_SIZE = 4 * 1024 * 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FetchState:
    """How it stands with a mailbox: the last complete look (aware), and the trouble now, if any."""

    last_fetch_at: datetime | None
    error: str | None = None
    kind: TroubleKind | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a mailbox's test."""

    name: str
    ok: bool
    sentence: str


class Take(Protocol):
    """Stores one letter and commits before it returns; raises if it is not stored.

    `cut_from` is None for a whole letter, else the size in bytes of one of which `raw` holds only the
    beginning, or nothing at all if the server would not hand it out.
    """

    def __call__(
        self, raw: bytes, *, uidvalidity: int, uid: int, internal_date: datetime | None, cut_from: int | None
    ) -> None: ...


class ImapFetcher:
    """Reads one mailbox.

    `last_uid` gives the greatest UID stored under a UIDVALIDITY, 0 for none: a changed UIDVALIDITY thus
    reads the folder from the beginning, and what is known already is recognised by its content. After
    `take` has returned, the letter is marked, moved or deleted as the settings say. `report` hears the state
    after each look and each trouble. `run` blocks until `stop` is called from another thread.
    """

    def __init__(
        self,
        settings: MailboxSettings,
        *,
        secret: Secret,
        take: Take,
        last_uid: Callable[[int], int],
        report: Callable[[FetchState], None],
        lookup: Lookup = look_up,
        ca_file: Path | None = None,
        poll_every: float = POLL_EVERY,
    ) -> None:
        self._settings = settings
        self._open = _opener(settings, secret=secret, lookup=lookup, ca_file=ca_file)
        self._take = take
        self._last_uid = last_uid
        self._report = report
        self._poll_every = poll_every
        self._stopping = threading.Event()
        self._wake, self._waker = socket.socketpair()
        self._state = FetchState(None)

    def run(self) -> None:
        """Fetches until stopped; after trouble it waits 1 s, 2 s, 4 s … 5 min and connects anew."""
        with self._wake, self._waker:
            self._run()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            before = self._state.last_fetch_at
            try:
                self._session()
            except ImapTrouble as trouble:
                self._tell(FetchState(self._state.last_fetch_at, trouble.sentence, trouble.kind))
            except Exception:
                log.exception("Fetching the mail of %s failed.", self._settings.address)
                sentence = "Fetching failed for a reason of our own; the log has it."
                self._tell(FetchState(self._state.last_fetch_at, sentence, "store"))
            failures = 0 if self._state.last_fetch_at != before else failures + 1
            self._sleep(pause(failures))

    def stop(self) -> None:
        """Ends `run` within a second, unless a letter is being stored; may be called from any thread."""
        self._stopping.set()
        # Closed already if `run` has ended; full never, since nobody stops a fetcher so often.
        with suppress(OSError):
            self._waker.send(b"x")

    def fetch(self) -> int:
        """One connection, one look: takes all that waits and returns how many; raises ImapTrouble."""
        line = self._open()
        try:
            connect(line)
            validity = line.select()
            last = self._last_uid(validity)
            return len(list(self._look(line, validity=validity, last=last)))
        finally:
            line.close()

    def _session(self) -> None:
        """One connection: takes what waits, then waits for more."""
        line = self._open()
        try:
            connect(line)
            validity = line.select()
            last = self._last_uid(validity)
            self._finish(line, last)
            while not self._stopping.is_set():
                for uid in self._look(line, validity=validity, last=last):
                    last = uid
                if line.knows_idle:
                    line.idle(wake=self._wake, seconds=IDLE_FOR)
                else:
                    self._sleep(self._poll_every)
        finally:
            line.close()

    def _look(self, line: ImapLine, *, validity: int, last: int) -> Iterator[int]:
        """Takes every letter above `last`, oldest first, and yields its UID once it is stored."""
        complaint: CommandRefused | None = None
        while (uids := line.uids_after(last)) and not self._stopping.is_set():
            for group in _groups(line.sizes(uids[:_BATCH])):
                for waiting, raw, cut_from in _contents(line, group):
                    self._store(raw, waiting=waiting, validity=validity, cut_from=cut_from)
                    complaint = self._finish(line, waiting.uid) or complaint
                    yield waiting.uid
                    if self._stopping.is_set():
                        return
            last = uids[:_BATCH][-1]
        now = datetime.now(UTC)
        self._tell(FetchState(now, complaint.sentence, complaint.kind) if complaint else FetchState(now))

    def _store(self, raw: bytes, *, waiting: Waiting, validity: int, cut_from: int | None) -> None:
        try:
            self._take(
                raw,
                uidvalidity=validity,
                uid=waiting.uid,
                internal_date=waiting.internal_date,
                cut_from=cut_from,
            )
        except Exception as error:
            log.exception("A letter of %s was not stored.", self._settings.address)
            sentence = "A letter could not be stored; it stays in the mailbox and is tried again."
            raise ImapTrouble("store", sentence) from error

    def _finish(self, line: ImapLine, uid: int) -> CommandRefused | None:
        """What the settings ask for after storing; also of the last stored one, after a crash in between.

        A refusal does not hold up the next letter: it is returned to be reported.
        """
        after = self._settings.after
        try:
            if uid == 0 or after == "nothing":
                return None
            if after == "delete":
                line.delete(uid)
            elif after.startswith("move:"):
                line.move(uid, after.removeprefix("move:"))
            else:
                line.mark_seen(uid)
        except CommandRefused as refusal:
            return refusal
        return None

    def _tell(self, state: FetchState) -> None:
        self._state = state
        try:
            self._report(state)
        except Exception:
            log.exception("The state of %s could not be reported.", self._settings.address)

    def _sleep(self, seconds: float) -> None:
        select.select([self._wake], [], [], seconds)


def connect(line: ImapLine) -> None:
    """All steps up to the sign-in; raises ImapTrouble."""
    line.resolve()
    line.connect()
    line.secure()
    line.sign_in()


def probe(
    settings: MailboxSettings, *, secret: Secret, lookup: Lookup = look_up, ca_file: Path | None = None
) -> list[Step]:
    """Tries a mailbox step by step (resolve, connect, tls, sign-in, folder, count) up to the first failure."""
    line = _opener(settings, secret=secret, lookup=lookup, ca_file=ca_file)()
    folder = settings.imap.folder if settings.imap else ""

    def open_folder() -> str:
        line.select()
        return f"The folder {folder} is there."

    def count() -> str:
        return f"{len(line.uids_after(0))} letters are in {folder}."

    trials = {
        "resolve": line.resolve,
        "connect": line.connect,
        "tls": line.secure,
        "sign-in": line.sign_in,
        "folder": open_folder,
        "count": count,
    }
    steps = []
    try:
        for name, trial in trials.items():
            steps.append(Step(name, ok=True, sentence=trial()))
    except ImapTrouble as trouble:
        steps.append(Step(name, ok=False, sentence=trouble.sentence))
    finally:
        line.close()
    return steps


def _opener(
    settings: MailboxSettings, *, secret: Secret, lookup: Lookup, ca_file: Path | None
) -> Callable[[], ImapLine]:
    server = settings.imap
    if server is None:
        raise ValueError(f"The mailbox {settings.address} has no IMAP server.")
    tls = verified_context(ca_file)
    return lambda: ImapLine(server, secret=secret, sign_in=settings.sign_in, lookup=lookup, tls=tls)


def _groups(letters: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    """Letters that are asked for together: few, and small together; a large one alone."""
    group: list[Waiting] = []
    size = 0
    for letter in letters:
        if group and (len(group) == _GROUP or size + letter.size > _GROUP_SIZE):
            yield group
            group, size = [], 0
        group.append(letter)
        size += letter.size
    if group:
        yield group


def _contents(line: ImapLine, group: Sequence[Waiting]) -> Iterator[tuple[Waiting, bytes, int | None]]:
    """Each letter of a group with its bytes, and its true size if they are only the beginning."""
    if len(group) == 1:
        yield from _single(line, group[0])
        return
    try:
        bodies = line.bodies([letter.uid for letter in group])
    except CommandRefused:
        # One letter that the server cannot read must not hold up the others.
        for letter in group:
            yield from _single(line, letter)
        return
    for letter in group:
        if letter.uid in bodies:
            yield letter, bodies[letter.uid], None
        else:
            yield from _single(line, letter)


def _single(line: ImapLine, letter: Waiting) -> Iterator[tuple[Waiting, bytes, int | None]]:
    """One letter; nothing if it is gone, and no bytes if the server has it but will not hand it out."""
    try:
        if letter.size > SIZE_LIMIT:
            yield letter, line.beginning(letter.uid), letter.size
            return
        found = line.bodies([letter.uid])
    except CommandRefused:
        found = {}
    if letter.uid in found:
        yield letter, found[letter.uid], None
    elif line.sizes([letter.uid]):
        yield letter, b"", letter.size


def pause(failures: int) -> float:
    """Seconds to wait: doubled with each failure up to five minutes, spread so that not all come at once."""
    longest = min(2.0 ** min(failures, 20), _LONGEST_PAUSE)
    return longest * secrets.SystemRandom().uniform(0.5, 1.0)
