"""PostgreSQL's connection, whose commits can be counted and cut short by a fault test."""

from __future__ import annotations

from django.db.backends.postgresql import base

from firstline.core import faults


class DatabaseWrapper(base.DatabaseWrapper):
    """Commits pass two fault points: before, when nothing is kept yet, and after, when all of it is."""

    def _commit(self) -> None:
        if self.connection is not None:
            faults.point("commit:before")
        super()._commit()
        faults.point("commit:after")
