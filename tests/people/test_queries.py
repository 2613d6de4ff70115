"""How persons are found and listed."""

from datetime import UTC, datetime

import pytest

from firstline.accounts.principal import SYSTEM, Principal
from firstline.core.errors import NotAllowed
from firstline.flows.people_changing import create_person, recognise
from firstline.people import queries

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> None:
    recognise("janos@example.hu", "Kovács János", now=NOW, language="hu")
    recognise("olena@example.ua", "Олена Шевченко", now=NOW, language="uk")
    recognise("soren@example.dk", "Søren Ørsted", now=NOW, language="da")
    create_person(by=SYSTEM, now=NOW, name="Ann Lee", telephone="+44 20 7946 0018", employee_number="E1234")
    create_person(by=SYSTEM, now=NOW, name="Lee Kovar", language="en")


def _found(text: str) -> list[str]:
    return [card.name for card in queries.search_people(text, principal=SYSTEM)]


@pytest.mark.parametrize(("text", "name"), [
    ("kova", "Kovács János"), ("jan kov", "Kovács János"), ("shevch", "Олена Шевченко"), ("ШЕВ", "Олена Шевченко"),
    ("soeren", "Søren Ørsted"), ("orsted", "Søren Ørsted"), ("olena@", "Олена Шевченко"),
    ("example.dk", "Søren Ørsted"), ("020 7946", "Ann Lee"), ("7946 0018", "Ann Lee"), ("e123", "Ann Lee"),
])
def test_a_caller_is_found_from_what_he_says(desk, text: str, name: str) -> None:
    assert name in _found(text)


@pytest.mark.parametrize("text", ["", "   ", "nobody", "%", "_", "\\", "' OR 1=1 --", "lee%", "999999999"])
def test_a_text_that_fits_nobody_finds_nobody(desk, text: str) -> None:
    assert _found(text) in ([], ["Lee Kovar", "Ann Lee"]) and (text == "lee%" or not _found(text))


def test_the_beginning_of_the_family_name_comes_first(desk) -> None:
    assert _found("lee") == ["Ann Lee", "Lee Kovar"]


def test_searching_needs_the_right_to_see_people(desk) -> None:
    with pytest.raises(NotAllowed):
        queries.search_people("lee", principal=Principal("agent", 1))


def test_a_list_of_people_is_paged_without_gaps(desk) -> None:
    names, after = [], None
    while True:
        page = queries.people_page(principal=SYSTEM, after=after, limit=2)
        names += [card.name for card in page.people]
        after = page.after
        if after is None:
            break
    assert names == [card.name for card in queries.people_page(principal=SYSTEM).people] and len(names) == 5


def test_a_page_takes_the_same_queries_for_any_number(desk, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(5):
        queries.people_page(principal=SYSTEM)
