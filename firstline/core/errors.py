"""Errors that know their own status and say in a sentence what a person can do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext


class DeskError(Exception):
    """A refusal with an HTTP-like `status` and a translatable `sentence`; `values` fill its %(name)s gaps."""

    status = 400

    def __init__(self, sentence: str, *, status: int | None = None, **values: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values
        if status is not None:
            self.status = status

    def told(self) -> str:
        """The sentence in the language that is active now."""
        text = gettext(self.sentence)
        return text % self.values if self.values else text

    def __str__(self) -> str:
        return self.sentence % self.values if self.values else self.sentence


class NotAllowed(DeskError):
    """The principal has no right to do this here."""

    status = 403


class NotFound(DeskError):
    """There is no such thing, or the principal may not know that there is."""

    status = 404


class Conflict(DeskError):
    """Somebody else was quicker; what the person wrote is kept by the door."""

    status = 409


class Unavailable(DeskError):
    """Try again later."""

    status = 503
