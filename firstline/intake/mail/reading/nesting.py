"""Measures how deep a browser would nest a stranger's HTML before any parser is let near it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from firstline.intake.mail.reading import caps

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SELF_CLOSING: Final = frozenset("p li dt dd tr td th tbody thead tfoot option colgroup caption".split())
_FORMATTING: Final = frozenset(
    "a b big code em font i nobr s small strike strong tt u".split()
)
_BARRIERS: Final = frozenset("table td th caption applet marquee object template button html".split())


def is_too_deep(html: str) -> bool:
    """Whether more than `caps.HTML_DEPTH` elements would stand open at once. Linear, and never an undercount:
    an end tag closes only an element of its name inside the innermost table, and formatting elements outlive
    the element that holds them (HTML Standard §13.2.6, adoption agency and scopes).
    """
    open_names: list[str] = []
    frames: list[Counter[str]] = [Counter()]
    lingering: Counter[str] = Counter()
    for closing, found in _TAG.findall(html):
        name = found.lower()
        if name in _VOID or (name in _SELF_CLOSING and name not in _BARRIERS):
            continue
        if name in _FORMATTING:
            lingering[name] = max(0, lingering[name] + (-1 if closing else 1))
        elif closing:
            _close(open_names, frames, name)
        elif name not in ("td", "th"):
            open_names.append(name)
            frames[-1][name] += 1
            if name in _BARRIERS:
                frames.append(Counter())
        if len(open_names) + lingering.total() > caps.HTML_DEPTH:
            return True
    return False


def _close(open_names: list[str], frames: list[Counter[str]], name: str) -> None:
    """Take elements off the stack down to `name`, if it stands open inside the innermost barrier."""
    if name in _BARRIERS:
        if name not in open_names:
            return
    elif not frames[-1][name]:
        return
    while open_names:
        gone = open_names.pop()
        if gone in _BARRIERS:
            frames.pop()
        frames[-1][gone] -= 1
        if gone == name:
            return
