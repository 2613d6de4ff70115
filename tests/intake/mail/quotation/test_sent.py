"""Our own words are subtracted from an answer that repeats them without any mark."""

from firstline.intake.mail.quotation import cut

OURS = "Dear Bob,\nwe have restarted the print server.\nPlease try again and tell us whether it works.\nYour desk"


def test_our_words_below_the_answer_are_quoted() -> None:
    parted = cut(f"Works now!\n\n{OURS}", sent=(OURS,))
    assert (parted.reply, parted.quoted, parted.rule) == ("Works now!", OURS, "sent")


def test_without_knowing_what_we_sent_they_stay() -> None:
    assert "restarted" in cut(f"Works now!\n\n{OURS}").reply


def test_our_words_wrapped_again_are_known() -> None:
    wrapped = "we have restarted the\nprint server. Please try again and\ntell us whether it works."
    assert cut(f"Works now!\n\n{wrapped}", sent=(OURS,)).reply == "Works now!"


def test_an_answer_between_our_words_stays() -> None:
    body = OURS.replace("Please try", "Thank you very much!\nPlease try")
    assert "Thank you very much!" in cut(body, sent=(OURS,)).reply


def test_a_few_words_that_we_used_too_stay() -> None:
    assert cut("Dear Bob,\nit is broken.", sent=(OURS,)).reply == "Dear Bob,\nit is broken."


def test_an_answer_of_nothing_but_our_words_stays() -> None:
    assert cut(OURS, sent=(OURS,)).rule == "nothing-left"
