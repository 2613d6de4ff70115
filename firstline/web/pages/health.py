"""Whether the desk is well, for machines that watch."""

from __future__ import annotations

from datetime import timedelta

from django.db import Error
from django.http import HttpRequest, JsonResponse

from firstline.core.time import now
from firstline.work.queries import Sign, signs

_SILENT = timedelta(minutes=3)
_PARTS = {"worker": ("worker", "work"), "mail": ("mail", "imap:", "fetch:", "smtp:")}


def show(_request: HttpRequest) -> JsonResponse:
    """200 with {database, worker, mail}; each is ok, failing or unknown. 503 without a database."""
    try:
        found = signs()
    except Error:
        return JsonResponse({"database": "failing", "worker": "unknown", "mail": "unknown"}, status=503)
    return JsonResponse({"database": "ok", **{part: _state(found, names) for part, names in _PARTS.items()}})


def _state(found: tuple[Sign, ...], names: tuple[str, ...]) -> str:
    mine = [sign for sign in found if sign.name.startswith(names)]
    if not mine:
        return "unknown"
    alive = any(sign.at > now() - _SILENT for sign in mine)
    return "ok" if alive and all(sign.ok for sign in mine) else "failing"
