"""To whom an answer about a ticket goes, from which mailbox, and in which language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from firstline.accounts.models import Agent
from firstline.accounts.principal import Principal
from firstline.core.errors import Unavailable
from firstline.core.text import email_key
from firstline.intake.mail.quotation.marker import MARKER
from firstline.intake.models import Letter
from firstline.notices.models import Mailbox
from firstline.notices.queries import our_addresses
from firstline.people.models import Address, Person
from firstline.people.queries import canonical_of
from firstline.tickets.desk import Case
from firstline.tickets.models import Participant


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a mail about a ticket: no `to` means that the customer has no address and must be called."""

    mailbox: Mailbox
    to: tuple[str, ...]
    cc: tuple[str, ...]
    language: str
    marker: str


def way_of(case: Case, *, cc: tuple[str, ...] = ()) -> Way:
    """The way to the requester, with accepted participants and `cc` in copy; never to an address of our own."""
    ours = our_addresses()
    requester = case.reading.requester
    spoke = last_sender_of(case.number)
    found = [address_of(requester, prefer=spoke)] if requester is not None else []
    copies = [address_of(person) for person in _accepted_beside(case, requester)] + list(cc)
    to = tuple(address for address in found if address and email_key(address) not in ours)
    seen = {email_key(address) for address in to} | ours
    copies = [address for address in dict.fromkeys(copies) if address and email_key(address) not in seen]
    language = language_of(case)
    if not to and copies:
        to, copies = (copies[0],), copies[1:]
    return Way(mailbox_of(case), to, tuple(copies), language, MARKER.get(language, MARKER["en"]))


def _accepted_beside(case: Case, requester: int | None) -> list[int]:
    """The accepted participants, each person once (after merges) and without the requester."""
    accepted = list(Participant.objects.filter(ticket=case.ticket, state="accepted").order_by("id").values_list(
        "person_id", flat=True))
    if not accepted:
        return []
    one = canonical_of([*accepted, *([requester] if requester is not None else [])])
    others = dict.fromkeys(one[person] for person in accepted)
    return [person for person in others if requester is None or person != one[requester]]


def way_back(case: Case, mailbox: Mailbox | None, *, to: str) -> Way:
    """The way back to the sender of the letter that opened a ticket."""
    language = case.reading.language if case.reading.language in MARKER else str(settings.CONFIG.language)
    return Way(mailbox or mailbox_of(case), (to,), (), language, MARKER[language])


def address_of(person: int, *, prefer: str = "") -> str:
    """The address at which a person (or whoever he was merged into) is reached: `prefer` if it is his, else the first
    that does not bounce, else ''."""
    root = Person.objects.filter(pk=person).values_list("canonical_id", flat=True).first() or person
    rows = Address.objects.filter(person_id=root) | Address.objects.filter(person__canonical_id=root)
    found = list(rows.order_by("id").values_list("email", "written", "bouncing_since"))
    for email, written, _ in found:
        if prefer and email == email_key(prefer):
            return written
    working = [written for _, written, bouncing in found if bouncing is None]
    return (working or [written for _, written, _ in found] or [""])[0]


def language_of(case: Case) -> str:
    """The requester's language, else the ticket's, else the desk's; always one of ours."""
    requester = Person.objects.filter(pk=case.reading.requester or 0)
    for language in (requester.values_list("language", flat=True).first(), case.reading.language):
        if language in MARKER:
            return str(language)
    return str(settings.CONFIG.language)


def mailbox_of(case: Case) -> Mailbox:
    """The mailbox that the ticket came in by, else the team's, else the desk's first. Raises Unavailable."""
    came = Letter.objects.filter(ticket=case.ticket, mailbox__active=True).order_by("id").values_list(
        "mailbox", flat=True).first()
    boxes = Mailbox.objects.filter(active=True).order_by("id")
    box = (boxes.filter(pk=came).first() if came else None) or boxes.filter(
        team_id=case.reading.team).first() or boxes.first()
    if box is None:
        raise Unavailable("The desk has no mailbox to send from. Add one with firstline mailbox add.")
    return box


def last_sender_of(number: int) -> str:
    """The address from which the ticket's last letter came, or ''."""
    return Letter.objects.filter(ticket_id=number, outcome__in=("opened", "joined")).order_by("-id").values_list(
        "sender", flat=True).first() or ""


def last_letter_of(number: int) -> str:
    """The Message-ID of the last letter that joined the ticket, or ''."""
    return Letter.objects.filter(ticket_id=number, outcome__in=("opened", "joined")).order_by("-id").values_list(
        "message_id", flat=True).first() or ""


def signature_of(by: Principal) -> str:
    """What stands below an agent's answers."""
    if by.kind != "agent":
        return ""
    row = Agent.objects.filter(pk=by.id or 0).values_list("signature", "name").first()
    return (row[0] or row[1]) if row else ""
