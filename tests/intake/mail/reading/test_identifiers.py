"""Message ids with brackets and without."""

import pytest

from firstline.intake.mail.reading import identifiers


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@b>", ("a@b",)),
        ("<a@b> <c@d>\t<a@b>", ("a@b", "c@d")),
        ("<a@b>,<c@d>", ("a@b", "c@d")),
        ("a@b c@d", ("a@b", "c@d")),
        ("Your message of Monday <a@b>", ("a@b",)),
        ("<a @b>", ("a@b",)),
        ("<unclosed@b", ("unclosed@b",)),
        ("<>", ()),
        ("", ()),
    ],
)
def test_identifiers_are_found(value: str, expected: tuple[str, ...]) -> None:
    assert identifiers.parse(value) == expected


def test_only_the_last_ones_of_a_long_row_are_kept() -> None:
    found = identifiers.parse(" ".join(f"<{n}@x>" for n in range(500)))
    assert (len(found), found[-1]) == (200, "499@x")
