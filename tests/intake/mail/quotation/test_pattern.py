"""What stays and what goes, by the order of text, quotations and introductions."""

from hypothesis import given
from hypothesis import strategies as st

from firstline.intake.mail.quotation import cut

INTRODUCTION = "On Fri, 5 Jan 2024 at 10:11, Bob <bob@example.com> wrote:"


def test_words_around_one_quotation_both_stay() -> None:
    assert cut(f"above\n\n{INTRODUCTION}\n\n> old\n\nbelow").reply == "above\n\nbelow"


def test_an_answer_below_the_quotation_stays_without_it() -> None:
    assert cut(f"{INTRODUCTION}\n> old\n> older\n\nthe answer").reply == "the answer"


def test_answers_between_quotations_stay_with_them() -> None:
    body = f"{INTRODUCTION}\n> first?\nyes\n> second?\nno"
    assert cut(body).reply == "> first?\nyes\n> second?\nno"


def test_what_is_quoted_after_the_last_answer_goes() -> None:
    body = f"see below\n\n{INTRODUCTION}\n> first?\nyes\n> signature"
    assert cut(body).reply == "see below\n\n> first?\nyes"


def test_a_long_answer_keeps_the_quotation_above_it_as_context() -> None:
    answer = "\n".join(f"step {number}" for number in range(8))
    assert cut(f"hello\n\n{INTRODUCTION}\n> how?\n\n{answer}").reply == f"hello\n\n> how?\n\n{answer}"


def test_a_quotation_that_the_writer_set_himself_stays() -> None:
    assert cut("> what is this sign?\n\nI see it everywhere.").reply == "> what is this sign?\n\nI see it everywhere."


def test_a_quotation_at_the_end_goes_without_an_introduction() -> None:
    assert cut("yes\n\n> old\n> older").reply == "yes"


def test_if_nothing_would_be_left_everything_stays() -> None:
    body = f"{INTRODUCTION}\n> old"
    assert (cut(body).reply, cut(body).quoted, cut(body).rule) == (body, "", "nothing-left")


def test_no_word_is_deleted() -> None:
    body = f"above\n\n{INTRODUCTION}\n\n> old\n\nbelow\n-- \nBob"
    parted = cut(body)
    assert sorted(f"{parted.reply}\n{parted.quoted}".split()) == sorted(body.split())


def test_a_quoted_link_that_was_wrapped_stays_in_the_quotation() -> None:
    body = f"yes\n\n{INTRODUCTION}\n> see https://example.org/a?b=\n_once=3dd518)\n> thanks"
    assert cut(body).reply == "yes"


def test_a_short_answer_between_two_quoted_lines_is_no_wrapped_link() -> None:
    assert "no" in cut(f"{INTRODUCTION}\n> first?\nno\n> second?\nyes").reply.split()


def test_ruled_lines_above_the_cut_go_with_it() -> None:
    assert cut(f"yes\n__________\n{INTRODUCTION}\nold").reply == "yes"


def test_initials_before_the_mark_quote_too() -> None:
    assert cut("yes\n\nBB> old\nBB> older").reply == "yes"


def test_a_body_of_too_many_lines_stays_whole() -> None:
    body = "a\n" * 15_001
    assert cut(body).rule == "too-many-lines"
    assert cut(body).reply == body


PIECES = [
    INTRODUCTION,
    "> quoted",
    ">> deeper",
    "words",
    "",
    "--",
    "-----Original Message-----",
    "From: a@example.com",
    "Sent: 5 Jan 2024 10:11",
    "Subject: y",
    "________",
    "Sent from my iPhone",
    "## Please reply above this line ##",
    "wrote:",
    "> wrote:",
    "our long words that we have sent to you once",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_in_whatever_order_no_word_is_deleted_and_no_reply_left_empty(pieces: list[str]) -> None:
    body = "\n".join(pieces)
    found = cut(body, sent=(PIECES[-1],))
    assert sorted(f"{found.reply}\n{found.quoted}".split()) == sorted(body.split())
    assert bool(found.reply.strip()) is bool(body.strip())
