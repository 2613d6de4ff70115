"""Opens the desk's compiled lemmas once a process and hands out the one analyser."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from django.conf import settings

from firstline.search.rules.analysis import Analyser
from firstline.search.rules.lemmas import FILE_NAME, Lemmas

_LOG = logging.getLogger(__name__)


def lemmas_path() -> Path:
    """Where set-up puts the compiled lemmas and every process looks for them."""
    home: Path = settings.CONFIG.home
    return home / FILE_NAME


@cache
def analyser() -> Analyser:
    """The analyser of this process. Without compiled lemmas it still works, by stems alone, and says so once."""
    path = lemmas_path()
    if not path.exists():
        _LOG.warning("%s is missing: search knows fewer word forms until it is compiled.", path.name)
        return Analyser(None)
    return Analyser(Lemmas(path))
