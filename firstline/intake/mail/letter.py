"""What reading a letter yields: the values that pass from the parser to the flows and to explain-mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Verdict = Literal["accept", "absence", "bounce", "report", "loop", "list", "noise", "suspicious"]
BounceKind = Literal["permanent", "temporary", "delayed"]


@dataclass(frozen=True, slots=True)
class Mailaddress:
    """One address as written: `email` is lower-cased and plain, `name` is decoded and may be empty."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """One stored part. `name` is clean (no path, no bidi or control characters); `content` is decoded."""

    name: str
    type: str
    content: bytes
    content_id: str = ""
    inline: bool = False

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Bounced:
    """One recipient that a delivery report speaks of. `status` is an RFC 3463 code or ''."""

    recipient: str
    status: str
    kind: BounceKind
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What kind of letter it is, and the sentence that says why. `rule` names the file that decided."""

    verdict: Verdict
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Headers:
    """The header block, decoded. `claimed_at` is the Date header: a claim, never the clock.

    `fields` holds every header as (lower-case name, decoded value) in order, for screening;
    `authentication` the raw Authentication-Results values, topmost first.
    """

    sender: Mailaddress | None
    reply_to: tuple[Mailaddress, ...]
    to: tuple[Mailaddress, ...]
    cc: tuple[Mailaddress, ...]
    subject: str
    claimed_at: datetime | None
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    return_path: str | None = None
    authentication: tuple[str, ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of one header, in order; `name` in lower case."""
        return tuple(value for key, value in self.fields if key == name)

    def first(self, name: str) -> str:
        """The first value of one header, or ''."""
        return next((value for key, value in self.fields if key == name), "")


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree as reading found it, for the rules that look at structure (reports)."""

    type: str
    text: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as understood by `reading.read`.

    `text` is the whole readable body (also of an HTML-only mail), `html` the raw HTML body or '' (hostile!),
    `parts` every leaf in order with its text where it has one, `notes` what was cut or found odd
    (short keys such as 'cap:parts', 'charset:unknown', 'encrypted:pgp', 'signed:smime'), `sameness` the hex
    digest of From, To, Cc, Date, Subject and the decoded parts (trace headers do not count).
    """

    headers: Headers
    text: str
    html: str
    attachments: tuple[Attached, ...]
    parts: tuple[Part, ...]
    language: str | None
    sameness: str
    content_type: str = "text/plain"
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Cut:
    """A body parted in two: `reply` is what the sender wrote now, `quoted` the rest, in order; `rule` decided."""

    reply: str
    quoted: str
    rule: str
