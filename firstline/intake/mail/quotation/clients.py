"""How known mail programs mark a quotation in HTML: one row a program, with what the mark means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement

Meaning = Literal["holder", "quote", "intro", "begins", "own"]


@dataclass(frozen=True, slots=True)
class ClientMark:
    """A mark of one program.

    `holder`: the element holds the introduction, then quotations (answers may stand between them); `quote`: all of
    it is quoted; `intro`: it is the introduction; `begins`: from here on everything is quoted; `own`: the writer
    set it himself.
    """

    rule: str
    meaning: Meaning
    tag: str = ""
    classes: frozenset[str] = frozenset()
    id: str = ""
    attribute: tuple[str, str] | None = None


def _classes(*names: str) -> frozenset[str]:
    return frozenset(names)


MARKS: tuple[ClientMark, ...] = (
    ClientMark("html:gmail", "intro", classes=_classes("gmail_attr")),
    ClientMark("html:gmail", "holder", tag="div", classes=_classes("gmail_quote", "gmail_quote_container")),
    ClientMark("html:thunderbird", "intro", classes=_classes("moz-cite-prefix", "moz-email-headers-table")),
    ClientMark("html:thunderbird", "begins", classes=_classes("moz-forward-container")),
    ClientMark("html:cite", "quote", tag="blockquote", attribute=("type", "cite")),
    ClientMark(
        "html:cite", "quote", tag="blockquote", classes=_classes("cite", "protonmail_quote", "tutanota_quote")
    ),
    ClientMark("html:yahoo", "quote", classes=_classes("yahoo_quoted", "yahoo-quoted-begin")),
    ClientMark("html:proton", "holder", tag="div", classes=_classes("protonmail_quote")),
    ClientMark("html:tutanota", "quote", classes=_classes("tutanota_quote")),
    ClientMark("html:gmx", "quote", tag="div", attribute=("name", "quote")),
    ClientMark("html:zoho", "quote", classes=_classes("zmail_extra")),
    ClientMark("html:zimbra", "begins", tag="hr", id="zwchr"),
    ClientMark("html:zimbra", "begins", attribute=("data-marker", "__divider__")),
    ClientMark("html:outlook", "begins", id="appendonsend"),
    ClientMark("html:outlook", "begins", id="divrplyfwdmsg"),
    ClientMark("html:outlook", "begins", id="stopspelling"),
    ClientMark("html:outlook", "begins", id="olk_src_body_section"),
    ClientMark("html:outlook", "begins", id="mail-editor-reference-message-container"),
    ClientMark("html:outlook", "begins", id="ms-outlook-mobile-body-separator-line"),
    ClientMark("html:outlook", "intro", classes=_classes("outlookmessageheader")),
    ClientMark("html:roundcube", "intro", id="reply-intro"),
    ClientMark("html:apple", "quote", attribute=("name", "messagereplysection")),
)

_BLOCKQUOTE = ClientMark("html:blockquote", "quote")
_OWN = ClientMark("html:own-quotation", "own")
_TOP_LINE = re.compile(r"border-top(?:-style)?:[^;]{0,30}solid", re.IGNORECASE)
_INDENT = re.compile(r"border(?:-left)?:\s{0,4}(?:none|0(?:px)?\s{0,4}(?:;|$))", re.IGNORECASE)
_LABELLED = re.compile(r"[^\W\d_][^:\n]{0,24}:")


def mark_of(element: HtmlElement, *, held: bool) -> ClientMark | None:
    """The meaning of one element, `held` if it stands inside a holder; None for almost all elements.

    Forwarding programs put 'x_' before foreign ids and classes. A blockquote without any mark is a quotation, but
    one without a bar is how editors indent a paragraph, and Gmail's outside its reply block is the writer's own.
    """
    mark = _listed(element) if element.attrib else None
    if mark is not None or element.tag != "blockquote":
        return mark
    if held:
        return _BLOCKQUOTE
    own = "gmail_quote" in element.get("class", "")[:500].split() or _INDENT.search(element.get("style", "")[:500])
    return _OWN if own else _BLOCKQUOTE


def _listed(element: HtmlElement) -> ClientMark | None:
    classes = {_plain(name) for name in element.get("class", "")[:500].split()}
    identity = _plain(element.get("id", "")[:100])
    for mark in MARKS:
        if mark.tag and mark.tag != element.tag:
            continue
        if mark.classes and not mark.classes & classes:
            continue
        if mark.id and mark.id != identity:
            continue
        if mark.attribute and element.get(mark.attribute[0], "")[:60].lower() != mark.attribute[1]:
            continue
        return mark
    return _word_line(element)


def _word_line(element: HtmlElement) -> ClientMark | None:
    """Word, as Outlook's editor: a thin line above the block of header lines, at least three of them labelled."""
    if element.tag != "div" or not _TOP_LINE.search(element.get("style", "")[:500]):
        return None
    start = ""
    for text in element.itertext():
        start += text
        if len(start) > 600:
            break
    if len(_LABELLED.findall(start[:600])) < 3 or "<hr" in start:
        return None
    return ClientMark("html:outlook", "begins")


def _plain(name: str) -> str:
    folded = name.strip().lower()
    while folded.startswith("x_"):
        folded = folded[2:]
    return folded
