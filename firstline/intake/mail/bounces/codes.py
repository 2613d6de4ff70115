"""Reasons by enhanced status code (RFC 3463 and its IANA registry) and by SMTP reply code (RFC 5321)."""

from __future__ import annotations

import re
from typing import Final

ENHANCED: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
REPLY: Final = re.compile(r"(?<![\d.\w/:-])([245][0-5]\d)(?=[\s\-:;,']|$)(?! ?[.:]\d)")
LOOK: Final = 4000
"""Characters of one answer that are looked at for codes."""

REFUSAL: Final = re.compile(r"(?<![\d.\w/:-])[45][0-5]\d(?:[\s\-:;]|$)")
STATED: Final = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}[ :]")
_AFTER_REPLY: Final = re.compile(r"(?<![\d.])[45][0-5]\d[ \-:]{1,3}[#'(\[]?([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")

# A code that says exactly one thing; asked before the weaker wordings.
EXACT: Final[dict[str, str]] = {
    "1.2": "hostunknown",
    "1.6": "hasmoved",
    "1.7": "rejected",
    "1.8": "rejected",
    "2.2": "mailboxfull",
    "3.1": "systemfull",
    "3.4": "mesgtoobig",
    "4.7": "expired",
    "4.6": "networkerror",
    "7.17": "hasmoved",
    "7.18": "hasmoved",
    "7.19": "hasmoved",
    "7.20": "authfailure",
    "7.21": "authfailure",
    "7.22": "authfailure",
    "7.23": "authfailure",
    "7.24": "authfailure",
    "7.25": "requireptr",
    "7.26": "authfailure",
    "7.28": "speeding",
    "7.29": "authfailure",
    "7.13": "suspend",
}

# A code that gives a direction only; asked when no wording was understood.
LIKELY: Final[dict[str, str]] = {
    "1.0": "userunknown",
    "1.1": "userunknown",
    "1.3": "userunknown",
    "1.4": "userunknown",
    "1.5": "userunknown",
    "1.9": "userunknown",
    "1.10": "notaccept",
    "2.0": "filtered",
    "2.1": "filtered",
    "2.3": "exceedlimit",
    "2.4": "filtered",
    "3.0": "systemerror",
    "3.2": "notaccept",
    "3.3": "systemerror",
    "3.5": "systemerror",
    "3.6": "systemerror",
    "4.0": "networkerror",
    "4.1": "expired",
    "4.2": "networkerror",
    "4.3": "systemerror",
    "4.4": "hostunknown",
    "4.5": "expired",
    "5.3": "toomanyconn",
    "7.27": "notaccept",
}
_BY_SUBJECT: Final = {
    "1": "userunknown",
    "2": "filtered",
    "3": "systemerror",
    "4": "networkerror",
    "5": "syntaxerror",
    "6": "contenterror",
    "7": "securityerror",
}

# The categories that some relays write into X-...-BounceCategory beside the standard fields.
CATEGORIES: Final[dict[str, str]] = {
    "bad-mailbox": "userunknown",
    "bad-domain": "hostunknown",
    "inactive-mailbox": "suspend",
    "quota-issues": "mailboxfull",
    "virus-related": "virusdetected",
    "spam-related": "spamdetected",
    "relaying-issues": "norelaying",
    "invalid-sender": "rejected",
    "no-answer-from-host": "expired",
    "routing-errors": "networkerror",
}

BY_REPLY: Final[dict[str, str]] = {
    "421": "expired",
    "452": "systemfull",
    "500": "syntaxerror",
    "501": "syntaxerror",
    "502": "syntaxerror",
    "503": "syntaxerror",
    "504": "syntaxerror",
    "521": "notaccept",
    "530": "securityerror",
    "534": "securityerror",
    "535": "securityerror",
    "551": "userunknown",
    "552": "mailboxfull",
    "553": "userunknown",
    "556": "notaccept",
}


def enhanced_in(text: str) -> str:
    """The enhanced status code a reply text carries, best the one behind the reply code; '' if none."""
    behind = _AFTER_REPLY.search(text[:LOOK])
    if behind is not None:
        return behind.group(1)
    found = [match.group() for match in ENHANCED.finditer(text[:LOOK])]
    return next((code for code in found if code[0] != "2"), found[0] if found else "")


def reply_in(text: str) -> str:
    """The first SMTP reply code of class 4 or 5 in a text, else of class 2, else ''."""
    codes = [match.group(1) for match in REPLY.finditer(text[:LOOK])]
    return next((code for code in codes if code[0] in "45"), "")


def exact(status: str) -> str:
    """The reason that a code states without doubt, or ''."""
    return EXACT.get(status[2:], "")


def surely(status: str) -> str:
    """X.1.1 is as good as a wording where the words say nothing of their own: 'unknown', or ''."""
    return "unknown" if status[2:] in ("1.1", "1.0", "1.3") else ""


def likely(status: str) -> str:
    """The reason that a code makes likely, or ''; X.0.0 and X.5.0 say nothing (RFC 3463 §3)."""
    detail = status[2:]
    if not detail or detail in ("0.0", "5.0"):
        return ""
    return LIKELY.get(detail) or _BY_SUBJECT.get(detail.partition(".")[0], "")
