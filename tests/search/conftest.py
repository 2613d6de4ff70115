"""Compile the lemmas once for all runs, and lay them where the analyser looks for them."""

import shutil
from pathlib import Path

import pytest

from firstline.search.rules.analysis import Analyser
from firstline.search.rules.lemmas import FILE_NAME, Lemmas


@pytest.fixture(scope="session")
def lemmas_file(request: pytest.FixtureRequest) -> Path:
    """The compiled lemmas, kept in pytest's cache since compiling takes some twenty seconds."""
    path = Path(request.config.cache.mkdir("lemmas")) / FILE_NAME
    if not path.exists():
        from firstline.search.compiling import compile_lemmas

        compile_lemmas(path)
    return path


@pytest.fixture(scope="session")
def lemmas(lemmas_file: Path) -> Lemmas:
    return Lemmas(lemmas_file)


@pytest.fixture(scope="session")
def analyser(lemmas: Lemmas) -> Analyser:
    return Analyser(lemmas)


@pytest.fixture
def installed(lemmas_file: Path, db: None) -> None:
    """A database, and the lemmas in the desk's home."""
    from firstline.search import dictionary

    if not dictionary.lemmas_path().exists():
        shutil.copyfile(lemmas_file, dictionary.lemmas_path())
        dictionary.analyser.cache_clear()
