"""Files that come with a story: cleaned of tricks in their names and kept by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from firstline.core.errors import DeskError
from firstline.core.text import line
from firstline.files import store
from firstline.tickets.desk import Enclosed

LARGEST = 35 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as a door received it."""

    name: str
    type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


def clean_name(name: str) -> str:
    """The last part of a file name, without controls or direction marks; never empty."""
    last = line(name.replace("\\", "/").rpartition("/")[2], limit=120).strip(". ")
    return last or "file"


def keep(files: Sequence[Upload], *, now: datetime) -> tuple[Enclosed, ...]:
    """Store files and return what an entry needs to enclose them."""
    for file in files:
        if len(file.content) > LARGEST:
            raise DeskError("The file %(name)s is larger than 35 MB.", status=413, name=clean_name(file.name))
    return tuple(Enclosed(store.put(file.content, now=now), clean_name(file.name), file.type, len(file.content),
                          file.content_id, file.inline) for file in files)
