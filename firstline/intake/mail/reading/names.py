"""Gives every stored part a clean file name that is safe to show and to save under."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from typing import Final

from firstline.intake.mail.reading import caps

_TYPES: Final = mimetypes.MimeTypes(filenames=())
_OWN: Final = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/enriched": ".txt",
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "image/jpeg": ".jpg",
    "audio/mp3": ".mp3",
    "application/octet-stream": ".bin",
}
_FIXED: Final = {
    "text/calendar": "invite.ics",
    "application/ics": "invite.ics",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "version.asc",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/ms-tnef": "winmail.dat",
}
_SPACE: Final = re.compile(r"[ \t\r\n\u00a0]+")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def clean(name: str) -> str:
    """The name without path, control, bidirectional and zero-width characters, at most 200 long; may be ''."""
    name = unicodedata.normalize("NFC", name[: caps.FILE_NAME * 20])
    name = "".join(" " if char in "\t\r\n" else char for char in name if _is_visible(char))
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r"\A[A-Za-z]:", "", name)
    name = _SPACE.sub(" ", name).strip().lstrip(".").rstrip(". ")
    return _shortened(name.strip())


def _is_visible(char: str) -> bool:
    return char.isprintable() or (char in "\t\r\n\u3000\u00a0") or unicodedata.category(char) not in _INVISIBLE


def _shortened(name: str) -> str:
    if len(name) <= caps.FILE_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        return stem[: caps.FILE_NAME - len(ending) - 1] + "." + ending
    return name[: caps.FILE_NAME]


def of_message(subject: str) -> str:
    """The file name of a forwarded message: its subject, or 'message'."""
    stem = clean(re.sub(r"[/\\:*?\"<>|]", " ", subject[:500]))
    return _shortened((stem or "message")[: caps.FILE_NAME - 4] + ".eml")


def default(kind: str, *, number: int) -> str:
    """A made-up name for the nameless part at place `number`, with the ending of its type."""
    if kind in _FIXED:
        return _FIXED[kind]
    ending = _OWN.get(kind) or _TYPES.guess_extension(kind) or (".txt" if kind.startswith("text/") else ".bin")
    return f"part-{number}{ending}"


def type_of(name: str) -> str:
    """The media type that a file name's ending stands for."""
    return _TYPES.guess_type("file." + name.rpartition(".")[2])[0] or "application/octet-stream"
