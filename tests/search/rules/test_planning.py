from firstline.search.rules.analysis import Term
from firstline.search.rules.planning import all_of, any_of, too_many

RARE = Term("vpn", ("vvvvvvv",), "0vvvvvv", ())
COMMON = Term("printer", ("ppppppp",), "0pppppp", ())
SMALL = Term("the", ("ttttttt",), "0tttttt", (), small=True)
KNOWN = {"ppppppp": 5000, "vvvvvvv": 20, "ttttttt": 90_000}


def test_the_rare_word_is_sought_without_the_common_one():
    assert any_of([COMMON, RARE], KNOWN) == (RARE.keys,)


def test_words_of_which_nothing_is_known_are_all_sought():
    assert set(any_of([COMMON, RARE], {})[0]) == {*COMMON.keys, *RARE.keys}


def test_a_common_word_alone_is_sought():
    assert any_of([COMMON], KNOWN) == (COMMON.keys,)


def test_small_words_are_sought_only_when_there_are_no_others():
    assert (all_of([SMALL, RARE]), all_of([SMALL])) == ((RARE.keys,), (SMALL.keys,))


def test_a_question_of_common_words_has_too_many_rows():
    assert (too_many([COMMON, SMALL], KNOWN), too_many([COMMON, RARE], KNOWN)) == (True, False)
