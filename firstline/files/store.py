"""Keeping and fetching bytes by their content: up to 256 kB in the database, larger ones in the files folder."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from firstline.core.errors import NotFound
from firstline.files.models import Blob

IN_DATABASE = 256 * 1024


def digest(content: bytes) -> str:
    """The hex SHA-256 by which content is found."""
    return hashlib.sha256(content).hexdigest()


def put(content: bytes, *, now: datetime) -> int:
    """Keep some bytes once; the id of their blob. Larger ones are on the disk before the row is written."""
    sha256 = digest(content)
    key = ""
    if len(content) > IN_DATABASE:
        known = Blob.objects.filter(sha256=sha256).values_list("id", flat=True).first()
        if known is not None:
            return known
        key = _write(content)
    Blob.objects.bulk_create([Blob(sha256=sha256, size=len(content), content=None if key else content, key=key,
                                   created_at=now)], ignore_conflicts=True)
    found, kept = Blob.objects.values_list("id", "key").get(sha256=sha256)
    if key and kept != key:
        _path(key).unlink(missing_ok=True)
    return found


def get(blob: int) -> bytes:
    """The bytes of a blob. Raises NotFound."""
    row = Blob.objects.filter(pk=blob).values_list("content", "key").first()
    if row is None:
        raise NotFound("There is no such file.")
    content, key = row
    return _path(key).read_bytes() if key else bytes(content or b"")


def _folder() -> Path:
    return Path(settings.CONFIG.files)


def _path(key: str) -> Path:
    return _folder() / key[:2] / key


def _write(content: bytes) -> str:
    """Write through a temporary name and flush to the disk; the random key says nothing about the content."""
    key = secrets.token_hex(24)
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    return key


def keys_older_than(moment: datetime) -> set[str]:
    """The keys of the files in the folder that were written before a moment, for the proof that none is an orphan."""
    if not _folder().exists():
        return set()
    return {path.name for path in _folder().glob("??/*") if path.stat().st_mtime < moment.timestamp()}


def remove(keys: Iterable[str]) -> None:
    """Delete files of the folder that no row knows: a process died between the disk and its commit."""
    for key in keys:
        _path(key).unlink(missing_ok=True)
