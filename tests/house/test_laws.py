"""The house keeps its laws, and each law can be broken."""

import re
from pathlib import PurePosixPath

import pytest

from tests.house import sources
from tests.house.laws import BAD_NAMES, LAWS, Law

LONGEST_FILE = 400
MOST_SCRIPT = 2000
OUTSIDE_ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""")


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_a_law_can_be_broken(law: Law) -> None:
    assert law.holds_in(law.sample_path)
    assert list(law.breaches(law.refused))
    assert not list(law.breaches(law.accepted))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_the_house_keeps_its_law(law: Law) -> None:
    broken = [
        f"{path}:{line}"
        for path in sources.files(".py")
        if law.holds_in(path)
        for line in law.breaches(sources.text(path))
    ]
    assert broken == []


def too_long(text: str) -> bool:
    return text.count("\n") > LONGEST_FILE


def test_a_long_file_is_seen() -> None:
    assert too_long("\n" * 401)
    assert not too_long("\n" * 400)


def test_no_file_is_longer_than_400_lines() -> None:
    assert [path for path in sources.files(".py", ".html", ".css", ".js") if too_long(sources.text(path))] == []


def badly_named(path: str) -> bool:
    return not BAD_NAMES.isdisjoint(PurePosixPath(path).with_suffix("").parts)


def test_a_name_that_says_nothing_is_seen() -> None:
    assert badly_named("firstline/tickets/utils.py")
    assert badly_named("firstline/helpers/mail.py")
    assert not badly_named("firstline/tickets/queries.py")


def test_modules_are_named_after_what_they_do() -> None:
    assert [path for path in sources.files(".py") if badly_named(path)] == []


def script_lines(texts: list[str]) -> int:
    return sum(text.count("\n") for text in texts)


def test_own_javascript_stays_small() -> None:
    assert script_lines(["a\n" * 2001]) > MOST_SCRIPT
    assert script_lines([sources.text(path) for path in sources.files(".js")]) < MOST_SCRIPT


def test_an_address_outside_is_seen() -> None:
    assert OUTSIDE_ADDRESS.search('<script src="https://cdn.example/x.js">')
    assert OUTSIDE_ADDRESS.search("@import 'x.css'")
    assert not OUTSIDE_ADDRESS.search('<script src="/static/x.js">')


def test_pages_load_nothing_from_elsewhere() -> None:
    pages = [path for path in sources.files(".html", ".css", ".js") if path.startswith("firstline/")]
    assert [path for path in pages if OUTSIDE_ADDRESS.search(sources.text(path))] == []


def test_templates_put_no_work_off() -> None:
    marks = re.compile(r"\b(TODO|FIXME)\b")
    assert marks.search("<!-- TODO -->")
    assert [path for path in sources.files(".html", ".css", ".js") if marks.search(sources.text(path))] == []
