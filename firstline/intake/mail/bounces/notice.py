"""The value in which every reader of delivery reports hands on what it found about one recipient."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

LOOK: Final = 64 * 1024
"""Characters of one text that are looked at; a report says what it has to say long before."""

MOST: Final = 50
"""Recipients taken from one report, as many as a letter may have participants."""

LINE: Final = 2000

ADDRESS: Final = re.compile(r"[^\s<>()\[\]\"',;:@`|]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a report says of one recipient: the raw words, not yet a verdict.

    `action` is an RFC 3464 action in lower case or '', `status` an RFC 3463 code or '', `words` the
    diagnostic text, `context` the text around it, to be asked only if `words` say nothing.
    """

    recipient: str
    action: str = ""
    status: str = ""
    words: str = ""
    context: str = ""
    category: str = ""

    def told_by(self, other: Notice) -> Notice:
        """This notice with its gaps filled from what another reader found about the same recipient."""
        return replace(
            self,
            action=self.action or other.action,
            status=self.status or other.status,
            words=self.words or other.words,
            context=f"{self.context}\n{other.words}\n{other.context}".strip(),
        )


def address_in(text: str) -> str:
    """The first mail address in a text in lower case, or ''."""
    if "@" not in text:
        return ""
    found = ADDRESS.search(text[:LINE])
    return found.group().lower() if found else ""


def lines_of(text: str) -> list[str]:
    """The first lines of a text, each cut to a length that no pattern can suffer from."""
    return [line[:LINE].rstrip() for line in text[:LOOK].splitlines()]
