"""Bytes from strangers on their way to a browser: downloaded, never opened in the desk's own origin."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse

from firstline.core.text import line

_SANDBOX = "default-src 'none'; sandbox"
_UNSAFE = re.compile(r"[\\/:*?\"<>|%\x00-\x1f]")


def clean(name: str) -> str:
    """A file name without paths, controls, direction marks or signs that a system could misread."""
    last = line(name.replace("\\", "/").rpartition("/")[2], limit=120)
    return _UNSAFE.sub("_", last).strip(". ") or "file"


def file(*, name: str, content: bytes) -> HttpResponse:
    """A file to be kept on the disk; its type is never believed."""
    cleaned = clean(name)
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", cleaned)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(cleaned)}"
    answer.headers["Content-Security-Policy"] = _SANDBOX
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
