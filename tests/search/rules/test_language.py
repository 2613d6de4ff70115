import pytest

from firstline.search.rules.language import common, guess, plain_code, script


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The printer on the third floor does not print and I have no idea why", "en"),
        ("A nyomtató nem működik, és nem tudom, hogy miért van így", "hu"),
        ("Skriveren i tredje etasje virker ikke etter oppdateringen, kan dere hjelpe meg?", "nb"),
        ("Printeren på tredje sal virker ikke efter opdateringen, kan I hjælpe mig med det?", "da"),
        ("Принтер на третьому поверсі не друкує, і я не знаю, що робити", "uk"),
        ("Принтерът на третия етаж не печата и не знам какво да направя", "bg"),
        ("Skrivaren på tredje våningen fungerar inte och jag vet inte varför", "sv"),
        ("Der Drucker im dritten Stock geht nicht und ich weiß nicht warum", "de"),
        ("Принтер на третьем этаже не работает, и мы не знаем, что это было", "ru"),
    ],
)
def test_a_sentence_tells_its_language(text, language):
    assert guess(text) == language


@pytest.mark.parametrize("text", ["", "12345", "srv01 0x80070057", "Outlook"])
def test_what_does_not_tell_is_not_guessed(text):
    assert guess(text) is None


def test_only_the_beginning_is_looked_at():
    assert guess("x " * 3000 + "Принтерът не печата и не знам какво да направя") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("abc", "latin"), ("őű", "latin"), ("їжак", "cyrillic"), ("日本", "other")]
)
def test_the_script_is_that_of_most_letters(text, expected):
    assert script(text) == expected


def test_small_words_are_known_in_every_language():
    assert all(map(common, ("the", "og", "hogy", "ikke", "що", "какво")))


@pytest.mark.parametrize(
    ("tag", "code"), [("en-GB", "en"), ("no", "nb"), ("nn_NO", "nb"), ("DA", "da"), ("x" * 99, "xxx")]
)
def test_a_language_tag_is_reduced_to_its_language(tag, code):
    assert plain_code(tag) == code
