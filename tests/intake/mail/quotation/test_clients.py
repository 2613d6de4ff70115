"""The HTML of known mail programs, written by hand after their structure; introductions in no real language."""

import pytest

from firstline.intake.mail.quotation import cut
from firstline.intake.mail.reading import markup

HEADERS = "<b>Xx:</b> Desk &lt;d@example.org&gt;<br><b>Yy:</b> 10:11<br><b>Zz:</b> Ann<br><b>Qq:</b> printer"

REPLIES = {
    "gmail": '<div>It works.</div><div class="gmail_quote"><div class="gmail_attr">zz:<br></div>'
    '<blockquote class="gmail_quote">old</blockquote></div>',
    "gmail without attr": '<div>It works.</div><div class="gmail_quote">zz:<br>'
    '<blockquote class="gmail_quote">old</blockquote></div>',
    "gmail seen by outlook": '<div>It works.</div><div class="x_gmail_quote"><div class="x_gmail_attr">zz:</div>'
    "<blockquote>old</blockquote></div>",
    "apple": '<div>It works.</div><div><br><blockquote type="cite"><div>zz:</div><div>old</div></blockquote></div>',
    "thunderbird": '<p>It works.</p><div class="moz-cite-prefix">zz:<br></div>'
    '<blockquote type="cite">old</blockquote>',
    "outlook on the web": f'<div>It works.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{HEADERS}'
    "</div><div>old</div>",
    "outlook": '<p>It works.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm">'
    f"<p>{HEADERS}</p></div></div><p>old</p>",
    "outlook for ios": '<div>It works.</div><div id="mail-editor-reference-message-container"><hr>old</div>',
    "yahoo": '<div>It works.</div><div class="yahoo_quoted"><div>zz:</div><div>old</div></div>',
    "proton": '<div>It works.</div><div class="protonmail_quote">zz:<br>'
    '<blockquote type="cite">old</blockquote></div>',
    "gmx": f'<div>It works.</div><div name="quote">{HEADERS}<div>old</div></div>',
    "zimbra": f'<div>It works.</div><hr id="zwchr"><div>{HEADERS}</div><div>old</div>',
    "unknown": "<div>It works.</div><blockquote>old</blockquote>",
}


def parted(html: str) -> tuple[str, str]:
    found = cut(markup.text_of(html), html)
    return found.reply, found.quoted


@pytest.mark.parametrize("program", REPLIES)
def test_the_reply_of_each_program_is_cut_by_structure(program: str) -> None:
    reply, quoted = parted(f"<html><body>{REPLIES[program]}</body></html>")
    assert reply == "It works."
    assert "old" in quoted


def test_answers_between_gmails_quotations_stay_with_them() -> None:
    html = (
        '<div class="gmail_quote"><div class="gmail_attr">zz:</div>'
        '<blockquote class="gmail_quote">first?</blockquote>'
        "<div>yes</div><blockquote>second?</blockquote><div>no</div></div>"
    )
    assert parted(html)[0].split("\n\n") == ["> first?", "yes", "> second?", "no"]


def test_an_answer_typed_right_below_gmails_introduction_stays() -> None:
    html = (
        '<div class="gmail_quote"><div class="gmail_attr">zz:</div><div>yes</div><blockquote>old</blockquote></div>'
    )
    assert parted(html)[0] == "yes"


def test_of_a_mail_forwarded_without_words_the_body_stays() -> None:
    html = (
        '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>'
        "From: Bob &lt;b@example.org&gt;<br>Date: 5 Jan 2024<br>Subject: x<br>To: Desk</div><br>The words.</div>"
    )
    assert parted(html)[0] == "The words."


def test_an_indented_paragraph_is_no_quotation() -> None:
    html = '<div>one</div><blockquote style="margin:0 0 0 40px;border:none"><div>two</div></blockquote>'
    assert parted(html)[0].split() == ["one", "two"]


def test_what_a_gmail_writer_quoted_himself_stays() -> None:
    assert parted('Look:<blockquote class="gmail_quote">the message</blockquote>')[0].split()[-1] == "message"


def test_words_below_a_quotation_stay() -> None:
    assert parted("<div>one</div><blockquote>old</blockquote><div>two</div>")[0].split() == ["one", "two"]


def test_a_letter_that_is_one_quotation_stays_whole() -> None:
    assert cut("> old", "<blockquote>old</blockquote>").rule == "nothing-left"


def test_html_that_says_nothing_leaves_the_cut_to_the_text() -> None:
    found = cut("Yes\n\n-----Original Message-----\nold", "<p>Yes</p><p>-----Original Message-----</p><p>old</p>")
    assert (found.reply, found.rule) == ("Yes", "original-message")


def test_a_strangers_bookmarks_in_html_mean_nothing() -> None:
    html = "<p>\uf8d0</p><p>words</p><p>\uf8d1</p><blockquote>old</blockquote>"
    assert parted(html)[0] == "words"
