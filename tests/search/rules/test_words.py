import pytest

from firstline.search.rules.words import canonical, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Printer", {"printer"}),
        ("комп’ютер", {"комп'ютер"}),
        ("комп\u02bcютер", {"комп'ютер"}),
        ("e-mail", {"e-mail", "email", "e", "mail"}),
        ("v10.0.1", {"v10.0.1", "10.0.1", "v10", "10"}),
        ("ERR_0x80070057", {"err_0x80070057", "err", "0x80070057", "80070057"}),
        ("srv-db01.corp.example", {"srv-db01.corp.example", "srv", "db01", "db", "01", "corp", "example"}),
        ("anna@firma.example", {"anna@firma.example", "anna", "firma", "example"}),
        ("#12345", {"12345"}),
        ("win11", {"win11", "win", "11"}),
        ("ﬁle", {"file"}),
    ],
)
def test_a_text_gives_its_words_whole_and_split(text, expected):
    assert set(words(text)) == expected


def test_words_come_in_order():
    assert list(words("The printer is on fire")) == ["the", "printer", "is", "on", "fire"]


def test_invisible_signs_do_not_part_a_word():
    assert list(words("pass\u00adword zero\u200bwidth")) == ["password", "zerowidth"]


def test_stress_marks_are_no_spelling():
    assert canonical("паро\u0301ла") == "парола"


def test_no_word_is_longer_than_64_letters():
    assert max(map(len, words("a" * 5000))) == 64


def test_a_long_chain_of_joined_pieces_is_read_piece_by_piece():
    assert set(words("-".join(["ab"] * 10_000))) == {"ab"}
