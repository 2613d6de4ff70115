"""Flowed and enriched text."""

from firstline.intake.mail.reading import plain


def test_soft_breaks_are_joined() -> None:
    assert plain.unflowed("One \ntwo\nThree") == "One two\nThree"


def test_quotations_keep_their_depth() -> None:
    assert plain.unflowed("> a \n> b\n>> c\nd") == "> a b\n>> c\nd"


def test_the_signature_mark_is_no_soft_break() -> None:
    assert plain.unflowed("Bye \n-- \nAnn") == "Bye \n-- \nAnn"


def test_delsp_takes_the_space_away() -> None:
    assert plain.unflowed("ab \ncd", delete_space="yes") == "abcd"


def test_enriched_commands_are_not_shown() -> None:
    assert plain.unenriched("<bold>Now</bold> <color><param>red</param>is</color> <<the time") == "Now is <the time"


def test_control_characters_are_gone() -> None:
    assert plain.lines("a\x1b[31mb\r\nc\rd") == "a[31mb\nc\nd"
