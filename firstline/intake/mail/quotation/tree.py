"""Sets bookmarks into an HTML body where its structure begins and ends a quotation."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from .clients import is_indentation, mark_of
from .lines import BEGINS, BOOKMARKS, INTRO_CLOSES, INTRO_OPENS, QUOTE_CLOSES, QUOTE_OPENS
from .plain import text_of

_LONGEST = 2_000_000
_UNCLEAN = {ord(character): None for character in BOOKMARKS + "\0"}


@dataclass(slots=True)
class _Found:
    """Elements to be bookmarked, found on one walk through the tree."""

    quotes: list[HtmlElement] = field(default_factory=list)
    intros: list[HtmlElement] = field(default_factory=list)
    begins: list[HtmlElement] = field(default_factory=list)
    holders: list[tuple[HtmlElement, HtmlElement]] = field(default_factory=list)
    rule: str = ""


def bookmarked(html: str) -> tuple[str, str]:
    """The text of an HTML body with bookmarks on lines of their own, and the rule that set them ('' if none).

    Unreadable or empty HTML gives ('', '').
    """
    clean = html[:_LONGEST].translate(_UNCLEAN)
    if not clean.strip():
        return "", ""
    try:
        root = document_fromstring(
            clean, parser=HTMLParser(encoding=None, remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", ""
    found = _search(root)
    _set(found)
    return text_of(root), found.rule


def _search(root: HtmlElement) -> _Found:
    found = _Found()
    inside: HtmlElement | None = None
    holder: HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if element is inside:
                inside = None
            if element is holder:
                holder = None
            continue
        if inside is not None or not isinstance(element.tag, str):
            continue
        mark = mark_of(element)
        meaning = mark.meaning if mark else ""
        if mark and not found.rule:
            found.rule = mark.rule
        if meaning == "holder":
            holder = element
        elif meaning == "begins":
            found.begins.append(element)
        elif meaning == "intro":
            found.intros.append(element)
            inside = element
        elif meaning == "quote" or (element.tag == "blockquote" and _is_quotation(element, holder)):
            if holder is not None and not any(held is holder for held, _ in found.holders[-1:]):
                found.holders.append((holder, element))
            found.quotes.append(element)
            found.rule = found.rule or "html:blockquote"
            inside = element
    return found


def _is_quotation(element: HtmlElement, holder: HtmlElement | None) -> bool:
    """Gmail's own quotation outside its reply block is one that the writer set; so is an indented paragraph."""
    if holder is not None:
        return True
    return "gmail_quote" not in element.get("class", "").split() and not is_indentation(element)


def _set(found: _Found) -> None:
    for element in found.quotes:
        _before(element, QUOTE_OPENS)
        _after(element, QUOTE_CLOSES)
    for element in found.intros:
        _before(element, INTRO_OPENS)
        _after(element, INTRO_CLOSES)
    for holder, quote in found.holders:
        _first_inside(holder, INTRO_OPENS)
        _before(quote, INTRO_CLOSES)
    for element in found.begins:
        _before(element, BEGINS)


def _bookmark(mark: str) -> HtmlElement:
    line: HtmlElement = etree.Element("div")
    line.text = mark
    return line


def _before(element: HtmlElement, mark: str) -> None:
    if element.getparent() is not None:
        element.addprevious(_bookmark(mark))


def _after(element: HtmlElement, mark: str) -> None:
    if element.getparent() is not None:
        line = _bookmark(mark)
        line.tail, element.tail = element.tail, None
        element.addnext(line)


def _first_inside(element: HtmlElement, mark: str) -> None:
    line = _bookmark(mark)
    line.tail, element.text = element.text, None
    element.insert(0, line)
