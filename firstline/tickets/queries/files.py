"""The bytes that hang on a ticket: attachments, inline images, the original look of a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from firstline.accounts.principal import Principal
from firstline.core.errors import NotFound
from firstline.files import store
from firstline.tickets.queries.reading_rows import moment, rows, values
from firstline.tickets.queries.sight import Sight, sight
from firstline.tickets.queries.values import FileContent
from firstline.tickets.rules import entries as e

_ATTACHMENT = """
SELECT f.name, f.type, f.blob_id, t.team_id, t.assignee_id, t.accountable_id, t.status, t.confidential,
       n.ticket_id, n.seq, n.actor_kind, n.actor_id
FROM attachment f
JOIN entry n ON n.id = f.entry_id JOIN ticket t ON t.number = n.ticket_id
WHERE f.id = %s
"""
_WITHDRAWN = "SELECT n.data FROM entry n WHERE n.ticket_id = %s AND n.kind = %s"
_INLINE = """
SELECT f.content_id, f.type, f.blob_id, t.team_id, t.assignee_id, t.accountable_id, t.status, t.confidential
FROM attachment f
JOIN entry n ON n.id = f.entry_id JOIN ticket t ON t.number = n.ticket_id
WHERE f.entry_id = %s AND f.content_id <> '' AND f.size < %s ORDER BY f.id LIMIT 40
"""
_ORIGINAL = """
SELECT b.html, n.happened_at, n.ticket_id, t.team_id, t.assignee_id, t.accountable_id, t.status, t.confidential
FROM entry_body b
JOIN entry n ON n.id = b.entry_id JOIN ticket t ON t.number = n.ticket_id
WHERE b.entry_id = %s
"""
# A picture of these kinds cannot hold a script: they may be shown in the page, all else is only downloaded.
LARGEST_PICTURE = 2 * 1024 * 1024
RASTER = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class Original:
    """A mail's own HTML, untrusted, as it came."""

    ticket: int
    html: str
    happened_at: datetime


def _all(sql: str, parameters: list[Any], reach: Sight) -> list[tuple[Any, Any, Any]]:
    """The first three columns of the rows whose ticket may be read."""
    return [(row[0], row[1], row[2]) for row in rows(sql, parameters)
            if reach.allows(team=row[3], assignee=row[4], accountable=row[5], status=row[6],
                            confidential=bool(row[7]))]


def _one(sql: str, parameters: list[Any], reach: Sight) -> tuple[Any, Any, Any]:
    found = _all(sql, parameters, reach)
    if not found:
        raise NotFound("There is no such file.")
    return found[0]


def attachment(number: int, *, principal: Principal) -> FileContent:
    """An attachment by its id. Raises NotFound, also where the principal may not know of its ticket, and where it
    went with an answer that somebody else took back."""
    reach = sight(principal)
    name, kind, blob = _one(_ATTACHMENT, [number], reach)
    [(ticket, seq, *author)] = [row[8:] for row in rows(_ATTACHMENT, [number])]
    if author != ["agent", reach.agent]:
        taken_back = {values(row[0])["seq"] for row in rows(_WITHDRAWN, [ticket, e.Withdrawn.KIND])}
        if seq in taken_back:
            raise NotFound("There is no such file.")
    return FileContent(name, kind, store.get(blob))


def inline_pictures(entry: int, *, principal: Principal) -> dict[str, FileContent]:
    """The raster pictures of an entry by Content-ID, each at most 2 MB; nothing where the entry may not be read."""
    found = _all(_INLINE, [entry, LARGEST_PICTURE], sight(principal))
    return {content_id: FileContent(content_id, kind.lower(), store.get(blob))
            for content_id, kind, blob in found if kind.lower() in RASTER}


def original(entry: int, *, principal: Principal) -> Original:
    """The HTML of an entry as it came. Raises NotFound."""
    html, happened, ticket = _one(_ORIGINAL, [entry], sight(principal))
    if not html:
        raise NotFound("There is no such file.")
    return Original(ticket, html, moment(happened))
