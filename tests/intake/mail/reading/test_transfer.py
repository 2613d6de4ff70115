"""Transfer encodings, whole and broken."""

import binascii

import pytest

from firstline.intake.mail.reading import transfer


@pytest.mark.parametrize(
    ("raw", "encoding", "expected"),
    [
        (b"aGVsbG8=", "base64", b"hello"),
        (b"aGVs\r\nbG8", "BASE64", b"hello"),
        (b"aGVs!!bG8=", "base64", b"hello"),
        (b"aGVsbG8=\naGVsbG8=\n", "base64", b"hellohello"),
        (b"aGVsbG8= and a footer", "base64", b"hello"),
        (b"a=C3=A5b=\r\nc", "quoted-printable", b"a\xc3\xa5bc"),
        (b"50% =ZZ off", "quoted-printable", b"50% =ZZ off"),
        (b"as it is", "7-bit", b"as it is"),
        (b"as it is", "spam", b"as it is"),
        (b"aGVsbG8=", "base64;", b"hello"),
    ],
)
def test_content_is_decoded(raw: bytes, encoding: str, expected: bytes) -> None:
    assert transfer.decode(raw, encoding=encoding) == expected


def test_a_file_in_the_text_is_taken_out() -> None:
    encoded = binascii.b2a_uu(b"secret plans")
    text, found = transfer.uuencoded(b"Hello\nbegin 644 plan.txt\n" + encoded + b"`\nend\nBye\n")
    assert (text, found) == (b"Hello\nBye\n", [transfer.Enclosed(b"plan.txt", b"secret plans")])


def test_bits_beyond_the_end_of_a_line_do_not_matter() -> None:
    assert transfer.uuencoded(b"begin 644 a\n!04_K\n`\nend\n")[1] == [transfer.Enclosed(b"a", b"A")]


def test_prose_that_begins_with_begin_stays() -> None:
    text = b"We shall\nbegin 644 times over\nand go on.\n"
    assert transfer.uuencoded(text) == (text, [])
