"""Recognises complaints and machine reports about mail that the desk sent."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Judgement

from .signs import Arrival

NAME: Final = "report"

_KINDS: Final = ("feedback-report", "tlsrpt", "dmarc")
_AGGREGATE: Final = re.compile(r"report domain: {0,3}\S{1,255} {0,3}submitter:", re.IGNORECASE)
_COMPLAINT: Final = re.compile(
    r"\b(?:complaint|abuse|spam) (?:about|report|feedback|notification)", re.IGNORECASE
)


def judge(arrival: Arrival) -> Judgement | None:
    """Abuse feedback (RFC 5965), TLS reports (RFC 8460), DMARC aggregate reports (RFC 7489 §7.2.1.1).

    Some providers send the complained-of message bare: a letter that is nothing but a message/rfc822 under
    a subject that says complaint.
    """
    letter = arrival.letter
    kind = letter.headers.first("content-type")[:1000].lower()
    if any(part.type == "message/feedback-report" for part in letter.parts):
        return Judgement("report", "Someone complained about a mail", NAME)
    if kind.startswith("multipart/report") and any(
        f"report-type={name}" in kind.replace('"', "") for name in _KINDS
    ):
        return Judgement("report", "Someone complained about a mail", NAME)
    subject = letter.headers.subject[:1000]
    if _AGGREGATE.match(subject):
        return Judgement("report", "A mail provider's report about our domain", NAME)
    if (
        _COMPLAINT.search(subject)
        and letter.parts
        and all(part.type == "message/rfc822" for part in letter.parts)
    ):
        return Judgement("report", "Someone complained about a mail", NAME)
    return None
