import pytest

from firstline.search.rules.snippets import LENGTH, snippet

LONG = "filler " * 100 + "the printers on fire " + "filler " * 100


def test_the_passage_with_the_words_is_shown():
    assert "printers on fire" in snippet(LONG, ["printer", "fire"])


def test_the_passage_with_more_of_the_words_wins():
    text = "printer " + "filler " * 60 + "printer fire smoke " + "filler " * 60
    assert "smoke" in snippet(text, ["printer", "fire", "smoke"])


def test_a_short_text_is_shown_whole_on_one_line():
    assert snippet("the\n printer", ["printer"]) == "the printer"


@pytest.mark.parametrize("words", [[], ["nothere"], ["("], ["a" * 500]])
def test_without_a_passage_the_beginning_is_shown(words):
    assert snippet(LONG, words).startswith("filler")


@pytest.mark.parametrize("text", [LONG, "x" * 5000, "fire" * 5000, "fire " * 5000])
def test_a_snippet_is_short(text):
    assert len(snippet(text, ["fire"])) <= LENGTH + 4
