"""Walks the MIME structure of a message once, in linear time and within the caps (RFC 2046 §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from firstline.intake.mail.reading import caps, fields, transfer
from firstline.intake.mail.reading.parameters import Parameters, parse

_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}\Z")
_NO_PARAMETERS: Final = Parameters("", {})


@dataclass(slots=True)
class Node:
    """One entity: its header, where its body lies in the raw bytes, and what it encloses."""

    raw: bytes
    header: fields.Block
    start: int
    end: int
    type: str
    parameters: Parameters
    disposition: Parameters
    children: list[Node] = field(default_factory=list)
    decoded: bytes | None = None
    said: str | None = None

    def text_of(self, name: str) -> str:
        return fields.text(self.header.first(name))

    def content(self) -> bytes:
        """The decoded body, decoded once."""
        if self.decoded is None:
            body = self.raw[self.start : self.end]
            encoding = self.text_of("content-transfer-encoding")
            self.decoded = transfer.decode(body, encoding=encoding) if encoding else body
        return self.decoded


@dataclass(slots=True)
class Tree:
    """The root entity and what was cut on the way."""

    root: Node
    notes: list[str]

    def leaves(self) -> Iterator[Node]:
        """Every entity without children, in document order."""
        stack = [self.root]
        while stack:
            node = stack.pop()
            if node.children:
                stack.extend(reversed(node.children))
            else:
                yield node


def walk(raw: bytes, *, most: int = caps.PARTS) -> Tree:
    """The tree of `raw`, whose lines end in LF or CRLF; at most `most` entities and `caps.DEPTH` levels."""
    root = _node(raw, 0, len(raw), default="text/plain")
    tree = Tree(root, list(root.header.notes))
    stack = [(root, 1)]
    count = 1
    while stack:
        node, depth = stack.pop()
        if not node.type.startswith("multipart/"):
            continue
        spans = _spans(node, most=most - count)
        if not spans:
            node.type = "text/plain"
            _note(tree, "mime:no-parts")
            continue
        if depth >= caps.DEPTH:
            _note(tree, "cap:depth")
            continue
        if count + len(spans) > most:
            spans = spans[: max(0, most - count)]
            _note(tree, "cap:parts")
        default = "message/rfc822" if node.type == "multipart/digest" else "text/plain"
        node.children = [_node(raw, start, end, default=default) for start, end in spans]
        count += len(spans)
        for child in node.children:
            for note in child.header.notes:
                _note(tree, note)
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return tree


def _note(tree: Tree, note: str) -> None:
    if note not in tree.notes:
        tree.notes.append(note)


def _node(raw: bytes, start: int, end: int, *, default: str) -> Node:
    header = fields.block(raw, start=start, end=end)
    declared = header.first("content-type")
    parameters = parse(fields.text(declared)) if declared else _NO_PARAMETERS
    kind = parameters.value if _TYPE.match(parameters.value) else ""
    if not kind:
        kind = {"text": "text/plain", "html": "text/html"}.get(parameters.value, default)
    disposition = header.first("content-disposition")
    return Node(
        raw=raw,
        header=header,
        start=header.body,
        end=end,
        type=kind,
        parameters=parameters,
        disposition=parse(fields.text(disposition)) if disposition else _NO_PARAMETERS,
    )


def _spans(node: Node, *, most: int) -> list[tuple[int, int]]:
    boundary = node.parameters.get("boundary").rstrip().encode("utf-8", "replace")
    spans = _split(node, b"--" + boundary, most=most) if boundary else []
    if not spans:
        guessed = _guess(node)
        spans = _split(node, guessed, most=most) if guessed else []
    return spans


def _split(node: Node, marker: bytes, *, most: int) -> list[tuple[int, int]]:
    """The bodies between delimiter lines; one that is never closed runs to the end."""
    raw, end = node.raw, node.end
    spans: list[tuple[int, int]] = []
    opened = -1
    at = raw.find(marker, node.start, end)
    while at >= 0:
        after = at + len(marker)
        newline = raw.find(b"\n", after, end) if _starts_a_line(raw, at, node.start) else -2
        if newline == -2:
            at = raw.find(marker, after, end)
            continue
        stop = newline if newline >= 0 else end
        tail = raw[after:stop].strip() if stop - after < 200 else b"x"
        if tail not in (b"", b"--"):
            at = raw.find(marker, stop, end)
            continue
        if opened >= 0:
            spans.append((opened, _before(raw, at, opened)))
        if len(spans) > most or (tail == b"--" and spans):
            return spans
        opened = min(stop + 1, end) if tail == b"" else -1
        at = raw.find(marker, stop, end)
    if 0 <= opened < end:
        spans.append((opened, end))
    return spans


def _starts_a_line(raw: bytes, at: int, start: int) -> bool:
    return at == start or raw[at - 1] == 0x0A


def _before(raw: bytes, at: int, opened: int) -> int:
    """The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1)."""
    if at > opened and raw[at - 1] == 0x0A:
        at -= 1
        if at > opened and raw[at - 1] == 0x0D:
            at -= 1
    return at


def _guess(node: Node) -> bytes:
    """Where the declared boundary is missing or wrong: the first `--line` that a Content- header follows."""
    raw, end = node.raw, node.end
    at = raw.find(b"--", node.start, end)
    for _ in range(caps.PARTS):
        if at < 0:
            return b""
        newline = raw.find(b"\n", at, end)
        if newline < 0:
            return b""
        if _starts_a_line(raw, at, node.start) and raw[newline + 1 : newline + 9].lower() == b"content-":
            return raw[at:newline].strip()[:200]
        at = raw.find(b"--", newline, end)
    return b""
