"""The chain of digests that makes a changed journey show, and the salted hash that lets a body be erased."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any


def body_hash(salt: str, text: str, quoted: str, html: str) -> str:
    """The salted hash that stays when the words are erased (hex SHA-256)."""
    return hashlib.sha256("\x1f".join((salt, text, quoted, html)).encode()).hexdigest()


def entry_digest(*, before: str, ticket: int, seq: int, kind: str, version: int, data: dict[str, Any],
                 actor: tuple[str, int | None], happened_at: datetime, recorded_at: datetime,
                 public_from: datetime | None, hashed: str) -> str:
    """The digest of one entry, chained to the one `before` it ('' for the first). Hex SHA-256."""
    values = [before, ticket, seq, kind, version, data, actor[0], actor[1], happened_at.timestamp(),
              recorded_at.timestamp(), public_from.timestamp() if public_from else None, hashed]
    return hashlib.sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
