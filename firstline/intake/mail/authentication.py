"""Whether the address in From is proved: by DMARC, as our own mail server has written it down (RFC 8601)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import idna

from firstline.intake.mail.letter import Headers

_LOCAL = frozenset({"lmtp", "lmtps", "lmtpa", "lmtpsa", "local"})
_MARKED = frozenset("()=;\\ \t\r\n")

Hop = Literal["trusted", "ours", "foreign"]


def aligned(headers: Headers, *, trusted: frozenset[str], unnamed: frozenset[str] = frozenset()) -> bool:
    """Whether a trusted server found From's domain to pass DMARC.

    `trusted` holds the authserv-ids of our own mail servers (RFC 8601, 2.2), `unnamed` the names of those
    that write results without one, as Exchange Online does (`protection.outlook.com`). Whoever writes a letter can
    write such headers into it too, so only those count that stand above what came from outside: above the
    first Received (RFC 5321, 4.4) of a server that is not ours, or, where our server writes its results
    below its own Received, the first one there. One result other than `pass` among them is enough for no.
    """
    domain = _from_domain(headers)
    ours = _Servers(_names(trusted), _names(unnamed))
    if not domain or not (ours.named or ours.unnamed):
        return False
    verdicts = []
    for value in _credible(headers, ours):
        results = _results(value, ours) or ()
        verdicts += [each.passed for each in results if each.domain == domain or not each.passed]
    return bool(verdicts) and all(verdicts)


@dataclass(frozen=True, slots=True)
class _Servers:
    """Our mail servers: those that sign their results with a name, and those that do not."""

    named: frozenset[str]
    unnamed: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Dmarc:
    passed: bool
    domain: str


def _from_domain(headers: Headers) -> str:
    """From's domain in ASCII; '' unless there is exactly one From header with an address."""
    if len(headers.all("from")) != 1 or headers.sender is None:
        return ""
    return _ascii(headers.sender.email.rpartition("@")[2])


def _credible(headers: Headers, ours: _Servers) -> Iterator[str]:
    """Authentication-Results, raw, that nobody outside can have written."""
    raw = iter(headers.authentication)
    border = False
    found = False
    for name, value in headers.fields:
        if name == "received":
            hop = "foreign" if border else _hop(value, ours.named | ours.unnamed)
            if hop == "foreign" or (hop == "trusted" and found):
                return
            border = hop == "trusted"
        elif name == "authentication-results":
            # The raw value: a decoded one could hold what was an encoded word and is now a result.
            result = next(raw, "")
            if _results(result, ours) is None:
                continue
            yield result
            found = True
            if border:
                return


def _hop(value: str, trusted: frozenset[str]) -> Hop:
    """Whose server wrote this Received.

    `trusted` by its name; `ours` if it is a neighbour by name or the letter did not come by SMTP (no `from`,
    or handed over by LMTP, RFC 3848); everything else is `foreign`. What stands after `from` and in comments
    is the sender's own word and decides nothing.
    """
    parts = _parts(value)
    if not parts:
        return "foreign"
    words = [word.lower() for word in parts[0]]
    came_from = words[:1] == ["from"]
    rest = words[2:] if came_from else words
    if words and (rest[:1] != ["by"] or len(rest) < 2):
        return "foreign"
    by = _ascii(rest[1]) if rest else ""
    if any(by == entry or by.endswith(f".{entry}") for entry in trusted):
        return "trusted"
    by_hand = not came_from or (rest[2:3] == ["with"] and bool(_LOCAL.intersection(rest[3:4])))
    neighbour = any(by.endswith(f".{parent}") for parent in map(_parent, trusted) if parent)
    return "ours" if by_hand or neighbour else "foreign"


def _parent(name: str) -> str:
    """The domain above a host name, if it is not one under which strangers have theirs (`org`)."""
    above = name.partition(".")[2]
    return above if "." in above else ""


def _results(value: str, ours: _Servers) -> tuple[_Dmarc, ...] | None:
    """The DMARC results of one header; None if it is not one of our servers' or cannot be read."""
    parts = _parts(value)
    if len(parts) < 2 or not parts[0]:
        return None
    nameless = "=" in parts[0][0] and bool(ours.unnamed)
    if not nameless and _ascii(parts[0][0]) not in ours.named:
        return None
    return tuple(found for part in parts if (found := _dmarc(part)) is not None)


def _dmarc(words: list[str]) -> _Dmarc | None:
    """`dmarc=pass … header.from=example.org` (RFC 8601, 2.2, and RFC 7489, 11.1)."""
    pairs = [word.lower().split("=", 1) for word in words if "=" in word]
    if not pairs or pairs[0][0].partition("/")[0] != "dmarc":
        return None
    domains = [value for key, value in pairs[1:] if key == "header.from"]
    domain = _ascii(domains[0].rpartition("@")[2]) if len(domains) == 1 else ""
    return _Dmarc(passed=pairs[0][1] == "pass", domain=domain)


def _parts(value: str) -> list[list[str]]:
    """A structured header as words, parted at `;`; comments are dropped, and a broken one gives nothing.

    What a quoted string holds cannot part or join words: marks with a meaning become `?` in it.
    """
    kept: list[str] = []
    depth = 0
    quoted = False
    escaped = False
    for mark in value:
        if escaped:
            escaped = False
            if quoted:
                kept.append("?" if mark in _MARKED else mark)
        elif mark == "\\" and (quoted or depth):
            escaped = True
        elif mark == '"' and not depth:
            quoted = not quoted
        elif quoted:
            kept.append("?" if mark in _MARKED else mark)
        elif mark == "(":
            depth += 1
        elif mark == ")" and depth:
            depth -= 1
            kept.append(" ")
        elif not depth:
            kept.append(mark)
    if quoted or depth:
        return []
    text = "".join(kept)
    return [_words(part) for part in text.split(";")]


def _words(part: str) -> list[str]:
    text = " ".join(part.split())
    for mark in "=/":
        text = text.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return text.split()


def _names(entries: frozenset[str]) -> frozenset[str]:
    return frozenset(_ascii(entry.strip()) for entry in entries if entry.strip())


def _ascii(name: str) -> str:
    """A domain in lower case and ASCII (RFC 5891), or as it is if it is none."""
    plain = name.lower().rstrip(".")
    if plain.isascii():
        return plain
    try:
        return idna.encode(plain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return plain
