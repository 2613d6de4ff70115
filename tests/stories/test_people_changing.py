"""Persons come to be known and are kept up to date."""

from datetime import UTC, datetime

import pytest

from firstline.accounts.principal import SYSTEM, Principal, Scope
from firstline.core.errors import Conflict, DeskError, NotAllowed, NotFound
from firstline.flows import people_changing as changing
from firstline.people import queries

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GUEST = Principal("person", 1)


def _card(person: int):
    return queries.person(person, principal=SYSTEM)


def test_a_stranger_is_made_from_his_mail() -> None:
    card = _card(changing.recognise("Janos.Kovacs@Example.hu", "Kovács, János", now=NOW, language="hu"))
    assert (card.name, card.sort_name, card.addresses[0].written) == (
        "Kovács János", "kovacs janos", "Janos.Kovacs@Example.hu")


def test_the_same_address_is_the_same_person() -> None:
    first = changing.recognise("ann@example.org", "Ann Lee", now=NOW)
    assert changing.recognise("ANN@example.org ", "Somebody Else", now=NOW) == first
    assert _card(first).name == "Ann Lee"


def test_a_name_is_taken_over_where_there_was_none() -> None:
    person = changing.recognise("12345@example.org", "", now=NOW)
    changing.recognise("12345@example.org", "Ann Lee", now=NOW)
    assert _card(person).sort_name == "lee ann"


def test_the_organisation_is_that_of_the_mail_domain() -> None:
    made = changing.add_organisation(by=SYSTEM, now=NOW, name="Example Ltd", domains=("example.org",))
    assert _card(changing.recognise("ann@lab.example.org", "Ann", now=NOW)).organisation == made


def test_a_name_that_only_ends_like_the_domain_is_another_one() -> None:
    changing.add_organisation(by=SYSTEM, now=NOW, name="Example Ltd", domains=("example.org",))
    assert _card(changing.recognise("ann@badexample.org", "Ann", now=NOW)).organisation is None


@pytest.mark.parametrize("email", ["", "@", "ann", "ann@", "@example.org", "a b@example.org"])
def test_what_is_no_address_is_nobody(email: str) -> None:
    with pytest.raises(DeskError):
        changing.recognise(email, "Ann", now=NOW)


def test_a_person_needs_no_address() -> None:
    person = changing.create_person(by=SYSTEM, now=NOW, name="Warehouse Will", telephone="020 7946 0018")
    assert _card(person).addresses == () and _card(person).telephones[0].number == "+442079460018"


def test_an_address_belongs_to_one_person() -> None:
    changing.recognise("ann@example.org", "Ann", now=NOW)
    with pytest.raises(Conflict):
        changing.create_person(by=SYSTEM, now=NOW, name="Bo", email="ANN@example.org")
    assert queries.search_people("Bo", principal=SYSTEM) == []


def test_an_address_that_was_removed_is_free() -> None:
    person = changing.recognise("ann@example.org", "Ann", now=NOW)
    changing.remove_address(person, by=SYSTEM, now=NOW, email="ann@example.org")
    assert queries.find_by_address("ann@example.org") is None


def test_what_is_not_given_stays() -> None:
    person = changing.recognise("ann@example.org", "Ann Lee", now=NOW, language="en")
    changing.edit_person(person, by=SYSTEM, now=NOW, employee_number="E77")
    assert (_card(person).name, _card(person).employee_number) == ("Ann Lee", "E77")


def test_another_language_sorts_the_name_anew() -> None:
    person = changing.recognise("k@example.org", "Kovács János", now=NOW)
    changing.edit_person(person, by=SYSTEM, now=NOW, language="hu")
    assert _card(person).sort_name == "kovacs janos"


def test_a_telephone_is_added_and_removed() -> None:
    person = changing.recognise("ann@example.org", "Ann", now=NOW)
    line = changing.add_telephone(person, by=SYSTEM, now=NOW, written="4711")
    changing.remove_telephone(person, by=SYSTEM, now=NOW, telephone=line)
    assert _card(person).telephones == ()


def test_a_bounce_is_kept_until_the_owner_proves_himself() -> None:
    person = changing.recognise("ann@example.org", "Ann", now=NOW)
    changing.address_bounced("ann@example.org", now=NOW, reason="userunknown")
    assert _card(person).addresses[0].bounce_reason == "userunknown"
    changing.address_proved("ann@example.org", now=NOW)
    assert _card(person).addresses[0].bouncing_since is None


def test_without_the_right_nothing_changes() -> None:
    with pytest.raises(NotAllowed):
        changing.create_person(by=GUEST, now=NOW, name="X")


def test_a_person_sees_himself_and_nobody_else() -> None:
    mine = changing.recognise("ann@example.org", "Ann", now=NOW)
    other = changing.recognise("bo@example.org", "Bo", now=NOW)
    assert queries.person(mine, principal=Principal("person", mine)).name == "Ann"
    with pytest.raises(NotFound):
        queries.person(other, principal=Principal("person", mine))


def test_every_change_stands_in_the_audit_trail() -> None:
    from firstline.accounts.models import AuditLine

    person = changing.create_person(by=SYSTEM, now=NOW, name="Ann")
    changing.edit_person(person, by=SYSTEM, now=NOW, name="Anna")
    deeds = AuditLine.objects.order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == ["person.created", "person.edited"]


def test_an_agent_who_may_see_people_finds_them() -> None:
    changing.recognise("ann@example.org", "Ann Lee", now=NOW)
    agent = Principal("agent", 1, permissions={"people.see": Scope.ALL})
    assert [card.name for card in queries.search_people("lee", principal=agent)] == ["Ann Lee"]
