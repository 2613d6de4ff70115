"""Reading what a form sent: numbers, texts, files; a wrong value is a sentence, never a crash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from firstline.core.errors import DeskError
from firstline.core.text import without_nul
from firstline.flows.uploads import Upload

LONGEST = 200_000


def text(request: HttpRequest, name: str) -> str:
    """A text as written, '' if it was not sent. Raises DeskError when it is far too long."""
    value = without_nul(request.POST.get(name, "")).replace("\r\n", "\n")
    if len(value) > LONGEST:
        raise DeskError("This text is too long.", status=413)
    return value


def number(request: HttpRequest, name: str) -> int | None:
    """A whole number; None if the field is empty. Raises DeskError."""
    value = request.POST.get(name, "").strip().lstrip("#")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        raise DeskError("This is not a number.")
    return int(value)


def required(request: HttpRequest, name: str) -> int:
    """A whole number that must be there. Raises DeskError."""
    found = number(request, name)
    if found is None:
        raise DeskError("Something was not chosen.")
    return found


def numbers(values: Iterable[str]) -> tuple[int, ...]:
    """Whole numbers; others are refused. Raises DeskError."""
    found = tuple(values)
    if not all(value.isascii() and value.isdigit() and len(value) < 18 for value in found):
        raise DeskError("This is not a number.")
    return tuple(int(value) for value in found)


def choice(request: HttpRequest, name: str, known: Iterable[str]) -> str | None:
    """One of the known words, None if the field is empty. Raises DeskError."""
    value = request.POST.get(name, "")
    if value and value not in set(known):
        raise DeskError("There is no such choice.")
    return value or None


def moment(request: HttpRequest, name: str) -> datetime | None:
    """A date and time typed in the reader's zone. Raises DeskError."""
    value = request.POST.get(name, "").strip()
    if not value:
        return None
    try:
        found = parse_datetime(value)
    except ValueError:
        found = None
    if found is None:
        raise DeskError("This is not a date.")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def files(request: HttpRequest, name: str = "files") -> tuple[Upload, ...]:
    """The files that came with a form; empty fields are left out."""
    return tuple(Upload(file.name or "file", file.content_type or "application/octet-stream", file.read())
                 for file in request.FILES.getlist(name) if file.size)
