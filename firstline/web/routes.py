"""The route table: every path with the right of entry that it needs."""

from __future__ import annotations

from allauth.account import views as allauth

from firstline.web.needs import OPEN, SIGNED_IN, Route, deed, form, needs, page
from firstline.web.pages import about, files, health, letters, opening, people, queue, search, session
from firstline.web.pages.ticket import deeds, show

_TICKET = "/tickets/<int:number>"
_LETTER = "/mail/<int:number>"
_PERSON = "/people/<int:number>"

ROUTES: tuple[Route, ...] = (
    page("/", queue.show, needs("queue.see"), name="queue"),
    page("/search", search.show, needs("queue.see")),
    form("/tickets/new", opening.new, needs("ticket.open")),
    page(_TICKET, show.show, needs("ticket.see"), name="ticket"),
    deed(f"{_TICKET}/reply", deeds.reply, needs("ticket.reply")),
    deed(f"{_TICKET}/note", deeds.note, needs("ticket.note")),
    deed(f"{_TICKET}/withdraw", deeds.withdraw, needs("ticket.reply")),
    deed(f"{_TICKET}/forward", deeds.forward, needs("ticket.reply")),
    deed(f"{_TICKET}/claim", deeds.claim, needs("ticket.assign")),
    deed(f"{_TICKET}/assign", deeds.assign, needs("ticket.assign")),
    deed(f"{_TICKET}/answer-for", deeds.answer_for, needs("ticket.assign")),
    deed(f"{_TICKET}/hand-over", deeds.hand_over, needs("ticket.hand_over")),
    deed(f"{_TICKET}/wait", deeds.wait, needs("ticket.change")),
    deed(f"{_TICKET}/resume", deeds.resume, needs("ticket.change")),
    deed(f"{_TICKET}/solve", deeds.solve, needs("ticket.change")),
    deed(f"{_TICKET}/reopen", deeds.reopen, needs("ticket.change")),
    deed(f"{_TICKET}/close", deeds.close, needs("ticket.change")),
    deed(f"{_TICKET}/edit", deeds.edit, needs("ticket.change")),
    deed(f"{_TICKET}/split", deeds.split, needs("ticket.split")),
    deed(f"{_TICKET}/unsplit", deeds.unsplit, needs("ticket.split")),
    deed(f"{_TICKET}/merge", deeds.merge, needs("ticket.merge")),
    deed(f"{_TICKET}/unmerge", deeds.unmerge, needs("ticket.merge")),
    deed(f"{_TICKET}/link", deeds.link, needs("ticket.change")),
    deed(f"{_TICKET}/unlink", deeds.unlink, needs("ticket.change")),
    deed(f"{_TICKET}/accept", deeds.accept, needs("ticket.change")),
    deed(f"{_TICKET}/refuse", deeds.refuse, needs("ticket.change")),
    deed(f"{_TICKET}/propose", deeds.propose, needs("ticket.change")),
    page("/attachments/<int:number>", files.attachment, needs("ticket.see")),
    page("/entries/<int:entry>/look", files.look, needs("ticket.see")),
    page("/entries/<int:entry>/frame", files.frame, needs("ticket.see")),
    page("/people", people.index, needs("people.see")),
    page(_PERSON, people.show, needs("people.see")),
    deed(f"{_PERSON}/edit", people.edit, needs("people.change")),
    deed(f"{_PERSON}/addresses/add", people.add_address, needs("people.change")),
    deed(f"{_PERSON}/addresses/remove", people.remove_address, needs("people.change")),
    deed(f"{_PERSON}/telephones/add", people.add_telephone, needs("people.change")),
    deed(f"{_PERSON}/merge", people.merge, needs("people.merge")),
    deed(f"{_PERSON}/part", people.part, needs("people.merge")),
    page("/mail", letters.index, needs("letters.see")),
    page(f"{_LETTER}/raw", letters.raw, needs("letters.raw")),
    deed(f"{_LETTER}/let-in", letters.let_in, needs("letters.judge")),
    deed(f"{_LETTER}/open-apart", letters.open_apart, needs("letters.judge")),
    deed(f"{_LETTER}/retry", letters.retry, needs("letters.judge")),
    deed(f"{_LETTER}/drop", letters.drop, needs("letters.judge")),
    deed("/me/language", session.language, needs(SIGNED_IN)),
    form("/sign-in", allauth.login, needs(OPEN), name="account_login"),
    deed("/sign-out", allauth.logout, needs(SIGNED_IN), name="account_logout"),
    form("/forgotten", session.forgotten, needs(OPEN), name="account_reset_password"),
    form("/welcome/<str:secret>", session.welcome, needs(OPEN)),
    page("/about", about.show, needs(OPEN)),
    page("/about/source", about.download, needs(OPEN)),
    page("/healthz", health.show, needs(OPEN)),
)
