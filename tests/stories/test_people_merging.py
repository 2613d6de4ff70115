"""Two persons turn out to be one, and sometimes not to be after all."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.accounts.principal import SYSTEM, Principal
from firstline.core.errors import Conflict, NotAllowed, NotFound
from firstline.flows.people_changing import create_person, recognise
from firstline.flows.people_merging import merge, part
from firstline.people import queries
from firstline.people.models import PersonMerge

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def three() -> list[int]:
    return [recognise(f"{name}@example.org", name.title(), now=NOW) for name in ("ann", "bo", "cy")]


def _merge(person: int, into: int) -> None:
    merge(person, into=into, by=SYSTEM, now=NOW)


def test_a_merged_person_counts_as_the_other(three) -> None:
    _merge(three[0], three[1])
    assert queries.canonical_of(three) == {three[0]: three[1], three[1]: three[1], three[2]: three[2]}


def test_the_card_shows_the_addresses_of_both(three) -> None:
    _merge(three[0], three[1])
    card = queries.person(three[1], principal=SYSTEM)
    assert {address.email for address in card.addresses} == {"ann@example.org", "bo@example.org"}
    assert card.merged == (three[0],)


def test_the_address_stays_with_its_row(three) -> None:
    _merge(three[0], three[1])
    assert queries.find_by_address("ann@example.org") == three[0]


def test_a_chain_ends_at_its_last_person(three) -> None:
    _merge(three[0], three[1])
    _merge(three[1], three[2])
    assert queries.canonical_of(three)[three[0]] == three[2]


def test_parting_in_the_middle_takes_the_branch_along(three) -> None:
    _merge(three[0], three[1])
    _merge(three[1], three[2])
    part(three[1], by=SYSTEM, now=NOW)
    assert queries.canonical_of(three) == {three[0]: three[1], three[1]: three[1], three[2]: three[2]}


def test_a_circle_is_refused(three) -> None:
    _merge(three[0], three[1])
    with pytest.raises(Conflict):
        _merge(three[1], three[0])


def test_nobody_is_merged_into_himself(three) -> None:
    with pytest.raises(Conflict):
        _merge(three[0], three[0])


def test_nobody_is_merged_twice(three) -> None:
    _merge(three[0], three[1])
    with pytest.raises(Conflict):
        _merge(three[0], three[2])


def test_who_is_not_merged_cannot_be_parted(three) -> None:
    with pytest.raises(Conflict):
        part(three[0], by=SYSTEM, now=NOW)


def test_nobody_who_does_not_exist_is_merged(three) -> None:
    with pytest.raises(NotFound):
        _merge(three[0], 10**9)


def test_merging_needs_its_right(three) -> None:
    with pytest.raises(NotAllowed):
        merge(three[0], into=three[1], by=Principal("agent", 1), now=NOW)


def test_a_search_finds_the_canonical_person_once(three) -> None:
    _merge(three[0], three[1])
    assert [card.id for card in queries.search_people("example.org@"[:7], principal=SYSTEM)] == [three[1], three[2]]


def _expected(people: list[int], active: dict[int, int]) -> dict[int, int]:
    found = {}
    for person in people:
        end = person
        while end in active:
            end = active[end]
        found[person] = end
    return found


_STEPS = st.lists(st.tuples(st.sampled_from(["merge", "part"]), st.integers(0, 5), st.integers(0, 5)), max_size=25)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_any_merges_and_parts_end_in_the_state_of_the_merges_still_active(steps) -> None:
    people = [create_person(by=SYSTEM, now=NOW, name=f"P{n}") for n in range(6)]
    for deed, one, other in steps:
        try:
            if deed == "merge":
                _merge(people[one], people[other])
            else:
                part(people[one], by=SYSTEM, now=NOW)
        except Conflict:
            continue
    active = dict(PersonMerge.objects.filter(parted_at=None, person__in=people).values_list("person_id", "into_id"))
    assert queries.canonical_of(people) == _expected(people, active)
