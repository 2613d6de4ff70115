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

_URL: Final = re.compile(r"<?\bhttps?://[^\s>]{1,2000}>?")
_CODE: Final = re.compile(r"(?<![\w.])[245]\d\d[- ][#'(\[]?(?:[245]\.\d{1,3}\.\d{1,3}\b)?")
_WORDS: Final = 4000

# A refusal of one of these commands is a refusal of what the command carried (RFC 5321 §3.3).
_COMMAND: Final = re.compile(
    r"(?:in reply to|response to|after|following|our|for|\[|smtp:|command:?|\() ?(?:pipelined |sending )?(end of data|initial connection|rcpt|mail[ _]from|mail|data|text|ehlo|helo)\b"
    r"|(does not like recipient)|(does not like sender)|(after i sent the message)|(name was rejected)"
)
_TOLD: Final = re.compile(r">>> ?(rcpt|mail|data|ehlo|helo|\.)[^\n]{0,400}\n(?:[^<\n][^\n]{0,400}\n){0,5}<<< [45]\d\d")

_Table = tuple[tuple[str, "re.Pattern[str]"], ...]


def _table(*rows: tuple[str, Sequence[str]]) -> _Table:
    return tuple((reason, re.compile("|".join(f"(?:{phrase})" for phrase in phrases))) for reason, phrases in rows)


# The first row that matches decides; what is told more exactly stands above what is told in passing.
_STRONG: Final = _table(
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
    ("spamdetected", policy.SPAMDETECTED),
    ("mailererror", system.MAILERERROR),
    ("hasmoved", recipient.HASMOVED),
    ("networkerror", system.NAMESERVICE),
    ("notaccept", recipient.NOTACCEPT),
    ("unknown", (recipient.USERUNKNOWN[6 - 1],)),
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


def reason_of(notice: Notice, *, status: str) -> str:
    """The reason name of one recipient's failure (names as Sisimai's, see the package).

    Order: exact wording, exact code (RFC 3463), weaker wording, wording of the text around, likely code,
    SMTP reply code; `onhold` if there were words that nobody understood, `undefined` if there were none.
    """
    if notice.action in ("delivered", "relayed", "expanded"):
        return "delivered"
    words = plain(notice.words)
    command = command_in(notice.words) or command_in(notice.context)
    found = _first(_STRONG, words) or codes.exact(status) or _code_of_recipient(words, status) or _first(_WEAK, words)
    if not found and notice.context:
        around = plain(notice.context)
        found = _first(_STRONG, around) or codes.likely(status) or _first(_WEAK, around)
    if found == "unknown":
        return _unknown(status, command, codes.reply_in(notice.words))
    found = found or codes.likely(status) or codes.BY_REPLY.get(codes.reply_in(notice.words), "")
    if not found and notice.action == "delayed":
        return "expired"
    return found or ("onhold" if re.search(r"[^\W\d_]{3}", words) else "undefined")


def plain(text: str) -> str:
    """Lower case, single blanks, without links, addresses and codes: what is left are the words."""
    text = _URL.sub(" ", text[:_WORDS].lower())
    text = ADDRESS.sub("", text)
    return " ".join(_CODE.sub(" ", text).replace("<>", " ").split())


def command_in(text: str) -> str:
    """The SMTP command that was refused (rcpt, mail, data, connect), as far as the text tells, or ''."""
    low = text[:_WORDS].lower()
    told = _TOLD.search(low)
    if told is not None:
        return {"mail": "mail", "rcpt": "rcpt", "data": "data", ".": "data"}.get(told.group(1), "connect")
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


def _code_of_recipient(words: str, status: str) -> str:
    """X.1.1 is as good as a wording if the words say nothing of their own."""
    return "unknown" if status[2:] in ("1.1",) and words is not None else ""


def _unknown(status: str, command: str, reply: str) -> str:
    """`userunknown`, or `filtered` where the recipient was turned down only after the address had been taken.

    A server that refuses the address itself does so at RCPT or with X.1.x; one that says so after DATA, or
    with X.2.x, has looked at more than the address.
    """
    if status[2:4] == "1." or command == "rcpt" or not reply:
        return "userunknown"
    return "filtered"


_DELAY: Final = re.compile(
    r"will (?:be (?:re)?tried|(?:continue|keep)\b[^.]{0,20}\b(?:try|attempt|deliver))|attempts? will continue|still being retried"
    r"|warning (?:message )?only|(?:has been|been|is|was) delayed|do not need to resend|not yet (?:been )?delivered"
)


def is_delay(notice: Notice) -> bool:
    """Whether the report says in words that the server goes on trying."""
    return _DELAY.search(plain(f"{notice.words[:1500]}\n{notice.context[:2000]}")) is not None
