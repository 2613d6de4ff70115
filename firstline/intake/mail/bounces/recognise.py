"""Tells a delivery report (bounce, delay or success notice) from other mail."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Letter

from . import events
from .fields import FIELD
from .notice import lines_of

STATUS_TYPES: Final = ("message/delivery-status", "message/global-delivery-status")
DAEMON: Final = re.compile(
    r"mailer[-_ ]?daemon|mail[-_ ]?(?:er )?deliver\w*|mdaemon|mail (?:system"
    r"|administrator)|delivery (?:sub)?system|smtp gateway|\bbounces?\b",
    re.IGNORECASE,
)
POSTMASTER: Final = re.compile(r"post[-_ ]?master", re.IGNORECASE)
TRACE: Final = re.compile(r"^[> \t]{0,8}(?:received|return-path) ?:", re.IGNORECASE | re.MULTILINE)
# What a mail system writes first; a person who answers or passes on writes Re: or Fwd: before it.
SET_SUBJECT: Final = re.compile(
    r"\W{0,3}(?:\[?postmaster\]? )?(?:un(?:deliver|distribut)\w*|returned mail|failure notice"
    r"|mail (?:system error|delivery fail)"
    r"|deliver\w* (?:status|fail|notif|report)|non-?deliver\w*|email delivery fail|mail could not"
    r"|unzustellbar)",
    re.IGNORECASE,
)
SUBJECT: Final = re.compile(
    r"\b(?:un|non)[- ]?deliver\w*|deliver(?:y|ed)?\b.{0,30}\b(?:fail\w*|status|delay\w*|error|problem"
    r"|report|notification|unable|not)"
    r"|(?:fail\w*|error|unable|problem|could not|can(?:not|'t)|not|delay\w*)\b.{0,30}\b(?:deliver\w*"
    r"|send\w*|sent)\b|failure notice|delivery failure|returned (?:mail|to sender|message)"
    r"|returning (?:message|mail) to sender"
    r"|(?:mail|message)\b.{0,20}\b(?:fail(?:ed|ure)|returned|error)|mail system error|\bbounced?\b"
    r"|\bdelayed (?:mail|message)|\b(?:mail|message)\b.{0,60}\bdelayed|rejected (?:mail|message)"
    r"|unzustellbar|nicht zugestellt|non (?:remis|distribu|d[eé]livr)\w*|no se (?:puede"
    r"|ha podido) entregar|mancata consegna|não entregue|onbestelbaar|niet (?:bezorgd|afgeleverd)"
    r"|не ?доставлен\w*|недоставлен\w*|не вдалося доставити|niedostarczon\w*|kézbesíthetetlen"
    r"|nem kézbesíthető|kunne ikke leveres|ikke levert|kunde inte levereras|недоставен"
    r"|配信(?:でき|不能|エラー)|送信できません|エラーメール|退信",
    re.IGNORECASE,
)
BODY: Final = re.compile(
    r"(?:could|can|did|was|were|has|have|been|be) ?(?:not|n't|unable to|never)(?: be"
    r"| been)? (?:deliver\w*|sent|reach\w*)|\bundeliverable\b|unable to deliver|(?:delivery|message"
    r"|mail)\b[^.]{0,40}\b(?:fail(?:ed|ure)|delayed|rejected)"
    r"|deliver your mail|error (?:while )?(?:deliver|send)\w*|(?:permanent|fatal|delivery"
    r"|temporary) (?:fatal )?(?:errors?|failures?|problems?)|transcript of session"
    r"|mailbox (?:is )?(?:full|exceeds)|returned (?:message|mail)|unsent message|did not reach"
    r"|rejected (?:recipient|by)"
    r"|(?:user|account|host|recipient|mailbox|domain)\b.{0,20}\b(?:unknown|disabled|not found|no such"
    r"|suspended)|(?:unknown|no such) (?:user|host|recipient|address)"
    r"|technical (?:details|report)|conversation with|was rejected|you are not (?:a )?member"
    r"|failed addresses|failure reasons|error (?:following|while)|not (?:be )?zugestellt|送信できま|配信でき"
    r"|не может быть доставлено",
    re.IGNORECASE,
)
REPLY_LINE: Final = re.compile(r"(?:^|[\s:;\[<'(])[45](?:[0-5]\d[ -]|\.\d{1,3}\.\d{1,3} )", re.MULTILINE)
_RETURNED: Final = ("message/rfc822", "text/rfc822-headers", "text/rfc822-header", "message/partial")
_HEAD: Final = 6000


def is_report(letter: Letter) -> bool:
    """Whether a letter is a delivery report.

    By structure: a part of type message/delivery-status (RFC 3464, RFC 6533), or multipart/report of type
    delivery-status (RFC 6522). Else by signs that must come together, since a person may write about
    bounces: who sent it (null sender, daemon), what the subject says, what the text says, and whether a
    message came back.
    """
    if any(part.type in STATUS_TYPES for part in letter.parts):
        return True
    kind = letter.headers.first("content-type").lower()
    if kind.startswith("multipart/report"):
        return "delivery-status" in kind or (
            "report-type" not in kind and bool(SUBJECT.search(letter.headers.subject))
        )
    if letter.headers.first("x-failed-recipients"):
        return True
    if letter.text[:200].lstrip().startswith("{") and events.notices_in(letter.text):
        return True
    needed = _needed(letter)
    return needed > 0 and _signs(letter) >= needed


def _needed(letter: Letter) -> int:
    """How many signs make a report of it, by who sent it; 0 for a sender who is nobody's mail system.

    A daemon or no sender at all: two. A postmaster may be a person, and a null sender (RFC 5321 §4.5.5) may
    be a person's vacation notice: three.
    """
    headers = letter.headers
    written = (headers.first("from") or headers.first("sender"))[:1000]
    if not headers.first("from").strip(" <>") or DAEMON.search(written):
        return 2
    null = headers.return_path is not None and headers.return_path.strip() in ("", "<>", "MAILER-DAEMON")
    return 3 if null or POSTMASTER.search(written) else 0


def _signs(letter: Letter) -> int:
    """How many signs of a report the letter bears; a message that came back and a set subject weigh more."""
    text = letter.text[:_HEAD]
    returned = any(part.type in _RETURNED for part in letter.parts) or TRACE.search(text) is not None
    said = (
        SUBJECT.search(letter.headers.subject[:1000]) is not None,
        BODY.search(text) is not None,
        "@" in text and REPLY_LINE.search(text) is not None,
        sum(1 for line in lines_of(text) if FIELD.match(line)) >= 2,
    )
    if not any(said):
        return 0
    return sum(said) + 2 * returned + (SET_SUBJECT.match(letter.headers.subject[:1000]) is not None)
