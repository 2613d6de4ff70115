"""Whether the desk's processes are alive, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from firstline.work.models import Beat


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life of one process, fetcher or job."""

    name: str
    at: datetime
    ok: bool
    data: dict[str, Any]


def signs() -> tuple[Sign, ...]:
    """Every sign of life, by name."""
    return tuple(Sign(*row) for row in Beat.objects.order_by("name").values_list("name", "at", "ok", "data"))
