"""Turns an HTML tree into lines of text, block by block."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    )
)
_SILENT = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "object", "iframe", "meta", "link", "base")
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def text_of(root: HtmlElement) -> str:
    """The readable text: a line a block, `br` as a new line, `hr` as a ruled line, blank lines at paragraphs."""
    out: list[str] = [""]
    silent: HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if silent is None and tag in _SILENT:
                silent = element
            if silent is None:
                _open(out, tag)
                _add(out, element.text)
            continue
        if silent is None:
            _close(out, tag)
        if silent is element:
            silent = None
        if silent is None:
            _add(out, element.tail)
    return "\n".join(line.strip() for line in "".join(out).split("\n")).strip("\n")


def _open(out: list[str], tag: str) -> None:
    if tag == "br":
        out.append("\n")
    elif tag == "hr":
        _break(out)
        out.append("-----\n")
    elif tag in _BLOCKS:
        _break(out)
    elif tag in ("td", "th") and out[-1] and not out[-1].endswith(("\n", " ")):
        out.append(" ")


def _close(out: list[str], tag: str) -> None:
    if tag in _BLOCKS:
        _break(out)
    if tag == "p":
        out.append("\n")


def _break(out: list[str]) -> None:
    if out[-1] and not out[-1].endswith("\n"):
        out.append("\n")


def _add(out: list[str], text: str | None) -> None:
    if not text:
        return
    folded = _SPACE.sub(" ", text)
    if folded == " " and out[-1].endswith(("\n", " ")):
        return
    if folded:
        out.append(folded)
