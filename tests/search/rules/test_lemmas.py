import pytest

from firstline.search.rules.lemmas import Lemmas, compile_to


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "lemmas.bin"
    words = {f"word{number}s": f"word{number}" for number in range(500)} | {"жінки": "жінка", "went": "go"}
    compile_to(path, [("en", words.items(), len(words)), ("nb", [], 0), ("da", [("bøger", "bog")], 1)])
    return Lemmas(path)


@pytest.mark.parametrize(("word", "lemma"), [("word7s", "word7"), ("жінки", "жінка"), ("went", "go")])
def test_a_word_of_the_dictionary_gives_its_lemma(small, word, lemma):
    assert small.lemma(word, "en") == lemma


@pytest.mark.parametrize(("word", "language"), [("bøger", "en"), ("unknown", "en"), ("went", "nb"), ("went", "fr")])
def test_a_word_outside_the_dictionary_gives_none(small, word, language):
    assert small.lemma(word, language) is None


def test_every_language_is_found_in_its_own_section(small):
    assert small.lemma("bøger", "da") == "bog"


def test_a_file_of_another_format_is_refused(tmp_path):
    path = tmp_path / "other.bin"
    path.write_bytes(b"something else altogether")
    with pytest.raises(ValueError, match=r"other\.bin"):
        Lemmas(path)


def test_the_real_file_is_small(lemmas_file):
    assert lemmas_file.stat().st_size < 60_000_000


@pytest.mark.parametrize(("word", "language", "lemma"), [("printers", "en", "printer"), ("паролів", "uk", "пароль")])
def test_the_real_file_knows_all_languages(lemmas, word, language, lemma):
    assert lemmas.lemma(word, language) == lemma
