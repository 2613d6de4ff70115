"""The audit trail: one line a deed, and the chain of seals over them."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from firstline.accounts.models import AuditLine
from firstline.accounts.principal import Principal
from firstline.core.time import iso

FIRST_SEAL = "0" * 64


def line(deed: str, *, by: Principal, now: datetime, object_kind: str = "", object_id: int | None = None,
         **data: Any) -> None:
    """Write who did what to which object; `data` is plain JSON and holds no secret. Called by flows only."""
    AuditLine.objects.create(at=now, actor_kind=by.kind, actor_id=by.id, deed=deed, object_kind=object_kind,
                             object_id=object_id, data=data)


def seal_of(row: AuditLine, *, position: int, before: str) -> str:
    """The seal of a line (hex SHA-256) at its place in the chain, over the seal before it and all of its content."""
    content = [before, position, row.pk, iso(row.at), row.actor_kind, row.actor_id, row.deed, row.object_kind,
               row.object_id, row.data]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
