"""Files of a ticket: attachments to download, and the look of a mail in a frame without any rights."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstline.tickets import queries
from firstline.tickets.queries import FileContent
from firstline.web import downloads
from firstline.web.needs import asker

# The frame has an opaque origin and no scripts, forms, windows or navigation; the policy stands in the answer itself.
_BARE = ("default-src 'none'; style-src 'unsafe-inline'; img-src {}; frame-ancestors 'self'; base-uri 'none'; "
         "form-action 'none'; sandbox")
_CID = re.compile(r'\bdata-cid="([^"]{1,400})"')
_REMOTE = re.compile(r'\bdata-remote="(https:[^"]{1,2000})"', re.IGNORECASE)
# A mail may name one picture as often as it likes; what stands in the frame stays within this many bytes.
_MOST_PICTURES = 20 * 1024 * 1024
_PAGE = '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">{}'


def attachment(request: HttpRequest, number: int) -> HttpResponse:
    """A file, to download."""
    found = queries.attachment(number, principal=asker(request))
    return downloads.file(name=found.name, content=found.content)


def look(request: HttpRequest, entry: int) -> HttpResponse:
    """The page around the frame; pictures from elsewhere are asked for by an explicit click."""
    found = queries.original(entry, principal=asker(request))
    return render(request, "look.html", {"entry": entry, "found": found, "images": "images" in request.GET,
                                         "remote": bool(_REMOTE.search(found.html))})


def frame(request: HttpRequest, entry: int) -> HttpResponse:
    """The mail's own HTML, for the frame alone; its own pictures stand in it as data."""
    principal = asker(request)
    found = queries.original(entry, principal=principal)
    html = _with_pictures(found.html, queries.inline_pictures(entry, principal=principal))
    wanted = "images" in request.GET
    if wanted:
        html = _REMOTE.sub(r'src="\1" referrerpolicy="no-referrer"', html)
    answer = HttpResponse(_PAGE.format(html), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _BARE.format("data: https:" if wanted else "data:")
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _with_pictures(html: str, pictures: dict[str, FileContent]) -> str:
    left = _MOST_PICTURES

    def source(found: re.Match[str]) -> str:
        nonlocal left
        picture = pictures.get(unescape(found.group(1)))
        if picture is None or len(picture.content) > left:
            return ""
        left -= len(picture.content)
        return f'src="data:{picture.type};base64,{b64encode(picture.content).decode("ascii")}"'
    return _CID.sub(source, html)
