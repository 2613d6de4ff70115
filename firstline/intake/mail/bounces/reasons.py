"""Decides why a message was not delivered, from the words of a reply and its codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from . import codes
from . import phrases_policy as policy
from . import phrases_recipient as recipient
from . import phrases_system as system
from .notice import ADDRESS, Notice

_URL: Final = re.compile(r"<?\bhttps?://([^\s>/]{1,255})[^\s>]{0,2000}>?")
_CODE: Final = re.compile(r"(?<![\w.])[245]\d\d[- ][#'(\[]?(?:[245]\.\d{1,3}\.\d{1,3}\b)?|(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.])|(?<![\w.])[245]\d\d(?=:)")
_WORDS: Final = 4000

# A refusal of one of these commands is a refusal of what the command carried (RFC 5321 §3.3).
_COMMAND: Final = re.compile(
    r"(?:\b(?:in reply to|response to|after|following|our|for|smtp:|command:?|in:)|\[|\() ?(?:pipelined |sending )?"
    r"(end of data|initial connection|rcpt|mail[ _]from|mail|data|text|ehlo|helo)(?![a-z])"
    r"|(does not like recipient)|(does not like sender)|(after i sent the message)|(name was rejected|refused to talk to me)"
)
_TOLD: Final = re.compile(r">>> ?(rcpt|mail|data|ehlo|helo|\.)[^\n]{0,400}\n[ \t>]{0,8}<<< ?[45]\d\d")

_GREETING: Final = re.compile(r"while talking to [^\n]{0,300}\n[ \t>]{0,8}<<< ?[45]\d\d")

_Table = tuple[tuple[str, "re.Pattern[str]"], ...]


def _table(*rows: tuple[str, Sequence[str]]) -> _Table:
    return tuple((reason, re.compile("|".join(f"(?:{phrase})" for phrase in phrases))) for reason, phrases in rows)


# The first row that matches decides; what is told more exactly stands above what is told in passing.
_EXACT: Final = _table(
    ("mailboxfull", recipient.MAILBOXFULL),
    ("mesgtoobig", recipient.MESGTOOBIG),
    ("exceedlimit", recipient.EXCEEDLIMIT),
    ("suspend", recipient.SUSPEND),
    ("norelaying", policy.NORELAYING),
    ("authfailure", policy.AUTHFAILURE),
    ("requireptr", policy.REQUIREPTR),
    ("notcompliantrfc", policy.NOTCOMPLIANTRFC),
    ("badreputation", policy.BADREPUTATION),
    ("virusdetected", policy.VIRUSDETECTED),
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
    ("filtered", recipient.REFUSES),
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
)


# What a refusal means depends on the command refused: before MAIL it is our host that is unknown or unwelcome,
# at MAIL it is our sender.
_AT_COMMAND: Final[dict[str, dict[str, str]]] = {
    "": {"connect": "blocked", "mail": "rejected"},
    "unknown": {"mail": "rejected"},
    "hostunknown": {"connect": "blocked", "mail": "rejected"},
    "rejected": {"connect": "blocked"},
    "systemerror": {"connect": "blocked"},
    "securityerror": {"connect": "blocked"},
}
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")


def reason_of(notice: Notice, *, status: str) -> str:
    """The reason name of one recipient's failure (names as Sisimai's, see the package).

    Order: exact wording, exact code (RFC 3463), weaker wording, wording of the text around, likely code,
    SMTP reply code; `onhold` if there were words that nobody understood, `undefined` if there were none.
    """
    if notice.action in ("delivered", "relayed", "expanded") or status.startswith("2."):
        return "delivered"
    words = plain(notice.words)
    command = command_in(notice.words) or command_in(notice.context)
    reply = codes.reply_in(notice.words)
    found = _told(plain(answer_in(notice.words)), status) or _told(words, status) or codes.surely(status)
    if not found and notice.context:
        around = plain(notice.context)
        found = _first(_EXACT, around) or _first(_PLAIN, around) or codes.likely(status) or _first(_WEAK, around)
    if found == "mesgtoobig" and status.endswith(".2.3") and "exceed" in words:
        return "exceedlimit"
    if found in _AT_COMMAND and command in _AT_COMMAND[found]:
        return _AT_COMMAND[found][command]
    if found == "unknown":
        return _unknown(status, command, reply)
    found = found or codes.likely(status) or codes.BY_REPLY.get(reply, "")
    if not found and notice.action == "delayed":
        return "expired"
    return found or ("onhold" if _LETTERS.search(words or notice.context) else "undefined")


def answer_in(words: str) -> str:
    """The refusing server's own answer: the words from its first reply code on (RFC 5321 §4.2), or ''.

    What stands before is the reporter's introduction, in which host and command are named.
    """
    match = codes.REFUSAL.search(words[:_WORDS])
    return words[match.start() :] if match is not None else ""


def _told(words: str, status: str) -> str:
    return _first(_EXACT, words) or codes.exact(status) or _first(_PLAIN, words) or _first(_WEAK, words)


def plain(text: str) -> str:
    """Lower case, single blanks, without links, addresses and codes: what is left are the words."""
    text = _URL.sub(r" \1 ", text[:_WORDS].lower())
    text = ADDRESS.sub("", text).replace("rfc822;", " ").replace("<>", " ")
    return " ".join(_CODE.sub(" ", text).split())


def command_in(text: str) -> str:
    """The SMTP command that was refused (rcpt, mail, data, connect), as far as the text tells, or ''."""
    low = text[:_WORDS].lower()
    told = _TOLD.search(low)
    if told is not None:
        return {"mail": "mail", "rcpt": "rcpt", "data": "data", ".": "data"}.get(told.group(1), "connect")
    if _GREETING.search(low):
        return "connect"
    match = _COMMAND.search(low)
    if match is None:
        return ""
    word, recipient_, sender, sent, _ = match.groups()
    if recipient_ or word == "rcpt":
        return "rcpt"
    if sender or (word or "").startswith("mail"):
        return "mail"
    return "data" if sent or word in ("data", "text", "end of data") else "connect"


def _first(table: _Table, text: str) -> str:
    return next((reason for reason, pattern in table if pattern.search(text)), "") if text else ""


def _unknown(status: str, command: str, reply: str) -> str:
    """`userunknown`, or `filtered` where the recipient was turned down only after the address had been taken.

    A server that refuses the address itself does so at RCPT or with X.1.x; one that says so after DATA, or
    with X.2.x, has looked at more than the address.
    """
    if status[2:4] in ("1.", "5.") or command == "rcpt" or not reply:
        return "userunknown"
    return "filtered"


_DELAY: Final = re.compile(
    r"will (?:be (?:re)?tried|(?:continue|keep)\b[^.]{0,20}\b(?:try|attempt|deliver))|attempts? will continue|still being retried"
    r"|warning (?:message )?only|(?:has been|been|is|was) delayed|do not need to resend|not yet (?:been )?delivered"
)


def is_delay(notice: Notice) -> bool:
    """Whether the report says in words that the server goes on trying."""
    return _DELAY.search(plain(f"{notice.words[:1500]}\n{notice.context[:2000]}")) is not None
