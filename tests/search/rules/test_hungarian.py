import pytest

from firstline.search.rules.hungarian import base, is_ending

KNOWN = {"fiók": "fiók", "jelszava": "jelszó", "mappa": "mappa", "bejelentkezik": "bejelentkezik", "ház": "ház"}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("fiókomat", "fiók"), ("fiókjaimban", "fiók"), ("jelszavunkat", "jelszó"), ("mappáimat", "mappa"),
     ("bejelentkezem", "bejelentkezik"), ("házunkról", "ház"), ("xyzzy", None), ("ház", None), ("a", None)],
)  # fmt: skip
def test_the_word_under_the_endings_is_found(word, lemma):
    assert base(word, KNOWN.get) == lemma


@pytest.mark.parametrize(
    ("letters", "is_one"), [("t", True), ("nel", True), ("ban", True), ("server", False), ("", False)]
)
def test_letters_behind_a_hyphen_are_an_ending_or_not(letters, is_one):
    assert is_ending(letters) is is_one


def test_a_long_word_asks_few_questions():
    asked = []
    base("t" + "atok" * 5000, lambda form: asked.append(form))
    assert len(asked) <= 60
