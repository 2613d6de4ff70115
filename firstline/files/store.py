"""Keeping and fetching bytes by their content: up to 256 kB in the database, larger ones in the files folder."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Sequence
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
    return put_all([content], now=now)[0]


def put_all(contents: Sequence[bytes], *, now: datetime) -> list[int]:
    """Keep several at once, in two statements where all are small; the ids of their blobs in the order given."""
    found = [(digest(content), content) for content in contents]
    known: dict[str, int] = {}
    if any(len(content) > IN_DATABASE for _, content in found):
        known = dict(Blob.objects.filter(sha256__in=[sha256 for sha256, _ in found]).values_list("sha256", "id"))
    fresh = {sha256: content for sha256, content in found if sha256 not in known}
    keys = {sha256: _write(content) for sha256, content in fresh.items() if len(content) > IN_DATABASE}
    Blob.objects.bulk_create([
        Blob(sha256=sha256, size=len(content), content=None if sha256 in keys else content,
             key=keys.get(sha256, ""), created_at=now) for sha256, content in fresh.items()], ignore_conflicts=True)
    for sha256, id_, kept in Blob.objects.filter(sha256__in=list(fresh)).values_list("sha256", "id", "key"):
        known[sha256] = id_
        if sha256 in keys and kept != keys[sha256]:
            _path(keys[sha256]).unlink(missing_ok=True)
    return [known[sha256] for sha256, _ in found]


def get(blob: int) -> bytes:
    """The bytes of a blob. Raises NotFound."""
    row = Blob.objects.filter(pk=blob).values_list("content", "key").first()
    if row is None:
        raise NotFound("There is no such file.")
    return read(*row)


def read(content: bytes | memoryview[int] | None, key: str) -> bytes:
    """The bytes of a blob whose row is at hand."""
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
