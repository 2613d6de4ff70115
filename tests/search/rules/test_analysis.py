import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstline.search.rules.analysis import LENGTH, Analyser, keys_of, tally_of
from firstline.search.rules.keys import exact_key, stem_key, weak_key
from firstline.search.rules.stem import NoDictionary


def keys(analyser: Analyser, text: str, language: str | None = None) -> set[str]:
    return set(keys_of(analyser.analyse(text, language=language).tally))


def answers(analyser: Analyser, query: str, text: str, language: str | None = None) -> bool:
    term = analyser.query_keys(query)[0]
    return bool(set(term.keys) & keys(analyser, text, language))


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("printers", "the printer", "en"),
        ("skrivere", "skriveren", "nb"),
        ("паролі", "паролем", "uk"),
        ("skaerm", "skærmen er sort", "da"),
        ("skarm", "skærm", "da"),
        ("skærm", "min skaerm", "da"),
        ("jelszo", "jelszó", "hu"),
        ("skriver", "nettverksskriveren", "nb"),
        ("nettverksskriver", "en skriver", "nb"),
        ("комп'ютер", "мій комп’ютер", "uk"),
        ("email", "my e-mail", "en"),
        ("outlook", "не відкривається Outlook", "uk"),
        ("0x80070057", "ERR_0x80070057", "en"),
        ("10.0.1", "version v10.0.1", "en"),
    ],
)
def test_a_question_meets_a_text(analyser, query, text, language):
    assert answers(analyser, query, text, language)


@pytest.mark.parametrize(("query", "text"), [("print", "price"), ("mail", "main"), ("пароль", "парад")])
def test_a_question_does_not_meet_another_word(analyser, query, text):
    assert not answers(analyser, query, text)


def test_a_tally_counts_title_and_body(analyser):
    made = analyser.analyse("printer printer printer", title="printer", language="en")
    at = made.tally.index(exact_key("printer").encode())
    assert made.tally[at - 1] == 128 + 16 * 1 + 3


def test_a_tally_counts_no_further_than_it_can(analyser):
    made = analyser.analyse("printer " * 500, title="printer " * 20, language="en")
    assert made.tally[0] == 128 + 16 * 3 + 15


def test_lengths_are_in_words(analyser):
    made = analyser.analyse("one two three", title="four five", language="en")
    assert (made.title_length, made.body_length) == (2, 3)


def test_the_keys_of_a_tally_are_those_it_was_made_from():
    counts = {stem_key("a"): 1, exact_key("b"): 63, weak_key("c"): 16}
    assert keys_of(tally_of(counts)) == list(counts)


def test_the_three_kinds_of_key_never_meet():
    assert len({stem_key("x")[0], exact_key("x")[0], weak_key("x")[0]}) == 3


@pytest.mark.parametrize("make", [stem_key, exact_key, weak_key])
def test_keys_are_plain_words_of_one_length(make):
    assert all(key.isalnum() and key.isascii() and len(key) == LENGTH for key in map(make, ("ő", "'; --", "")))


def test_a_question_has_at_most_24_terms(analyser):
    assert len(analyser.query_keys(" ".join(f"word{number}" for number in range(200)))) <= 24


def test_without_a_dictionary_stems_serve():
    assert answers(Analyser(NoDictionary()), "printers", "printer", "en")


def test_a_compound_is_split_by_the_words_given(lemmas):
    known = {"foo": True}
    analyser = Analyser(lemmas, known=lambda word, language: word in ("quux", "blarg") and bool(known))
    assert weak_key("blarg") in keys(analyser, "quuxblarg", "nb")


@pytest.mark.parametrize(
    "text", ["a-" * 40_000, "é" * 100_000, "0x" + "f" * 100_000, "'" * 100_000, "\U0001f600" * 50_000]
)
def test_hostile_text_is_read_in_the_end(analyser, text):
    assert len(analyser.analyse(text, title=text).tally) < 1_000_000


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_keys_that_its_tally_holds(text):
    made = Analyser(NoDictionary()).analyse(text, title=text)
    assert all(len(key) == LENGTH and key.isalnum() and key.encode() in made.tally for key in keys_of(made.tally))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_answers_its_own_words(text):
    analyser = Analyser(NoDictionary())
    found = set(keys_of(analyser.analyse(text).tally))
    assert all(term.exact in found for term in analyser.query_keys(text))
