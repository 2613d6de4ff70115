import pytest

from firstline.search.rules.folding import folded


@pytest.mark.parametrize(
    ("word", "forms"),
    [("skærm", ("skaerm", "skarm")), ("nøgle", ("noegle", "nogle")), ("årsag", ("aarsag", "arsag")),
     ("jelszó", ("jelszo",)), ("gyűjtő", ("gyujto",)), ("printer", ()), ("їжак", ()), ("ґрунт", ("грунт",))],
)  # fmt: skip
def test_a_word_is_written_without_its_accents(word, forms):
    assert folded(word) == forms
