"""Reading tickets: the queue, one ticket's story, its files; all of it within the reader's rights."""

from __future__ import annotations

from firstline.tickets.queries.directory import directory
from firstline.tickets.queries.files import attachment, inline_pictures, original
from firstline.tickets.queries.lists import tickets_of
from firstline.tickets.queries.queue import queue_page
from firstline.tickets.queries.sight import Sight, sight
from firstline.tickets.queries.story import story
from firstline.tickets.queries.values import (
    Count,
    Directory,
    File,
    FileContent,
    OtherTicket,
    QueueFilter,
    QueuePage,
    QueueRow,
    Said,
    Story,
)

__all__ = ["Count", "Directory", "File", "FileContent", "OtherTicket", "QueueFilter", "QueuePage",
           "QueueRow", "Said", "Sight", "Story", "attachment", "directory", "inline_pictures", "original",
           "queue_page", "sight", "story", "tickets_of"]
