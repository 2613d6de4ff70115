"""Character sets, claimed and real."""

import pytest

from firstline.intake.mail.reading import charsets


@pytest.mark.parametrize(
    ("raw", "declared", "expected"),
    [
        ("blå".encode(), "utf-8", "blå"),
        ("blå".encode("cp1252"), "iso-8859-1", "blå"),
        (b"\x80", "iso-8859-1", "€"),
        ("blå".encode("cp1252"), "", "blå"),
        ("blå".encode(), "", "blå"),
        ("blå".encode(), "us-ascii", "blå"),
        ("blå".encode("cp1252"), "utf-8", "blå"),
        ("Привіт".encode("koi8-u"), "KOI8-U", "Привіт"),
        ("привет".encode("cp1251"), "windows-1251", "привет"),
        ("한글".encode("cp949"), "ks_c_5601-1987", "한글"),
        ("中文".encode("gb18030"), "gb2312", "中文"),
        ("日本".encode("iso2022_jp"), "", "日本"),
        (b"\x1b$B-!\x1b(B", "iso-2022-jp", "①"),
        ("\ufeffhi".encode("utf-8"), "us-ascii", "hi"),
        (b"a\0b", "utf-8", "ab"),
        (b"+ADw-", "utf-7", "+ADw-"),
        (b"aGk=", "base64", "aGk="),
        (b"hi", "../../etc/passwd", "hi"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
    ],
)
def test_bytes_become_text(raw: bytes, declared: str, expected: str) -> None:
    assert charsets.decode(raw, declared=declared) == expected


def test_a_few_broken_bytes_do_not_spoil_the_rest() -> None:
    assert charsets.decode("změní hodnocení ".encode() + b"\xc5", declared="utf-8").startswith("změní hodnocení")


@pytest.mark.parametrize("name", ["utf-7", "punycode", "idna", "rot13", "hex", "zlib", "undefined", "x" * 100, ""])
def test_what_is_not_text_is_no_character_set(name: str) -> None:
    assert charsets.codec(name) is None
