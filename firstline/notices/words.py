"""The words of every mail that the desk sends, in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from django.utils import translation
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image"])


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject, text and HTML of one mail."""

    subject: str
    text: str
    html: str


def _page(body: str, *, marker: str, language: str) -> str:
    return (f'<!doctype html><html lang="{escape(language)}"><body style="font:15px/1.5 sans-serif;color:#1d2320">'
            f'<p style="color:#6b716d;font-size:12px">{escape(marker)}</p>{body}</body></html>')


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.strip().split("\n\n"))


def answer(*, number: int, subject: str, text: str, signature: str, language: str, marker: str) -> Wording:
    """An agent's own words. Markdown in them becomes HTML; raw HTML in them stays text."""
    title = f"Re: {subject} [#{number}]"
    whole = f"{text.strip()}\n\n-- \n{signature.strip()}\n" if signature.strip() else f"{text.strip()}\n"
    closing = _paragraphs(signature) if signature.strip() else ""
    body = _MARKDOWN.render(text.strip()) + closing
    return Wording(title, f"{marker}\n\n{whole}", _page(body, marker=marker, language=language))


def receipt(*, number: int, due: str, language: str, marker: str, desk: str) -> Wording:
    """The receipt for a new ticket, without a word of the sender's: a stranger's text never travels."""
    with translation.override(language):
        title = _("We have your request [#%(number)s]") % {"number": number}
        lines = [
            _("Hello,"),
            _("your message has reached us. It has the number #%(number)s, and a person will read it.") % {
                "number": number},
            _("You will have a first answer by %(due)s.") % {"due": due},
            _("To add something, simply answer this mail."),
            desk,
        ]
    text = "\n\n".join(lines)
    return Wording(title, f"{marker}\n\n{text}\n", _page(_paragraphs(text), marker=marker, language=language))


def forward(*, number: int, subject: str, text: str, quoted: str, language: str) -> Wording:
    """What an agent sends on to somebody outside the conversation."""
    with translation.override(language):
        title = f"Fwd: {subject} [#{number}]"
        heading = _("Forwarded from ticket #%(number)s") % {"number": number}
    whole = f"{text.strip()}\n\n---------- {heading} ----------\n{quoted.strip()}\n"
    below = f"<hr><p>{escape(heading)}</p><blockquote>{_paragraphs(quoted)}</blockquote>"
    body = _MARKDOWN.render(text.strip()) + below
    return Wording(title, whole, _page(body, marker="", language=language))
