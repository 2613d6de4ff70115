"""Answers that are asked again and again within one batch of work are fetched once for the batch."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def batch() -> Iterator[None]:
    """Within this block a function marked `within_batch` is asked once for the same arguments.

    Meant for seconds: what somebody changes meanwhile is seen by the next batch.
    """
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def within_batch(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a question about settings that change rarely. Outside of a batch it is asked every time."""

    @wraps(function)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return function(*args, **named)
        key = (function, args, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = function(*args, **named)
        found: R = answers[key]
        return found

    return asked
