"""A thread that lives long keeps no database connection between its pieces of work, where connections are shared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections


@contextmanager
def lent() -> Iterator[None]:
    """Around each piece of work of a thread that no request ends: a connection goes back to the pool, so that many
    mailboxes share few of them, and a broken one is let go. On SQLite a whole one is kept."""
    try:
        yield
    finally:
        close_old_connections()
