"""A stranger's HTML in an agent's page."""

import re

import pytest

from firstline.intake.mail.reading import clean

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        "<svg><script>alert(1)</script></svg>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<base href="https://evil.example/">',
        '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
        '<p style="background:url(https://evil.example/x)">x</p>',
        "<style>p{background:url(https://evil.example/x)}</style>",
        '<link rel=stylesheet href="https://evil.example/x">',
        '<form action="https://evil.example/"><input name=x></form>',
        '<video src="https://evil.example/x"></video>',
        '<table background="https://evil.example/x"><tr><td>x</table>',
        '<img srcset="https://evil.example/x 2x">',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    ],
)
def test_nothing_runs_and_nothing_is_fetched(html: str) -> None:
    cleaned = clean(html, images=NONE)
    assert not re.search(r"script|alert|evil\.example|<[^>]*\son|style=|\ssrc", cleaned)


def test_a_link_opens_without_an_opener() -> None:
    assert clean('<a href="https://x.example/">x</a>', images=NONE) == (
        '<a href="https://x.example/" rel="noopener noreferrer">x</a>'
    )


def test_an_own_image_waits_for_the_page() -> None:
    assert clean('<img src="cid:a%40b" alt="logo">', images=frozenset({"a@b"})) == '<img data-cid="a@b" alt="logo">'


def test_an_image_that_the_letter_does_not_hold_is_dropped() -> None:
    assert clean('<img src="cid:other" alt="logo">', images=frozenset({"a@b"})) == '<img alt="logo">'


def test_a_remote_image_waits_for_the_reader() -> None:
    assert clean('<img src="https://x.example/a?b=1&amp;c=2">', images=NONE) == (
        '<img data-remote="https://x.example/a?b=1&amp;c=2">'
    )


def test_a_sender_cannot_write_the_placeholder_himself() -> None:
    assert clean('<img data-cid="a@b">', images=frozenset({"a@b"})) == "<img>"


def test_words_that_look_like_an_image_in_an_attribute_stay_words() -> None:
    cleaned = clean(
        '<p lang="<img src=x">a</p><a title="<img alt=" lang=" src=" href="https://x.example/">b</a>', images=NONE
    )
    assert 'href="https://x.example/"' in cleaned and "data-remote" not in cleaned


@pytest.mark.parametrize("html", ["<div>" * 100_000 + "deep", "x" * 3_000_000])
def test_over_the_cap_the_text_comes_escaped(html: str) -> None:
    cleaned = clean(html, images=NONE)
    assert cleaned.startswith("<pre>") and cleaned.count("<") == 2
