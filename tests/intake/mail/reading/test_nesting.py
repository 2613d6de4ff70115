"""How deep a browser would nest a piece of HTML."""

import pytest

from firstline.intake.mail.reading import nesting

MANY = 20_000


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<b>",
        "<div><!--</div>-->",
        '<div title="</div>">',
        "<div></span>",
        "<div><table></div></table>",
        "<b><div></b>",
        "<b><table><td></b></table>",
        "<table><tr><td>",
        "<svg><tr>",
        "<div><style></div></style>",
        "<select><div>",
        "<blockquote><p></p>",
    ],
)
def test_what_a_browser_would_nest_deep_is_seen(unit: str) -> None:
    assert nesting.is_too_deep(unit * MANY)


@pytest.mark.parametrize(
    "unit",
    ["<p>x", "<br>", "<li>x", "<div></div>", "<b>x</b>", "<p><a href=x>y</a></p>", "<tr><td>x", "<img src=x>"],
)
def test_a_long_flat_page_is_not_deep(unit: str) -> None:
    assert not nesting.is_too_deep("<table>" + unit * MANY)


def test_fonts_left_open_in_cells_end_with_the_cell() -> None:
    assert not nesting.is_too_deep("<table>" + "<tr><td><font color=red>x</td></tr>" * MANY + "</table>")


def test_formatting_left_open_before_many_paragraphs_is_too_much() -> None:
    opened = "".join(f"<b title={n}>" for n in range(150))
    assert nesting.is_too_deep(opened + "<p>x" * MANY)


def test_a_tag_with_thousands_of_attributes_is_too_much() -> None:
    assert nesting.is_too_deep("<p " + " ".join(f"a{n}" for n in range(9000)) + ">")
