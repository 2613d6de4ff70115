"""How a value is written for bulk loading: PostgreSQL's COPY text, and SQLite's parameters as Django has them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Form(Protocol):
    """Turns values into what a row of a loader holds, and rows into a block; whole numbers go as they are."""

    null: Any
    true: Any
    false: Any

    def text(self, value: str) -> Any: ...

    def moment(self, value: datetime) -> Any: ...

    def blob(self, value: bytes) -> Any: ...

    def block(self, rows: list[tuple[Any, ...]]) -> Any: ...


class CopyForm:
    """The text format of COPY (PostgreSQL manual, COPY, "Text Format")."""

    null, true, false = "\\N", "t", "f"

    def text(self, value: str) -> str:
        return value.translate(_ESCAPES)

    def moment(self, value: datetime) -> str:
        return value.isoformat()

    def blob(self, value: bytes) -> str:
        return "\\\\x" + value.hex()

    def block(self, rows: list[tuple[Any, ...]]) -> bytes:
        return "".join(["\t".join(map(str, row)) + "\n" for row in rows]).encode()


class ParameterForm:
    """Parameters of SQLite; moments as Django writes them, naive in UTC."""

    null, true, false = None, 1, 0

    def text(self, value: str) -> str:
        return value

    def moment(self, value: datetime) -> str:
        return value.isoformat(" ")[:19]

    def blob(self, value: bytes) -> bytes:
        return value

    def block(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return rows
