"""Parameters of Content-Type and Content-Disposition."""

import pytest

from firstline.intake.mail.reading import parameters


@pytest.mark.parametrize(
    ("header", "name", "expected"),
    [
        ("text/plain; charset=utf-8", "charset", "utf-8"),
        ('Text/Plain; CHARSET="utf-8" (a comment)', "charset", "utf-8"),
        ("a/b; name=first; name=second", "name", "first"),
        ("a/b; name=This is a test.txt", "name", "This is a test.txt"),
        ("a/b; name=one;two;3.pdf", "name", "one;two;3.pdf"),
        ('a/b; name="one;two.pdf"; x=y', "x", "y"),
        ('a/b; name="never closed.pdf', "name", "never closed.pdf"),
        ("a/b; name*=utf-8''bl%C3%A5.txt", "name", "blå.txt"),
        ("a/b; name*0*=utf-8''bl%C3; name*1*=%A5; name*2=.txt", "name", "blå.txt"),
        ("a/b; name*1=b.txt; name*0=a", "name", "ab.txt"),
        ("a/b; name=plain.txt; name*=utf-8''better.txt", "name", "better.txt"),
        ('a/b; name="=?utf-8?q?bl=C3=A5?=.txt"', "name", "blå.txt"),
        ('a/b; name="C:\\temp\\a.txt"', "name", "C:\\temp\\a.txt"),
        ('a/b; name="say \\"hi\\".txt"', "name", 'say "hi".txt'),
    ],
)
def test_a_parameter_is_read(header: str, name: str, expected: str) -> None:
    assert parameters.parse(header).get(name) == expected


def test_the_value_before_the_parameters_is_lower_case() -> None:
    assert parameters.parse("Multipart/MIXED; boundary=x").value == "multipart/mixed"
