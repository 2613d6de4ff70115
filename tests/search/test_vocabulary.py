import pytest

from firstline.search import vocabulary
from firstline.search.models import SearchWord
from firstline.search.rules.keys import stem_key
from tests.search.support import put

pytestmark = pytest.mark.usefixtures("installed")


def learn():
    while vocabulary.learn_batch(2):
        pass


def test_every_row_is_learnt_once():
    for one in range(1, 6):
        put(one, "printer")
    assert [vocabulary.learn_batch(2) for _ in range(4)] == [2, 2, 1, 0]


def test_frequencies_and_lengths_are_counted():
    for one in range(1, 6):
        put(one, "printer fire", title="smoke")
    learn()
    known = vocabulary.statistics([stem_key("printer"), stem_key("absent")])
    assert (known.rows, known.title_words, known.body_words, dict(known.frequencies)) == (
        5, 5, 10, {stem_key("printer"): 5}
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["pasword", "passwordd", "passwird", "passwrod"])
def test_a_mistyped_word_is_corrected(typed):
    put(1, "password")
    learn()
    assert vocabulary.corrections(typed) == ("password",)


def test_the_more_frequent_correction_comes_first():
    put(1, "house")
    for one in range(2, 5):
        put(one, "mouse")
    learn()
    assert vocabulary.corrections("youse") == ("mouse", "house")


def test_a_word_two_errors_away_is_no_correction():
    put(1, "password")
    learn()
    assert vocabulary.corrections("pasword1") == vocabulary.corrections("pswrod") == ()


def test_a_text_of_countless_words_does_not_flood_the_vocabulary():
    put(
        1,
        " ".join(f"{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}x" for a in range(26) for b in range(26) for c in range(9)),
    )
    learn()
    assert SearchWord.objects.count() <= vocabulary.MOST_WORDS


def test_what_was_forgotten_is_learnt_anew():
    put(1, "password")
    learn()
    vocabulary.forget_all()
    learn()
    assert (vocabulary.corrections("pasword"), vocabulary.statistics(()).rows) == (("password",), 1)


def test_completions_begin_as_asked_the_most_frequent_first():
    put(1, "printing printer prize")
    put(2, "printer")
    learn()
    assert vocabulary.completions("prin", limit=5) == ("printer", "printing")


@pytest.mark.parametrize("beginning", ["%", "_rinter", "prin%", "\\"])
def test_wildcards_complete_nothing(beginning):
    put(1, "printer")
    learn()
    assert vocabulary.completions(beginning, limit=5) == ()
