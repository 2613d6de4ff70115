"""A ticket's whole way over real mail servers, each step read back by a command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from tests.support.agents_hand import Hand
from tests.support.desk import Desk
from tests.support.dovecot import PASSWORD, Account
from tests.support.mail_desk import letter
from tests.support.smtp_sink import SmtpSink
from tests.support.waiting import wait_for

pytestmark = pytest.mark.servers
ADDRESS = "desk@example.org"
CUSTOMER = "eszter@customer.example"


class Way:
    """The customer, the agent and what the ticket's command says."""

    def __init__(self, desk: Desk, hand: Hand, *, account: Account, sink: SmtpSink) -> None:
        self.desk, self.hand, self.account, self.sink = desk, hand, account, sink
        self._texts = 0

    def writes(self, *, answers: EmailMessage | None = None) -> str:
        """The customer mails; the words by which this mail is known again."""
        self._texts += 1
        text = f"Words number {self._texts}."
        identifier = str(answers["Message-ID"]).strip("<>") if answers else ""
        subject = f"Re: {answers['Subject']}" if answers else "The printer"
        self.account.append(letter(sender=CUSTOMER, to=ADDRESS, subject=subject, text=text, references=identifier))
        return text

    def mail(self, count: int) -> EmailMessage:
        """The latest mail at the customer's server, when there are that many."""
        return self.sink.wait(count, seconds=30)[count - 1].message

    def answer(self, number: int, **words: str) -> EmailMessage:
        """The agent answers, and the mail has arrived."""
        before = len(self.sink.received)
        self.hand.do("replying.reply", number, text="Please try again.", **words)
        return self.mail(before + 1)

    def ticket(self, number: int) -> Any:
        return self.desk.json("ticket", str(number))

    def holding(self, number: int, text: str) -> Any:
        """The ticket, as soon as these words of the customer are its own last ones."""
        return wait_for(lambda: self._if_last(number, text), seconds=30, what=f"{text!r} on #{number}")

    def _if_last(self, number: int, text: str) -> Any:
        found = self.ticket(number)
        own = [line for line in found["journey"] if line["kind"] == "message" and line["ticket"] == number]
        return found if own and text in own[-1]["text"] else None


@pytest.fixture
def way(own_desk: Desk, dovecot: Account, smtp_sink: SmtpSink) -> Iterator[Way]:
    desk = own_desk.having(FIRSTLINE_SMTP_URL=smtp_sink.url, FIRSTLINE_ALLOW_HOSTS="127.0.0.1")
    (desk.home / "password").write_text(PASSWORD)
    desk.done("agent", "add", "anna@example.org", "--role", "front-line", "--role", "lead", "--name", "Anna Agent")
    desk.done("mailbox", "add", ADDRESS, "--imap", dovecot.url, "--password-file", str(desk.home / "password"))
    hand = Hand(desk, "anna@example.org")
    with desk.serving("--only", "web,work,mail"):
        yield Way(desk, hand, account=dovecot, sink=smtp_sink)
    hand.close()


def test_a_tickets_whole_way(way):
    number = opened(way)
    second = answered_and_reopened(way, number)
    split_merged_and_parted(way, number, second)
    assert way.desk.json("check")["ok"]


def opened(way: Way) -> int:
    """A mail becomes a ticket; its sender is told the number, and no more."""
    text = way.writes()
    receipt = way.mail(1)
    number = int(re.search(r"\[#(\d+)\]", receipt["Subject"])[1])
    told = way.holding(number, text)
    assert (told["status"], told["assignee"]) == ("new", None)
    assert [one["outcome"] for one in told["letters"]] == ["opened"]
    assert receipt["To"] == CUSTOMER and receipt["Auto-Submitted"] == "auto-replied"
    return number


def answered_and_reopened(way: Way, number: int) -> EmailMessage:
    """An answer, the customer's reply, a solution, and the mail that reopens it; the solution as mail."""
    first = way.answer(number, then="waiting-customer")
    told = way.ticket(number)
    assert (told["status"], told["assignee"]) == ("waiting-customer", "Anna Agent")
    told = way.holding(number, way.writes(answers=first))
    assert told["status"] == "open" and [one["outcome"] for one in told["letters"]] == ["opened", "joined"]
    solution = way.answer(number, then="solved")
    told = way.ticket(number)
    assert told["status"] == "solved" and told["solved_at"] and told["clocks"][0]["met_at"]
    told = way.holding(number, way.writes(answers=solution))
    assert (told["status"], told["reopenings"]) == ("open", 1)
    return solution


def split_merged_and_parted(way: Way, number: int, solution: EmailMessage) -> None:
    """Later mail finds the ticket whose mail it answers: after a split, a merge and its undoing."""
    last = [line for line in way.ticket(number)["journey"] if line["kind"] == "message"][-1]
    other = way.hand.do("splitting.split", number, seqs=[last["seq"]], subject="The scanner")
    assert way.ticket(other)["subject"] == "The scanner"
    assert any(line["text"] == last["text"] for line in way.ticket(other)["journey"])
    about_other = way.answer(other)
    way.holding(number, way.writes(answers=solution))
    way.holding(other, way.writes(answers=about_other))
    way.hand.do("merging.merge", other, into=number)
    assert way.ticket(other)["merged_into"] == number
    way.holding(number, way.writes(answers=about_other))
    way.hand.do("merging.unmerge", other)
    assert way.ticket(other)["merged_into"] is None
    way.holding(other, way.writes(answers=about_other))
