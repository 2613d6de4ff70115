"""Finds recipients and the words about them in delivery reports that are written as plain prose."""

from __future__ import annotations

import re
from typing import Final

from .notice import ADDRESS, MOST, Notice, lines_of

# A line behind which the returned message stands: a rule of dashes or a sentence that names it.
RETURNED: Final = re.compile(
    r"(?:original|returned|unsent|undelivered|copy of (?:the|your)|failed|rejected) (?:e-?mail |mail )?"
    r"(?:message|mail|letter)(?: (?:header|text|info)s?)?(?:,| follows?| \w+ header|:|\s*-{2,}|\s*$)"
    r"|(?:message|mail)(?: text| headers?)? follows?\b"
    r"|header of the original|copy of the (?:message|original|mail)|below this line"
    r"|(?:copy|part|beginning|text) of (?:the|your) (?:original |returned )?(?:message|mail)"
    r"|^[-*= ]{3,}.{0,30}(?:original|returned|unsent)",
    re.IGNORECASE,
)
TRACE: Final = re.compile(r"(?:received|return-path|dkim-signature|x-received|x-originating-ip) ?:", re.IGNORECASE)

# A line that begins with the address it speaks of, or with a label or quotation mark before it.
OPENING: Final = re.compile(
    r"\s{0,12}(?:(?:[-*#]{1,3}|>{3}(?! ?rcpt)) {0,2})?"
    r"(?:(?:failed |final |original )?(?:recipient|address|mailbox|user"
    r"|rcpt to)s? {0,2}:)?"
    r"\s{0,4}[<\"'(]{0,2}(?:mailto:|smtp:|rfc822;)?",
    re.IGNORECASE,
)
SPEAKS: Final = re.compile(
    r"deliver|undeliver|fail|reject|mailbox|unknown|not (?:be )?(?:sent|found|exist|known)|recipient"
    r"|rcpt to|bounce"
    r"|unable|could ?n.?t|returned|error|refused|full|quota|exceed|exist|invalid|denied|no such|blocked"
    r"|[45]\d\d[ -]",
    re.IGNORECASE,
)
SENDING: Final = re.compile(r"\bmail from ?:", re.IGNORECASE)
HELP: Final = re.compile(
    r"contact|assist|questions?\b|help|support|send (?:e-?)?mail to|report (?:this|to)|^\s*(?:from|cc"
    r"|reply-to|sender|subject|message-id)\b|mail from"
    r"|^\s*to ?:[^@]{0,80}@[^\s>]{1,200}>?\s*$",
    re.IGNORECASE,
)


def report_of(text: str) -> str:
    """The part of a text that is the report itself, without the message it gives back."""
    lines = lines_of(text)
    kept: list[str] = []
    seen = False
    for line in lines:
        bare = line.lstrip("> \t")
        if kept and TRACE.match(bare) and seen:
            break
        if seen and len(bare) < 120 and RETURNED.search(bare) and not _names_one(bare):
            break
        seen = seen or bool(bare)
        kept.append(bare if line.startswith(">") and not line.startswith(">>>") else line)
    return "\n".join(kept)


def notices_in(report: str, known: frozenset[str]) -> tuple[Notice, ...]:
    """One notice for each recipient a prose report speaks of, with the lines up to the next one as words.

    First the lines that open with an address (as Postfix, qmail, Exim, Sendmail and many more write);
    where there is none, addresses inside a sentence that tells of a failure. `known` are recipients that
    the headers name: where there are some, no other address counts.
    """
    lines = report.split("\n")
    opened = _opened(lines, known)
    if not opened:
        opened = _mentioned(lines, known)
    notices = []
    stops = [place for _, place in opened[1:]] + [len(lines)] * bool(opened)
    words: dict[str, list[str]] = {}
    for (address, start), stop in zip(opened, stops, strict=True):
        words.setdefault(address, []).append("\n".join(lines[start:stop]))
    # Where several recipients are named, only what stands before the first is said of all of them.
    context = report if len(words) == 1 else "\n".join(lines[: opened[0][1]]) if opened else ""
    for address, blocks in list(words.items())[:MOST]:
        notices.append(Notice(recipient=address, words="\n".join(blocks), context=context))
    return tuple(notices)


def _names_one(line: str) -> bool:
    return "@" in line and ADDRESS.search(line) is not None


def _opened(lines: list[str], known: frozenset[str]) -> list[tuple[str, int]]:
    found = []
    senders = _senders(lines)
    for place, line in enumerate(lines):
        if "@" not in line:
            continue
        opening = OPENING.match(line)
        start = opening.end() if opening else 0
        match = ADDRESS.match(line, start)
        if match is not None and _counts(match.group().lower(), known, senders):
            found.append((match.group().lower(), place))
    return found


def _mentioned(lines: list[str], known: frozenset[str]) -> list[tuple[str, int]]:
    found = []
    senders = _senders(lines)
    for place, line in enumerate(lines):
        if "@" not in line:
            continue
        around = " ".join(lines[max(0, place - 2) : place + 2])
        if HELP.search(line) or not SPEAKS.search(around):
            continue
        match = ADDRESS.search(line)
        if match is not None and _counts(match.group().lower(), known, senders):
            found.append((match.group().lower(), place))
    return found


def _senders(lines: list[str]) -> frozenset[str]:
    """Addresses given as MAIL FROM in a transcript: never the recipient that failed."""
    found = (ADDRESS.search(line) for line in lines if "@" in line and SENDING.search(line))
    return frozenset(match.group().lower() for match in found if match is not None)


def _counts(address: str, known: frozenset[str], senders: frozenset[str]) -> bool:
    return address in known if known else address not in senders
