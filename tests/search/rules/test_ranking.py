import pytest

from firstline.search.rules.ranking import Candidate, Statistics, rank

UNLEARNT = Statistics(0, 0, 0, {})


@pytest.fixture
def order(analyser):
    def ask(query, *texts, statistics=UNLEARNT, objects=None):
        candidates = []
        for at, text in enumerate(texts):
            title, _, body = text.rpartition("|")
            made = analyser.analyse(body, title=title, language="en")
            number = objects[at] if objects else at
            candidates.append(Candidate(at + 1, "article", number, made.tally, made.title_length, made.body_length))
        terms = analyser.query_keys(query, languages=("en",))
        return [one.object_id for one in rank(candidates, terms, statistics, limit=10)]

    return ask


def test_the_exact_form_ranks_before_another_form(order):
    assert order("printers", "a printer here", "some printers here") == [1, 0]


def test_a_word_in_the_title_counts_more(order):
    assert order("printer", "other|the printer is red", "printer|the other is red") == [1, 0]


def test_the_rarer_word_decides(order):
    assert order("vpn printer", "printer a", "printer b", "printer c", "vpn d")[0] == 3


def test_a_short_text_ranks_before_a_long_one(order):
    assert order("printer", "printer " + "filler " * 100, "printer filler")[0] == 1


def test_small_words_do_not_decide(order):
    assert order("how do reset", "how do sleep", "please reset it")[0] == 1


def test_a_text_without_any_term_is_no_answer(order):
    assert order("printer", "nothing of it", "printer") == [1]


def test_equals_rank_the_newer_first(order):
    assert order("printer", "printer", "printer", "printer") == [2, 1, 0]


def test_the_texts_of_one_object_count_together(order):
    assert order("vpn printer", "vpn", "printer", "printer printer", objects=[7, 7, 8]) == [7, 8]


def test_learnt_frequencies_make_a_common_word_count_less(order, analyser):
    (term,) = analyser.query_keys("printer", languages=("en",))
    learnt = Statistics(1000, 1000, 9000, dict.fromkeys(term.stems, 900))
    assert order("printer vpn", "printer printer", "vpn", statistics=learnt) == [1, 0]
