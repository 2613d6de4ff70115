import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.search.rules.typing_errors import corrigible, fragments, one_error_apart


@pytest.mark.parametrize("typed", ["pasword", "passwordd", "passwird", "passwrod", "assword", "passwor"])
def test_one_error_is_seen(typed):
    assert one_error_apart(typed, "password")


@pytest.mark.parametrize("typed", ["password", "pasword1d", "passwo", "drowssap", "paswrod"])
def test_no_error_or_two_are_not_one(typed):
    assert not one_error_apart(typed, "password")


@given(st.text("abcå", min_size=2, max_size=9), st.text("abcå", min_size=2, max_size=9))
def test_words_one_error_apart_share_a_fragment(one, other):
    if one_error_apart(one, other):
        assert set(fragments(one)) & set(fragments(other))


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_being_one_error_apart_is_mutual(one, other):
    assert one_error_apart(one, other) == one_error_apart(other, one)


@pytest.mark.parametrize(("word", "may"), [("printer", True), ("pc", False), ("db01x", False), ("комп'ютер", True)])
def test_only_words_of_letters_are_corrected(word, may):
    assert corrigible(word) is may
