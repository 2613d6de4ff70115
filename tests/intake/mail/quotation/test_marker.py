"""Our line 'reply above this line' in six languages."""

import pytest

from firstline.intake.mail.quotation import MARKER, cut


def test_the_marker_is_known_in_the_six_languages_of_the_desk() -> None:
    assert set(MARKER) == {"en", "hu", "nb", "da", "uk", "bg"}


@pytest.mark.parametrize("marker", MARKER.values(), ids=list(MARKER))
def test_what_stands_below_the_marker_is_quoted(marker: str) -> None:
    parted = cut(f"It works.\n\n{marker}\n\nour words")
    assert (parted.reply, parted.quoted, parted.rule) == ("It works.", f"{marker}\n\nour words", "marker")


def test_an_introduction_above_the_marker_goes_in_any_language() -> None:
    assert cut(f"It works.\n\nDesk qwrtz <desk@example.org> xyz:\n\n{MARKER['hu']}\n\nours").reply == "It works."


def test_a_marker_in_stars_counts() -> None:
    assert cut(f"It works.\n\n*{MARKER['en']}*\nours").reply == "It works."


def test_words_about_the_marker_are_no_marker() -> None:
    body = "Where it says Please reply above this line I see nothing.\nWhy?"
    assert cut(body).reply == body


def test_below_a_marker_at_the_top_the_words_stay() -> None:
    assert cut(f"{MARKER['da']}\nHej, det virker ikke.").reply == "Hej, det virker ikke."
