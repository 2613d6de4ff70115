"""Files of a ticket: attachments to download, and the original look of a mail in a frame without any rights."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstline.tickets import queries
from firstline.web import downloads
from firstline.web.needs import asker

# The frame has an opaque origin and no scripts, forms, windows or navigation; the policy stands in the answer itself.
_BARE = "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; frame-ancestors 'self'; base-uri 'none'; " \
        "form-action 'none'; sandbox"
_CID = re.compile(r"""(?<=["'(])cid:([^"'()<>\s]{1,250})""", re.IGNORECASE)
_PAGE = '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">{}'


def attachment(request: HttpRequest, number: int) -> HttpResponse:
    """A file, to download."""
    found = queries.attachment(number, principal=asker(request))
    return downloads.file(name=found.name, content=found.content)


def picture(request: HttpRequest, entry: int, content_id: str) -> HttpResponse:
    """A raster picture that a mail shows by its Content-ID."""
    found = queries.inline_image(entry, unquote(content_id), principal=asker(request))
    return downloads.picture(kind=found.type, content=found.content)


def look(request: HttpRequest, entry: int) -> HttpResponse:
    """The page around the frame; pictures from elsewhere are asked for by an explicit click."""
    found = queries.original(entry, principal=asker(request))
    return render(request, "look.html", {"entry": entry, "found": found, "images": "images" in request.GET})


def frame(request: HttpRequest, entry: int) -> HttpResponse:
    """The mail's own HTML, for the frame alone."""
    found = queries.original(entry, principal=asker(request))
    html = _CID.sub(lambda cid: f"/entries/{entry}/pictures/{quote(unquote(cid.group(1)), safe='')}", found.html)
    answer = HttpResponse(_PAGE.format(html), content_type="text/html; charset=utf-8")
    own = f"{request.scheme}://{request.get_host()}/entries/"
    images = f"{own} https: data:" if "images" in request.GET else f"{own} data:"
    answer.headers["Content-Security-Policy"] = _BARE.format(images=images)
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
