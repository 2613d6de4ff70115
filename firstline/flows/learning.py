"""The index learns the words that it holds, so that it can correct and complete what is asked."""

from __future__ import annotations

from django.db import transaction

from firstline.search import vocabulary

_MOST_BATCHES = 4000
_ROWS = 20


def learn_words() -> None:
    """Learn what is new, a few rows a transaction, so that no other writer waits long. One process at a time."""
    for _ in range(_MOST_BATCHES):
        with transaction.atomic():
            learnt = vocabulary.learn_batch(limit=_ROWS)
        if not learnt:
            return
