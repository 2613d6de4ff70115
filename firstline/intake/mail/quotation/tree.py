"""Sets bookmarks into an HTML body where its structure begins and ends a quotation."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from firstline.intake.mail.reading import markup

from .clients import ClientMark, mark_of
from .lines import BEGINS, BOOKMARKS, INTRO_CLOSES, INTRO_OPENS, QUOTE_CLOSES, QUOTE_OPENS

_UNCLEAN = {ord(character): None for character in BOOKMARKS + "\0"}


@dataclass(slots=True)
class _Found:
    """Elements to be bookmarked, found on one walk through the tree."""

    quotes: list[HtmlElement] = field(default_factory=list)
    intros: list[HtmlElement] = field(default_factory=list)
    begins: list[HtmlElement] = field(default_factory=list)
    holders: list[tuple[HtmlElement, HtmlElement]] = field(default_factory=list)
    own: list[HtmlElement] = field(default_factory=list)
    held: list[HtmlElement] = field(default_factory=list)
    rule: str = ""


def bookmarked(html: str) -> tuple[str, str]:
    """The text of an HTML body with bookmarks on lines of their own, and the rule that set the first of them.

    ('', '') where the structure says nothing: also for unreadable HTML and for HTML over the caps of `reading`.
    """
    clean = html.translate(_UNCLEAN)
    if not clean.strip() or markup.is_over_cap(clean):
        return "", ""
    try:
        root = document_fromstring(clean, parser=HTMLParser(encoding=None, remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", ""
    found = _search(root)
    if not found.rule:
        return "", ""
    _set(found)
    return markup.text_of(etree.tostring(root, encoding="unicode", method="html")), found.rule


def _search(root: HtmlElement) -> _Found:
    found = _Found()
    inside: HtmlElement | None = None
    holders: list[HtmlElement] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            inside = None if element is inside else inside
            if holders and element is holders[-1]:
                holders.pop()
        elif inside is None and isinstance(element.tag, str):
            mark = mark_of(element, held=bool(holders))
            if mark is None:
                continue
            found.rule = found.rule or mark.rule
            if mark.meaning == "holder":
                holders.append(element)
                found.held.append(element)
            elif _note(found, element, mark, holders):
                inside = element
    return found


def _note(found: _Found, element: HtmlElement, mark: ClientMark, holders: list[HtmlElement]) -> bool:
    """Keep an element with its meaning; whether what it holds need not be looked at."""
    if mark.meaning == "quote":
        if holders and not _is_introduced(found, holders[-1]):
            found.holders.append((holders[-1], element))
        found.quotes.append(element)
        return True
    {"begins": found.begins, "intro": found.intros, "own": found.own}[mark.meaning].append(element)
    return mark.meaning == "intro"


def _is_introduced(found: _Found, holder: HtmlElement) -> bool:
    """Whether a holder's introduction is known already; a writer may have answered right below it."""
    by_place = bool(found.holders) and found.holders[-1][0] is holder
    return by_place or (bool(found.intros) and found.intros[-1].getparent() is holder)


def _set(found: _Found) -> None:
    for element in found.own:
        element.tag = "div"
    for element in found.quotes:
        _before(element, QUOTE_OPENS)
        _after(element, QUOTE_CLOSES)
    for element in found.intros:
        _before(element, INTRO_OPENS)
        _after(element, INTRO_CLOSES)
    for holder, quote in found.holders:
        _first_inside(holder, INTRO_OPENS)
        _before(quote, INTRO_CLOSES)
    filled = {id(holder) for holder, _ in found.holders} | {id(intro.getparent()) for intro in found.intros}
    for element in found.begins + [holder for holder in found.held[:1] if not filled and not found.quotes]:
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
