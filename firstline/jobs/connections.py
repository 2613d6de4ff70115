"""A thread that lives long lets go of a database connection that broke, so that the next try has a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections


@contextmanager
def mended() -> Iterator[None]:
    """Around each piece of work of a thread that no request ends."""
    try:
        yield
    except DatabaseError:
        close_old_connections()
        raise
