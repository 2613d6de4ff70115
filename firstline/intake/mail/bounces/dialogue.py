"""Finds the SMTP command that a server refused, since a refusal means something else at each command."""

from __future__ import annotations

import re
from typing import Final

LOOK: Final = 4000

# What a reporter says in words of the place in the session.
_SAID: Final = re.compile(
    r"(?:\b(?:in reply to|response to|after|following|our|for|smtp:|command:?)|\[|\() ?(?:pipelined "
    r"|sending )?"
    r"(end of data|initial connection|rcpt|mail[ _]from|mail|data|text|ehlo|helo)(?![a-z])"
    r"|(does not like recipient|recipient was rejected)|(does not like sender|sender was rejected)"
    r"|(after i sent the message)"
    r"|(name was rejected|refused to talk to me)"
)
# The lines of a transcript: what was sent, what came back, and where a session begins.
_SENT: Final = re.compile(r"[ \t>]{0,8}(?:>>>|in:|sent\W{1,6}|<<<(?= ?[a-z])) ?(rcpt|mail|data|ehlo|helo|\.(?=\s|$))")
_CAME: Final = re.compile(r"[ \t>]{0,8}(?:<<<|out:|received\W{1,6}|>>>(?= ?[45]\d\d)) ?[45]\d\d")
_PLACES: Final = {"rcpt": "rcpt", "mail": "mail", "data": "data", ".": "data"}


def command_in(text: str) -> str:
    """The SMTP command that was refused (rcpt, mail, data, connect), as far as the text tells, or ''.

    `connect` is everything before MAIL (RFC 5321 §3.1, §3.2). A transcript is asked before words.
    """
    low = text[:LOOK].lower()
    return _in_transcript(low) or _in_words(" ".join(low.split()))


def _in_transcript(low: str) -> str:
    last = ""
    for line in low.split("\n"):
        if "while talking to" in line:
            last = "connect"
            continue
        sent = _SENT.match(line)
        if sent is not None:
            last = _PLACES.get(sent.group(1), "connect")
        elif last and _CAME.match(line):
            return last
    return ""


def _in_words(low: str) -> str:
    match = _SAID.search(low)
    if match is None:
        return ""
    word, recipient, sender, sent, _ = match.groups()
    if recipient or word == "rcpt":
        return "rcpt"
    if sender or (word or "").startswith("mail"):
        return "mail"
    return "data" if sent or word in ("data", "text", "end of data") else "connect"
