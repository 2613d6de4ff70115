"""Renders HTML as readable text in one pass over the parser's events, without building a tree."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from lxml import etree

from firstline.intake.mail.reading import caps, nesting

_SILENT: Final = frozenset(
    ["script", "style", "head", "title", "template", "noscript", "object", "applet", "iframe", "svg", "math"]
)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "ul",
    ]
)
_SPACED: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "table"])
_CELLS: Final = frozenset({"td", "th"})
_SPACE: Final = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")
_MANY_BREAKS: Final = re.compile(r"\n{3,}")
_TAG: Final = re.compile(r"<[^<>]*>?")
_HIDDEN: Final = re.compile(r"<(script|style|title)\b", re.IGNORECASE)
_BREAKS: Final = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table)\b[^<>]*>?", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_DEEPEST_QUOTE: Final = 20


def text_of(html: str) -> str:
    """Readable text: paragraphs, lists, table rows, `> ` for quotations, `text <address>` for links. Linear.

    HTML over the caps (2 MB, depth 200) is stripped of its tags instead of parsed.
    """
    if is_over_cap(html):
        return stripped(html)
    writer = _Writer()
    parser = etree.HTMLParser(target=writer, recover=True, huge_tree=True, remove_comments=True)
    source = _DECLARATION.sub("", html).replace("\0", "")
    try:
        parser.feed(source.encode("utf-16", "replace").decode("utf-16"))
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        return writer.text() or stripped(html)
    return writer.text()


def is_over_cap(html: str) -> bool:
    return len(html) > caps.HTML or nesting.is_too_deep(html)


def stripped(html: str) -> str:
    """The text of at most 2 MB of HTML by cutting tags out, for what no parser may see. Linear."""
    html = html[: caps.HTML]
    pieces: list[str] = []
    at = 0
    while (hidden := _HIDDEN.search(html, at)) is not None:
        pieces.append(html[at : hidden.start()])
        close = html.lower().find(f"</{hidden.group(1).lower()}", hidden.end()) if len(pieces) < 50 else -1
        at = close if close >= 0 else len(html)
    pieces.append(html[at:])
    text = unescape(_TAG.sub("", _BREAKS.sub("\n", "".join(pieces))))
    return _MANY_BREAKS.sub("\n\n", "\n".join(_SPACE.sub(" ", line).strip() for line in text.split("\n"))).strip()


class _Writer:
    """Receives the parser's events; `line` is what stands on the open line, `depth` counts open quotations."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.silent = 0
        self.quote = 0
        self.preformatted = 0
        self.lists: list[int] = []
        self.links: list[tuple[str, int]] = []
        self.size = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        name = str(tag)
        if name in _SILENT:
            self.silent += 1
        elif not self.silent:
            self._open(name, attrib)

    def end(self, tag: str | bytes) -> None:
        name = str(tag)
        if name in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif not self.silent:
            self._close(name)

    def data(self, data: str | bytes) -> None:
        text = data if isinstance(data, str) else data.decode("utf-8", "replace")
        if self.silent:
            return
        if self.preformatted:
            first, *rest = text.split("\n")
            self.line.append(first)
            for piece in rest:
                self._break()
                self.line.append(piece)
            return
        folded = _SPACE.sub(" ", text)
        if folded and (folded != " " or self.line):
            self.line.append(folded)

    def comment(self, text: str | bytes) -> None:
        """Comments say nothing to a reader."""

    def close(self) -> None:
        self._flush()

    def text(self) -> str:
        self._flush()
        return _MANY_BREAKS.sub("\n\n", "\n".join(self.lines)).strip("\n")

    def _open(self, name: str, attributes: dict[str | bytes, str | bytes]) -> None:
        if name == "br":
            self._break()
        elif name == "img":
            alternative = _SPACE.sub(" ", str(attributes.get("alt") or "")).strip()
            if alternative and not alternative.lower().endswith((".png", ".gif", ".jpg", ".jpeg", ".bmp")):
                self.line.append(f"[{alternative[:200]}]")
        elif name == "a":
            self.links.append((str(attributes.get("href") or "").strip(), len(self.line)))
        elif name in _CELLS:
            if any(piece.strip() for piece in self.line):
                self.line.append("\t")
        elif name in _BLOCKS:
            self._block(name)

    def _block(self, name: str) -> None:
        self._flush()
        if name in _SPACED and not self.lists:
            self._blank()
        if name == "blockquote":
            self.quote += 1
        elif name == "pre":
            self.preformatted += 1
        elif name in ("ul", "ol"):
            self.lists.append(1 if name == "ol" else 0)
        elif name == "li":
            self._item()
        elif name == "hr":
            self.lines.append(self._prefix() + "-" * 20)

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        indent = "  " * min(len(self.lists) - 1, 10)
        self.line.append(f"{indent}{number}. " if number else f"{indent}- ")

    def _close(self, name: str) -> None:
        if name == "a" and self.links:
            self._link(*self.links.pop())
        elif name in _BLOCKS:
            self._flush()
            if name == "blockquote":
                self.quote = max(0, self.quote - 1)
            elif name == "pre":
                self.preformatted = max(0, self.preformatted - 1)
            elif name in ("ul", "ol") and self.lists:
                self.lists.pop()
            if name in _SPACED and not self.lists:
                self._blank()

    def _link(self, href: str, since: int) -> None:
        label = "".join(self.line[since:]).strip()
        if not href.lower().startswith(("http://", "https://", "mailto:")) or len(href) > 2000:
            return
        bare = href.removeprefix("mailto:")
        if label and bare.rstrip("/") not in (label.rstrip("/"), "http://" + label, "https://" + label):
            self.line.append(f" <{bare}>")

    def _prefix(self) -> str:
        return "> " * min(self.quote, _DEEPEST_QUOTE)

    def _break(self) -> None:
        if self.size <= caps.HTML:
            self.lines.append(self._prefix() + self._content())
            self.size += len(self.lines[-1]) + 1
        self.line.clear()

    def _content(self) -> str:
        joined = "".join(self.line)
        return joined.rstrip() if self.preformatted else re.sub(r" {2,}(?=\S)", " ", joined).rstrip()

    def _flush(self) -> None:
        if any(piece.strip() for piece in self.line):
            self._break()
        self.line.clear()

    def _blank(self) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix().rstrip())
