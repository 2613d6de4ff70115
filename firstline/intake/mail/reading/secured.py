"""Notes that a letter is encrypted or carries a signature, which is never the same as a valid one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from firstline.intake.mail.reading.walking import Node

_ARMOUR: Final = (
    ("-----BEGIN PGP MESSAGE-----", "encrypted:pgp"),
    ("-----BEGIN PGP SIGNED MESSAGE-----", "signed:pgp"),
)
_BINARY_ARMOUR: Final = b"-----BEGIN PGP MESSAGE-----"


def notes(root: Node, *, text: str) -> tuple[str, ...]:
    """'encrypted:pgp', 'encrypted:smime', 'signed:pgp', 'signed:smime' as far as the outside shows
    (RFC 1847, RFC 3156, RFC 8551 §3.5, RFC 9580 §6.2)."""
    found = [note for node in _all(root) for note in _of(node)]
    found += [note for armour, note in _ARMOUR if armour in text]
    return tuple(dict.fromkeys(found))


def _all(root: Node) -> Iterator[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _of(node: Node) -> Iterator[str]:
    kind = node.type
    if kind in ("multipart/encrypted", "multipart/signed"):
        scheme = "smime" if "pkcs7" in node.parameters.get("protocol").lower() else "pgp"
        yield f"{kind.removeprefix('multipart/')}:{scheme}"
    elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        yield "signed:smime" if node.parameters.get("smime-type").lower() == "signed-data" else "encrypted:smime"
    elif kind in ("application/pkcs7-signature", "application/x-pkcs7-signature"):
        yield "signed:smime"
    elif kind == "application/pgp-signature":
        yield "signed:pgp"
    elif kind == "application/pgp-encrypted" or _is_armoured(node):
        yield "encrypted:pgp"


def _is_armoured(node: Node) -> bool:
    if node.children or node.type.startswith(("message/", "image/")):
        return False
    return _BINARY_ARMOUR in node.raw[node.start : min(node.end, node.start + 2000)]
