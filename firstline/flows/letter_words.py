"""What a letter brings into a journey: its words and files, its speaker, and the contact it counts as."""

from __future__ import annotations

from datetime import datetime

from firstline.core.text import line
from firstline.files import store
from firstline.intake.mail.understanding import Understood
from firstline.intake.models import Contact, ContactTicket, Letter
from firstline.tickets.desk import Case, Enclosed, Words
from firstline.tickets.rules import entries as e


def words_of(letter: Letter, understood: Understood, *, now: datetime) -> Words:
    """The answer, the folded quotation, the cleaned HTML and the files. A letter cut by a cap keeps its raw file."""
    files = [Enclosed(store.put(a.content, now=now), a.name[:250], a.type, a.size, a.content_id, a.inline)
             for a in understood.letter.attachments]
    if letter.cut_from or any(note.startswith("cap:") for note in letter.notes):
        files.append(Enclosed(letter.blob_id, "original.eml", "message/rfc822", letter.size))
    return Words(understood.cut.reply, understood.cut.quoted, understood.clean_html, tuple(files))


def actor_of(person: int | None) -> e.Actor:
    """Who speaks in a letter: its sender, or the desk itself where there is none."""
    return e.Actor("person", person) if person is not None else e.Actor("system")


def contact_of(letter: Letter, case: Case, *, person: int | None) -> Contact:
    """The contact that a letter is, tied to its ticket (one contact per letter)."""
    contact = Contact.objects.create(channel="mail", person_id=person, began_at=letter.received_at,
                                     ended_at=letter.received_at, summary=line(letter.subject), outcome="tickets")
    ContactTicket.objects.create(contact=contact, ticket=case.ticket, opened=case.born)
    return contact
