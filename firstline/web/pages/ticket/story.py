"""The lines of a ticket as they stand on its page: letters, notes, and everything else in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone
from markupsafe import Markup

from firstline.core.text import line as one_line
from firstline.tickets.queries import File, Said, Story
from firstline.tickets.rules import entries as e
from firstline.tickets.telling import CHANNEL, tell, who, word
from firstline.web.times import clock, whole_day
from firstline.web.words import shown

Look = Literal["letter", "out", "note", "line"]
_ICONS = {
    e.Opened.KIND: "ring", e.Message.KIND: "mail", e.Reply.KIND: "right", e.Note.KIND: "lock",
    e.Forwarded.KIND: "right", e.Automatic.KIND: "mail", e.Bounced.KIND: "alert", e.Undelivered.KIND: "alert",
    e.Notified.KIND: "bell", e.Withheld.KIND: "no", e.Held.KIND: "shield", e.LetIn.KIND: "check",
    e.HandedOver.KIND: "up", e.StatusChanged.KIND: "pause", e.Reopened.KIND: "back", e.Withdrawn.KIND: "no",
    e.MergedFrom.KIND: "flow", e.MergedInto.KIND: "flow", e.SplitTo.KIND: "flow", e.SplitFrom.KIND: "flow",
    e.Linked.KIND: "clip", e.Edited.KIND: "pen", e.Tagged.KIND: "pen"}
_STATES = {"new": "ring", "open": "work", "solved": "check", "closed": "check"}
_BY_PHONE = {"phone": "phone", "walk-in": "phone"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the history. `day` is the heading above it, '' where the day has not changed."""

    look: Look
    day: str
    time: str
    icon: str
    who: str
    address: str
    sentence: str
    text: Markup
    quoted: Markup
    files: tuple[File, ...]
    seq: int
    entry: int
    origin: str
    ticket: int
    original: bool
    public: bool
    pending: bool
    withdrawn: bool


def items(story: Story, *, now: datetime, newest: int) -> list[Item]:
    """The last `newest` lines of the history, newest last."""
    found: list[Item] = []
    before: date | None = None
    for said in story.lines[-newest:]:
        local = timezone.localtime(said.happened_at).date()
        found.append(_item(said, story, now=now, day=whole_day(local) if local != before else ""))
        before = local
    return found


def _look(said: Said) -> Look:
    event = said.event
    if said.withdrawn or not (said.text or said.files):
        return "line"
    if isinstance(event, e.Message):
        return "letter"
    if isinstance(event, e.Reply | e.Forwarded):
        return "out"
    return "note" if isinstance(event, e.Note | e.Automatic) else "letter"


def _item(said: Said, story: Story, *, now: datetime, day: str) -> Item:
    event, names = said.event, story.directory
    look = _look(said)
    icon = _ICONS.get(event.KIND, "half")
    address = ""
    if isinstance(event, e.Message):
        address = event.sender or word(CHANNEL, event.channel)
        icon = _BY_PHONE.get(event.channel, "mail")
    elif isinstance(event, e.StatusChanged):
        icon = _STATES.get(event.status, icon)
    elif isinstance(event, e.Reply | e.Forwarded):
        address = ", ".join(event.to + (event.cc if isinstance(event, e.Reply) else ()))
    name = who(said, names)
    if isinstance(event, e.Message) and event.person:
        name = names.person(event.person)
    sentence = one_line(tell(said, names), limit=600)
    if look == "line" and name and name in sentence:
        name = ""
    return Item(
        look=look, day=day, time=clock(said.happened_at), icon=icon, who=one_line(name), address=one_line(address),
        sentence=sentence, text=shown(said.text), quoted=shown(said.quoted),
        files=tuple(file for file in said.files if not file.inline or not said.has_html), seq=said.seq,
        entry=said.entry, origin=said.origin, ticket=said.ticket, original=said.has_html,
        public=said.public_from is not None, withdrawn=said.withdrawn,
        pending=said.public_from is not None and said.public_from > now and not said.withdrawn)
