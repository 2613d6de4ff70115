"""Stored files are whole, and none lies about without an owner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from firstline.files import store
from firstline.files.models import Blob
from firstline.insight.check.breach import Breach
from firstline.intake.models import Letter
from firstline.notices.models import Outgoing
from firstline.tickets.models import Attachment

_GRACE = timedelta(hours=1)


def whole(_: datetime) -> Iterator[Breach | None]:
    """The bytes of each blob still have its hash."""
    for id_, sha256 in Blob.objects.values_list("id", "sha256").iterator(chunk_size=500):
        yield None
        try:
            content = store.get(id_)
        except OSError as error:
            yield Breach("files", f"file {id_}", f"Its bytes cannot be read: {error}.")
            continue
        if store.digest(content) != sha256:
            yield Breach("files", f"file {id_}", "Its bytes were changed.")


def orphans(now: datetime) -> Iterator[Breach | None]:
    """Every blob older than an hour belongs to something, and every file of the folder to a blob."""
    owned: set[int] = set()
    for model in (Letter, Outgoing, Attachment):
        owned.update(model._default_manager.values_list("blob_id", flat=True).distinct())
    keys: set[str] = set()
    for id_, key, made in Blob.objects.values_list("id", "key", "created_at").iterator(chunk_size=2000):
        yield None
        keys.add(key)
        if id_ not in owned and made < now - _GRACE:
            yield Breach("orphans", f"file {id_}", "Nothing refers to it.")
    for key in store.keys_older_than(now - _GRACE) - keys:
        yield Breach("orphans", key, "It lies in the files folder, but no row knows it.")
