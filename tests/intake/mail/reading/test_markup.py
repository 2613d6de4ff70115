"""HTML as readable text."""

import pytest

from firstline.intake.mail.reading import markup


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<table><tr><td>a<td>b</table>", "a\tb"),
        ("<p>Hi</p><blockquote>you<br>said</blockquote>", "Hi\n\n> you\n> said"),
        ('<a href="https://example.com/x">the page</a>', "the page <https://example.com/x>"),
        ('<a href="https://example.com">https://example.com</a>', "https://example.com"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a &ndash; &#8715; &amp;", "a – ∋ &"),
        ("<style>p{}</style><script>x()</script>seen<title>t</title>", "seen"),
        ("<!-- hidden -->seen", "seen"),
        ("a  \n  b", "a b"),
        ('<img alt="a red ball">', "[a red ball]"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert markup.text_of(html) == text


def test_what_is_nested_too_deep_keeps_its_words() -> None:
    assert markup.text_of("<div>" * 5000 + "<style>x</style>words<br>more") == "words\nmore"
