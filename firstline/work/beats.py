"""Signs of life: each process, fetcher and job says when it was last well and what ails it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from firstline.work.models import Beat


def beat(name: str, *, now: datetime, data: dict[str, Any] | None = None) -> None:
    """Say that `name` is well."""
    Beat.objects.update_or_create(name=name, defaults={"at": now, "ok": True, "data": data or {}})


def ails(name: str) -> bool:
    """Whether something ails `name` as far as was said."""
    return Beat.objects.filter(name=name, ok=False).exists()


def ail(name: str, *, now: datetime, data: dict[str, Any]) -> None:
    """Say what ails `name`; the page and the alarm read it. Whether the alarm was told stays while it ails."""
    known = Beat.objects.filter(name=name, ok=False).values_list("data", flat=True).first() or {}
    told = {"told": True} if known.get("told") else {}
    Beat.objects.update_or_create(name=name, defaults={"at": now, "ok": False, "data": {**data, **told}})
