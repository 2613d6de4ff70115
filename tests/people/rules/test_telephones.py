"""How telephone numbers are read."""

import pytest

from firstline.people.rules.telephones import compared, e164, fragments, told


@pytest.mark.parametrize(("written", "country", "number"), [
    ("06 30 123 4567", "HU", "+36301234567"),
    ("+36 (30) 123-4567", "GB", "+36301234567"),
    ("0044 20 7946 0018", "HU", "+442079460018"),
    ("22 12 34 56", "NO", "+4722123456"),
    ("nonsense", "NO", None),
    ("", "NO", None),
    ("12", "NO", None),
])
def test_a_number_is_read_by_its_country(written: str, country: str, number: str | None) -> None:
    assert e164(written, country=country) == number


def test_an_extension_is_compared_by_its_digits() -> None:
    assert compared("ext. 12", country="HU") == "12"


def test_a_number_is_told_in_groups() -> None:
    assert told("+36301234567") == "+36 30 123 4567"


@pytest.mark.parametrize(("typed", "country", "number"), [
    ("06 30 12", "HU", "+36301234567"), ("020 7946", "GB", "+442079460018"), ("0018", "GB", "+442079460018"),
    ("+36 30 123 4567", "GB", "+36301234567"), ("0036301234567", "HU", "+36301234567"),
    ("47 22 12", "NO", "+4722123456"),
])
def test_a_part_of_a_number_finds_it(typed: str, country: str, number: str) -> None:
    assert any(run in number for run in fragments(typed, country=country))


def test_another_number_is_not_found() -> None:
    assert not any(run in "+36301234567" for run in fragments("0630 999", country="HU"))
