"""Cleans a stranger's HTML for an agent's page: no script, no style, nothing that is fetched by itself."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

import nh3

from firstline.intake.mail.reading import markup

_TAGS: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": {"dir", "lang"},
}
_WITH_CONTENT: Final = frozenset(
    ["script", "style", "title", "template", "noscript", "object", "applet", "iframe", "svg", "math", "textarea"]
)
_CID: Final = "cid:"
_REMOTE: Final = ("http://", "https://")
# What nh3 writes is regular: quotes stand only around attribute values, `<` only before a tag.
_TAG: Final = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>|<[^<>"]+(?:"[^"]*"[^<>"]*)*>')
_ATTRIBUTE: Final = re.compile(r' ([a-z-]+)="([^"]*)"')


def clean(html: str, *, images: frozenset[str]) -> str:
    """HTML that is safe in the page of an agent.

    Links lead to http, https and mailto only. An image of the letter itself becomes `<img data-cid="…">` where
    `images` holds its content id, a remote one `<img data-remote="url">`; neither has a `src`, so that nothing is
    fetched until the page or the reader asks. Over the caps (2 MB, depth 200) the text comes escaped in `<pre>`.
    """
    if markup.is_over_cap(html):
        return f"<pre>{escape(markup.text_of(html))}</pre>"
    safe = nh3.clean(
        html.replace("\0", ""),
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={name: set(allowed) for name, allowed in _ATTRIBUTES.items()},
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto", "cid"},
        url_relative="deny",
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    return _TAG.sub(lambda tag: _image(tag.group(1), images) if tag.group(1) is not None else tag.group(), safe)


def _filtered(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "href" and value.strip().lower().startswith(_CID):
        return None
    return value


def _image(attributes: str, images: frozenset[str]) -> str:
    kept: list[str] = []
    for name, value in _ATTRIBUTE.findall(attributes):
        if name != "src":
            kept.append(f'{name}="{value}"')
            continue
        source = unescape(value).strip()
        if source.lower().startswith(_REMOTE):
            kept.append(f'data-remote="{escape(source)}"')
        elif source.lower().startswith(_CID) and (wanted := unquote(source[len(_CID) :])) in images:
            kept.append(f'data-cid="{escape(wanted)}"')
    return " ".join(["<img", *kept]) + ">"
