"""File names of attachments."""

import pytest

from firstline.intake.mail.reading import names


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\plan.doc", "plan.doc"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("zero\u200bwidth\ufeff.txt", "zerowidth.txt"),
        ("a\r\nb\0.txt", "a b.txt"),
        ("..", ""),
        (" .hidden ", "hidden"),
        ("übung.txt", "übung.txt"),
        ("金田\u3000美羽", "金田\u3000美羽"),
    ],
)
def test_a_name_is_cleaned(given: str, clean: str) -> None:
    assert names.clean(given) == clean


def test_a_long_name_keeps_its_ending() -> None:
    name = names.clean("x" * 500 + ".pdf")
    assert (len(name), name[-4:]) == (200, ".pdf")


@pytest.mark.parametrize(
    ("kind", "name"),
    [("text/calendar", "invite.ics"), ("image/png", "part-3.png"), ("application/x-odd", "part-3.bin")],
)
def test_a_nameless_part_gets_a_name(kind: str, name: str) -> None:
    assert names.default(kind, number=3) == name
