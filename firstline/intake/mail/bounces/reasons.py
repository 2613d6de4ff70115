"""Decides why a message was not delivered, from the words of a reply and its codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from . import codes
from . import phrases_policy as policy
from . import phrases_recipient as recipient
from . import phrases_system as system
from .dialogue import command_in
from .notice import ADDRESS, Notice

_URL: Final = re.compile(r"<?\bhttps?://([^\s>/]{1,255})[^\s>]{0,2000}>?")
_CODE: Final = re.compile(
    r"(?<![\w.])[245]\d\d[- ][#'(\[]?(?:[245]\.\d{1,3}\.\d{1,3}\b)?"
    r"|(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.])|(?<![\w.])[245]\d\d(?=:)"
)
_WORDS: Final = 4000

_PARAGRAPH: Final = re.compile(r"\n[ \t>]{0,20}\n")

_DELAY: Final = re.compile(
    r"will (?:be (?:re)?tried|(?:continue|keep)\b[^.]{0,20}\b(?:try|attempt|deliver))"
    r"|attempts? will continue|still being retried"
    r"|warning (?:message )?only|(?:has been|been|is|was) delayed|do not need to resend"
    r"|not yet (?:been )?delivered"
)

_Table = tuple[tuple[str, "re.Pattern[str]"], ...]


def _table(*rows: tuple[str, Sequence[str]]) -> _Table:
    return tuple((reason, re.compile("|".join(f"(?:{phrase})" for phrase in phrases))) for reason, phrases in rows)


# The first row that matches decides; what is told more exactly stands above what is told in passing.
_EXACT: Final = _table(
    ("speeding", policy.OVERSENT),
    ("mailboxfull", recipient.MAILBOXFULL),
    ("mesgtoobig", recipient.MESGTOOBIG),
    ("exceedlimit", recipient.EXCEEDLIMIT),
    ("suspend", recipient.SUSPEND),
    ("norelaying", policy.NORELAYING),
    ("contenterror", system.REPEATED),
    ("authfailure", policy.AUTHFAILURE),
    ("requireptr", policy.REQUIREPTR),
    ("notcompliantrfc", policy.NOTCOMPLIANTRFC),
    ("badreputation", policy.BADREPUTATION),
    ("virusdetected", policy.VIRUSDETECTED),
    ("filtered", recipient.REFUSES),
    ("blocked", policy.BLOCKED),
    ("toomanyconn", policy.TOOMANYCONN),
    ("speeding", policy.SPEEDING),
    ("policyviolation", policy.DANGEROUS),
    ("spamdetected", policy.SPAMDETECTED),
    ("mailererror", system.MAILERERROR),
    ("hasmoved", recipient.HASMOVED),
    ("networkerror", system.NAMESERVICE),
    ("expired", system.OVERDUE),
)
_PLAIN: Final = _table(
    ("notaccept", recipient.NOTACCEPT),
    ("userunknown", recipient.NOTLISTED),
    ("policyviolation", policy.POLICY),
    ("securityerror", policy.UNAUTHORISED),
    ("rejected", policy.REJECTED),
    ("hostunknown", recipient.HOSTUNKNOWN),
    ("unknown", recipient.USERUNKNOWN),
    ("filtered", recipient.FILTERED),
    ("policyviolation", policy.POLICYVIOLATION),
    ("onhold", system.ONHOLD),
)
_WEAK: Final = _table(
    ("systemfull", system.SYSTEMFULL),
    ("networkerror", system.NETWORKERROR),
    ("syntaxerror", system.SYNTAXERROR),
    ("contenterror", system.CONTENTERROR),
    ("expired", system.EXPIRED),
    ("securityerror", system.SECURITYERROR),
    ("systemerror", system.SYSTEMERROR),
    ("denied", policy.DENIED),
)


# What a refusal means depends on the command refused: before MAIL it is our host that is unwelcome, at MAIL
# our sender.
_AT_COMMAND: Final[dict[str, dict[str, str]]] = {
    "": {"connect": "blocked", "mail": "rejected"},
    "denied": {"connect": "blocked", "mail": "rejected"},
    "expired": {"connect": "blocked"},
    "unknown": {"mail": "rejected"},
    "hostunknown": {"connect": "blocked", "mail": "rejected"},
    "rejected": {"connect": "blocked"},
    "systemerror": {"connect": "blocked"},
    "securityerror": {"connect": "blocked"},
}
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")

_LOCAL: Final = _table(("mailererror", (r"^x-unix; ?\d{1,3}$",)))


def reason_of(notice: Notice, *, status: str) -> str:
    """The reason name of one recipient's failure (names as Sisimai's, see the package).

    Order: exact wording, exact code (RFC 3463), weaker wording, wording of the text around, likely code,
    SMTP reply code; `onhold` if there were words that nobody understood, `undefined` if there were none.
    """
    if notice.action in ("delivered", "deliverable", "relayed", "expanded") or status.startswith("2."):
        return "delivered"
    found = _wording(notice, status)
    reply = codes.reply_in(notice.words)
    command = command_in(notice.words) or command_in(notice.context)
    if command in _AT_COMMAND.get(found, {}) and not (found == "expired" and reply[:1] != "5"):
        return _AT_COMMAND[found][command]
    if found == "denied":
        return "securityerror" if status[2:4] == "7." else "rejected"
    if found == "unknown":
        return _unknown(status, command, reply, notice.category)
    return found or _by_code(notice, status, reply)


def _wording(notice: Notice, status: str) -> str:
    """What the words say: the server's answer first, then all words, then the text around; '' if nothing."""
    words = plain(notice.words)
    answer = plain(answer_in(notice.words))
    found = (_told(answer, status) if answer else "") or _told(words, status) or codes.surely(status)
    if not found and notice.context:
        around = plain(notice.context)
        found = _first(_EXACT, around) or _first(_PLAIN, around)
        found = found or _first(_LOCAL, words) or codes.likely(status) or _first(_WEAK, around)
    if found == "mesgtoobig" and status.endswith(".2.3") and "exceed" in words:
        return "exceedlimit"
    return found or _first(_LOCAL, words)


def _by_code(notice: Notice, status: str, reply: str) -> str:
    found = codes.CATEGORIES.get(notice.category, "") or codes.likely(status) or codes.BY_REPLY.get(reply, "")
    if not found and notice.action == "delayed":
        return "expired"
    return found or ("onhold" if _LETTERS.search(plain(notice.words) or notice.context) else "undefined")


def answer_in(words: str) -> str:
    """The refusing server's own answer: the words from its first reply code on (RFC 5321 §4.2), or ''.

    What stands before is the reporter's introduction, in which host and command are named.
    """
    match = codes.REFUSAL.search(words[:_WORDS]) or codes.STATED.search(words[:_WORDS])
    return _PARAGRAPH.split(words[match.start() : _WORDS], maxsplit=1)[0] if match is not None else ""


def _told(words: str, status: str) -> str:
    return _first(_EXACT, words) or codes.exact(status) or _first(_PLAIN, words) or _first(_WEAK, words)


def plain(text: str) -> str:
    """Lower case, single blanks, without links, addresses and codes: what is left are the words."""
    text = _URL.sub(r" \1 ", text[:_WORDS].lower())
    text = ADDRESS.sub("", text).replace("rfc822;", " ").replace("<>", " ")
    return " ".join(_CODE.sub(" ", text).split())


def _first(table: _Table, text: str) -> str:
    return next((reason for reason, pattern in table if pattern.search(text)), "") if text else ""


def _unknown(status: str, command: str, reply: str, category: str) -> str:
    """`userunknown`, or `filtered` where the recipient was turned down only after the address had been taken.

    A server that refuses the address itself does so at RCPT or with X.1.x; one that says so after DATA, or
    with X.2.x, has looked at more than the address.
    """
    if status[2:4] in ("1.", "5.") or command == "rcpt" or category == "bad-mailbox" or not reply:
        return "userunknown"
    return "filtered"


def is_delay(notice: Notice) -> bool:
    """Whether the report says in words that the server goes on trying."""
    return _DELAY.search(plain(f"{notice.words[:1500]}\n{notice.context[:2000]}")) is not None
