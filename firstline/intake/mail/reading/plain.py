"""Reads text/plain with format=flowed and the old text/enriched as plain text."""

from __future__ import annotations

import re
from typing import Final

_COMMAND: Final = re.compile(r"<(/?)([A-Za-z0-9-]{1,60})>")
_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_LINE_END: Final = re.compile(r"\r\n?")


def lines(text: str) -> str:
    """Every line end as LF, control characters gone: a terminal or a log may show this text one day."""
    return _LINE_END.sub("\n", text).translate(_CONTROL)


def unflowed(text: str, *, delete_space: object = "") -> str:
    """Soft-broken lines joined, space-stuffing removed, quote depth kept (RFC 3676 §4). Linear.

    `delete_space` is the DelSp parameter, 'yes' or anything else.
    """
    cut = str(delete_space).lower() == "yes"
    out: list[str] = []
    open_depth = -1
    buffer: list[str] = []
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        if content.startswith(" "):
            content = content[1:]
        if buffer and (depth != open_depth or content == "-- "):
            out.append(_quoted(open_depth, buffer))
            buffer = []
        open_depth = depth
        soft = content.endswith(" ") and content != "-- "
        buffer.append(content[:-1] if soft and cut else content)
        if not soft:
            out.append(_quoted(depth, buffer))
            buffer = []
    if buffer:
        out.append(_quoted(open_depth, buffer))
    return "\n".join(out)


def _quoted(depth: int, buffer: list[str]) -> str:
    joined = "".join(buffer)
    return ">" * depth + (" " if depth and joined else "") + joined


def unenriched(text: str) -> str:
    """The words of text/enriched or text/richtext without its commands (RFC 1896)."""
    out: list[str] = []
    last = hidden = 0
    source = re.sub(r"\n(\n+)|\n", lambda found: found.group(1) or " ", text).replace("<<", "\0")
    for command in _COMMAND.finditer(source):
        if not hidden:
            out.append(source[last : command.start()])
        last = command.end()
        name = command.group(2).lower()
        if name in ("param", "comment"):
            hidden = max(0, hidden + (-1 if command.group(1) else 1))
        elif name in ("nl", "np") or (name in ("paragraph", "para") and command.group(1)):
            out.append("\n")
        elif name == "lt":
            out.append("<")
    if not hidden:
        out.append(source[last:])
    return "".join(out).replace("\0", "<")
