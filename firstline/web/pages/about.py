"""What this program is, under which licence, and where its source is (AGPL section 13)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstline.web import downloads, source

LICENCE = "AGPL-3.0-or-later"


def show(request: HttpRequest) -> HttpResponse:
    """The licence, the version, and the way to the source."""
    return render(request, "about.html", {"licence": LICENCE, "version": source.release()})


def download(_request: HttpRequest) -> HttpResponse:
    """The source that this desk runs from."""
    name = "-".join(part for part in ("firstline", source.release()) if part)
    return downloads.file(name=f"{name}.zip", content=source.archive())
