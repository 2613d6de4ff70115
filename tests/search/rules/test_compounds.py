import pytest

from firstline.search.rules.compounds import split

KNOWN = frozenset({"nettverk", "skriver", "netværk", "printer", "jelszó", "kezelő", "bruker", "navn", "printerne"})


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("nettverksskriver", "nb", ("nettverk", "skriver")),
        ("netværksprinter", "da", ("netværk", "printer")),
        ("brukernavn", "nb", ("bruker", "navn")),
        ("jelszókezelő", "hu", ("jelszó", "kezelő")),
        ("skriver", "nb", ()),
        ("nettverksskriver", "en", ()),
        ("ukjentskriver", "nb", ()),
    ],
)
def test_a_compound_is_split_into_known_words(word, language, parts):
    assert split(word, language, KNOWN.__contains__) == parts


def test_a_long_word_asks_few_questions():
    asked = []
    split("a" * 10_000, "nb", lambda word: bool(asked.append(word)))
    assert len(asked) < 100
