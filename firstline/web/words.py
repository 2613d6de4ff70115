"""What strangers wrote, made safe to show: escaped, links recognised, nothing else kept."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import get_language_info
from markupsafe import Markup, escape

LONGEST = 20_000
_LINK = re.compile(r"https?://[^\s<>\"'\u200b-\u200f\u202a-\u202e\u2066-\u2069]{1,2000}", re.IGNORECASE)
_TAIL = ".,;:!?)]}»”’"


def tongue(code: str) -> str:
    """A language by its own name; by its code where nobody knows its name."""
    try:
        name: str = dict(settings.LANGUAGES).get(code) or get_language_info(code)["name_local"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def shown(text: str) -> Markup:
    """Plain text as HTML, at most `LONGEST` characters; web addresses can be followed, without telling from where."""
    cut = text[:LONGEST]
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(cut):
        address = found.group().rstrip(_TAIL)
        parts += [escape(cut[end:found.start()]),
                  Markup('<a href="{0}" rel="noreferrer noopener nofollow" target="_blank">{0}</a>').format(address)]
        end = found.start() + len(address)
    parts.append(escape(cut[end:]))
    if len(text) > LONGEST:
        parts.append(" …")
    return Markup("").join(parts)
