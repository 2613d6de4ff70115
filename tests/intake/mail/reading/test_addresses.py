"""Address headers as people's programs write them."""

import pytest

from firstline.intake.mail.reading import addresses


def emails(value: str) -> list[str]:
    return [mailbox.email for mailbox in addresses.parse(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ann@example.com", ["ann@example.com"]),
        ("Ann <ANN@Example.COM>", ["ann@example.com"]),
        ("Smith, Ann <ann@example.com>", ["ann@example.com"]),
        ('"Smith, Ann" <ann@example.com>, bo@example.com', ["ann@example.com", "bo@example.com"]),
        ("ann@example.com; bo@example.com", ["ann@example.com", "bo@example.com"]),
        (
            "Team: ann@example.com, Bo <bo@example.com>;, cy@example.com",
            ["ann@example.com", "bo@example.com", "cy@example.com"],
        ),
        ("undisclosed-recipients:;", []),
        ("<@relay.example,@other.example:ann@example.com>", ["ann@example.com"]),
        ("ann . smith @ example . com", ["ann.smith@example.com"]),
        ("ann@example.com (Ann, at home)", ["ann@example.com"]),
        ("Ann (ann@example.com)", ["ann@example.com"]),
        ("Ann <ann@example.com", ["ann@example.com"]),
        ("ann@example.com <ann@example.com>", ["ann@example.com"]),
        ("mailto:ann@example.com", ["ann@example.com"]),
        ("<root>", ["root"]),
        ("=?utf-8?b?QW5uIDxhbm5AZXhhbXBsZS5jb20+?=", ["ann@example.com"]),
        ("Ann [mailto:ann@example.com]", ["ann@example.com"]),
        ("Nobody <>", []),
        ("Ann <ann@bücher.example>", ["ann@xn--bcher-kva.example"]),
        ('"ann smith"@example.com', ['"ann smith"@example.com']),
        ("=?utf-8?q?Sm=C3=ADth=2C_Ann?= <ann@example.com>", ["ann@example.com"]),
    ],
)
def test_the_mailboxes_are_found(value: str, expected: list[str]) -> None:
    assert emails(value) == expected


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Smith, Ann <a@b.cc>", "Smith, Ann"),
        ('"Ann \\"the\\" Smith" <a@b.cc>', 'Ann "the" Smith'),
        ("'Ann' <a@b.cc>", "Ann"),
        ("a@b.cc (Ann Smith)", "Ann Smith"),
        ('"=?utf-8?b?w4VzYQ==?=" <a@b.cc>', "Åsa"),
        ("=?iso-8859-1?q?=C5sa?= =?utf-8?q?_Berg?= <a@b.cc>", "Åsa Berg"),
        ("ann @ work <a@b.cc>", "ann @ work"),
        ("Work: Ann <a@b.cc>", "Work: Ann"),
        ("=?utf-8?q?=22Smith=2C_Ann=22?= <a@b.cc>", "Smith, Ann"),
    ],
)
def test_the_name_is_readable(value: str, name: str) -> None:
    assert addresses.parse(value)[0].name == name


def test_no_more_mailboxes_than_asked_for() -> None:
    assert len(addresses.parse(", ".join(f"u{n}@example.com" for n in range(99)), most=7)) == 7


def test_a_line_break_in_an_encoded_name_is_gone() -> None:
    mailbox = addresses.parse("=?utf-8?q?Ann=0D=0ABcc:_x@y.zz?= <a@b.cc>")[0]
    assert "\n" not in mailbox.name and "\r" not in mailbox.name
