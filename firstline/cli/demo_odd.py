"""What does not happen every day at the demo desk: bounces, strangers, absences, merges, splits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from firstline.cli import demo_letters
from firstline.cli.demo_letters import Draft
from firstline.cli.demo_mailroom import answers_of
from firstline.cli.demo_story import Story
from firstline.flows import linking, merging, participating, replying, splitting
from firstline.people.queries import find_by_address
from firstline.tickets.rules.states import LinkKind, Status

_AUDITOR = ("Jürgen Weißmüller", "j.weissmueller@kaelte-mueller.example")


def _absence(story: Story) -> None:
    story.arrive(demo_letters.plain(story.absent()))


def _bounce(story: Story) -> None:
    mail = answers_of(story.number)[-1]
    raw = demo_letters.bounced(to=mail.recipients[0], message_id=mail.message_id,
                               subject=f"Re: {story.asked.subject} [#{story.number}]", at=story.at)
    story.arrive(raw, envelope_from="")


def _stranger(story: Story) -> None:
    """Somebody unknown answers with the identifier of our mail, as if it had been passed on to him."""
    draft = Draft(("Northgate Facilities", "service@northgate-facilities.example"),
                  f"Fwd: {story.asked.subject} [#{story.number}]",
                  "Hello,\n\nthis was passed on to us. Before we send somebody we need the address and a purchase "
                  "order number. Who signs for it?\n\nDee Hollis\nNorthgate Facilities", story.at,
                  answers=[answers_of(story.number)[-1].message_id])
    story.arrive(demo_letters.plain(draft))


def _suspicious(story: Story) -> None:
    """A mail in our own name that does not come from us."""
    draft = Draft(("Dunatherm Help Desk", demo_letters.DESK), "URGENT: your mailbox is full",
                  "Dear user,\n\nyour mailbox is 98 % full and will be deleted in 24 hours. Confirm your password to "
                  "keep it.", story.at,
                  headers=[("Authentication-Results", "mx.dunatherm.example; spf=fail; dmarc=fail")])
    story.arrive(demo_letters.styled(draft))


def _newsletter(story: Story) -> None:
    draft = Draft(("Nordic Print Supplies", "news@nordic-print.example"), "Toner prices change on 1 January",
                  "Dear customer,\n\nfrom 1 January all HX toners cost 4 % more. Orders until 20 December are "
                  "delivered at the old price.", story.at,
                  headers=[("List-Id", "Customers <customers.nordic-print.example>"), ("Precedence", "list"),
                           ("List-Unsubscribe", "<mailto:leave@nordic-print.example>")])
    story.arrive(demo_letters.styled(draft))


def _broken(story: Story) -> None:
    draft = Draft(("Plotter 2.21", "plotter-221@uk.dunatherm.example"), "Scan 0042",
                  "Scanned from the plotter in room 2.21.", story.at)
    story.scene.mailroom.fail(demo_letters.pictured(draft, name="Scan 0042.png"), at=story.at,
                              reason="Reading the letter took more memory than allowed.")


def _merge(story: Story) -> None:
    """The customer writes again instead of answering; the second ticket becomes part of the first."""
    human = story.who.human
    again = Draft((human.name, human.email), f"{story.asked.subject} !!!",
                  f"Hello? {story.asked.text}", story.at)
    second = story.arrive(demo_letters.styled(again)).ticket
    story.later(8)
    if second is not None:
        merging.merge(second, by=story.front, now=story.at, into=story.number)


def _split(story: Story) -> None:
    """He asks for something else in his answer; that becomes a ticket of its own, linked to this one."""
    story.answers("Thank you! And while I have you: my chair's height lever is broken, do you take care of that too? "
                  "If not, who does?")
    story.later(12)
    by, at = story.front, story.at
    note = replying.note(story.number, by=by, now=at, text="The chair is for Facilities, split it off.")
    new = splitting.split(story.number, by=by, now=at, seqs=[note - 1], subject="Chair lever is broken")
    replying.reply(new, by=by, now=at, then=Status.SOLVED,
                   text="Facilities repairs chairs. We have passed it on to them, somebody comes on Thursday.")
    linking.link(new, by=by, now=at, other=story.number, kind=LinkKind.RELATED)


def _outsider(story: Story) -> None:
    """The customer copies an outside engineer, who is accepted and then writes in his own words."""
    human = story.who.human
    mail = answers_of(story.number)[-1]
    subject = f"Re: {story.asked.subject} [#{story.number}]"
    story.arrive(demo_letters.styled(replace(
        Draft((human.name, human.email), subject, "Mr Weißmüller of the supplier knows the program, I copy him in.",
              story.at, answers=[mail.message_id]), cc=[_AUDITOR])))
    story.later(7)
    person = find_by_address(_AUDITOR[1])
    if person is None:
        return
    participating.accept(story.number, by=story.front, now=story.at, person=person)
    story.says("Welcome to the conversation, Mr Weißmüller. Which version do you deliver today?")
    story.later(55)
    mine = answers_of(story.number)[-1]
    story.arrive(demo_letters.plain(Draft(
        _AUDITOR, subject, "Guten Tag,\n\nwir liefern zurzeit Version 9.4.2. Für größere Zeichnungen müssen Sie in "
        "den Prüfregeln „Übergrößen“ zulassen, sonst bleibt alles hängen. Den Schlüssel schicke ich getrennt.\n\n"
        "Mit freundlichen Grüßen\nJürgen Weißmüller\nMüller & Söhne Kältetechnik GmbH", story.at,
        answers=[mine.message_id]), charset="iso-8859-1"))


DEEDS: dict[str, Callable[[Story], None]] = {
    "absence": _absence, "bounce": _bounce, "stranger": _stranger, "suspicious": _suspicious, "merge": _merge,
    "newsletter": _newsletter, "broken": _broken, "split": _split, "outsider": _outsider,
}
FATES = {72: "split", 78: "outsider", 84: "merge", 86: "absence", 91: "bounce", 96: "stranger", 101: "suspicious",
         104: "broken", 110: "newsletter"}
