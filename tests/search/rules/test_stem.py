import pytest

from firstline.search.rules.stem import NoDictionary, stem, stems
from firstline.search.rules.suffixes import bulgarian, ukrainian

PARADIGMS = [
    ("en", "printer printers"),
    ("en", "installs installed installing"),
    ("nb", "skriver skriveren skrivere skriverne"),
    ("nb", "passord passordet passordene"),
    ("nb", "program programmet programmene"),
    ("da", "skærm skærmen skærme skærmene"),
    ("da", "adgangskode adgangskoden adgangskoder adgangskoderne"),
    ("hu", "jelszó jelszót jelszavam jelszavak"),
    ("hu", "nyomtató nyomtatót nyomtatók nyomtatóra"),
    ("uk", "пароль пароля паролем паролів"),
    ("uk", "комп'ютер комп'ютера комп'ютери"),
    ("bg", "парола пароли паролата паролите"),
    ("bg", "принтер принтера принтери принтерите"),
]


@pytest.mark.parametrize(("language", "forms"), PARADIGMS)
def test_all_forms_of_a_word_meet_in_one_key(language, forms, lemmas):
    keys = [set(stems(form, language, lemmas)) for form in forms.split()]
    assert set.intersection(*keys)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "print", "price"), ("hu", "kép", "képes"), ("uk", "активний", "активність"),
     ("bg", "сигурен", "сигурност"), ("da", "person", "personale")],
)  # fmt: skip
def test_different_words_do_not_meet(language, one, other, lemmas):
    assert not set(stems(one, language, lemmas)) & set(stems(other, language, lemmas))


@pytest.mark.parametrize(
    "forms",
    ["роутер роутера роутером роутери роутерів роутерами", "логін логіна логіну логіни логінів логінами",
     "налаштовую налаштовує налаштовують налаштовували", "мережний мережного мережному мережні мережних"],
)  # fmt: skip
def test_ukrainian_words_that_no_dictionary_has_are_cut(forms):
    assert len(set(map(ukrainian, forms.split()))) == 1


@pytest.mark.parametrize(
    "forms",
    ["рутер рутера рутерът рутери рутерите", "иконка иконката иконки иконките", "файлов файлова файлово файловите",
     "най-бърза по-бързата бързо"],
)  # fmt: skip
def test_bulgarian_words_that_no_dictionary_has_are_cut(forms):
    assert len(set(map(bulgarian, forms.split()))) == 1


@pytest.mark.parametrize("word", ["ab", "ій", "та", "у"])
def test_short_words_stay(word):
    assert ukrainian(word) == bulgarian(word) == word or len(word) <= 2


@pytest.mark.parametrize("code", ["0x80070057", "v10.0.1", "db01", "anna@firma.example"])
def test_codes_are_their_own_stem(code, lemmas):
    assert stems(code, "en", lemmas) == (code,)


def test_an_apostrophe_left_out_does_no_harm():
    assert stems("комп'ютер", "uk", NoDictionary()) == stems("компютер", "uk", NoDictionary())


def test_a_language_without_a_stemmer_keeps_words_as_they_are():
    assert stem("talo", "xx") == "talo"
