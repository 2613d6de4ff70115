"""A line of the journey told in the language that is active now: one function a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from firstline.tickets.queries.values import Directory, Said
from firstline.tickets.rules import entries as e

STATUS = {
    "new": gettext_noop("New"), "open": gettext_noop("In work"),
    "waiting-customer": gettext_noop("Waiting for the customer"),
    "waiting-third": gettext_noop("Waiting for somebody else"),
    "waiting-date": gettext_noop("Waiting for a date"),
    "solved": gettext_noop("Solved"), "closed": gettext_noop("Closed"),
}
KIND = {"question": gettext_noop("Question"), "fault": gettext_noop("Fault"), "request": gettext_noop("Request"),
        "complaint": gettext_noop("Complaint"), "planned": gettext_noop("Planned work")}
CHANNEL = {"mail": gettext_noop("by mail"), "phone": gettext_noop("by phone"), "walk-in": gettext_noop("in person"),
           "portal": gettext_noop("on the portal"), "spoken": gettext_noop("in speech")}
LINK = {"related": gettext_noop("related to"), "follows": gettext_noop("follows"),
        "caused-by": gettext_noop("caused by")}
LINK_BACK = {"related-of": gettext_noop("related to"), "follows-of": gettext_noop("followed by"),
             "caused-by-of": gettext_noop("cause of")}
FIELD = {"subject": gettext_noop("Subject"), "kind": gettext_noop("Kind"), "priority": gettext_noop("Priority"),
         "category": gettext_noop("Category"), "requester": gettext_noop("Requester"),
         "affected": gettext_noop("Affected person"), "asset": gettext_noop("Machine"),
         "confidential": gettext_noop("Confidential"), "language": gettext_noop("Language")}
NOTICE = {"receipt": gettext_noop("receipt"), "reopened": gettext_noop("notice of reopening"),
          "solved": gettext_noop("notice of solution"), "closed": gettext_noop("notice of closing")}
MEASURE = {"first_answer": gettext_noop("First answer"), "first-answer": gettext_noop("First answer"),
           "next_news": gettext_noop("Next news"), "next-news": gettext_noop("Next news"),
           "solution": gettext_noop("Solution"), "level_holds": gettext_noop("Time with team"),
           "level-holds": gettext_noop("Time with team")}

REASON = {
    "token-from-a-stranger": gettext_noop("it carries our token, but the sender takes no part in the ticket"),
    "references-from-a-stranger": gettext_noop("it answers a mail of ours that went to somebody else"),
    "number-from-a-stranger": gettext_noop("it names the ticket's number, but the sender takes no part in it"),
    "automatic-mail": gettext_noop("the mail was automatic"),
    "was-held": gettext_noop("the letter had been held back"),
    "desk-breaker": gettext_noop("the desk has sent too many automatic mails within an hour"),
    "unproved-address": gettext_noop("the address had one today and is not proved"),
    "address-limit": gettext_noop("the address has had enough automatic mails"),
    "ticket-limit": gettext_noop("the ticket has had enough automatic mails"),
    "answer": gettext_noop("the customer answered"), "bounced": gettext_noop("the answer did not arrive"),
    "undelivered": gettext_noop("the answer could not be sent"),
}


def word(words: dict[str, str], key: str) -> str:
    """A known word told; an unknown one as it is."""
    return _(words[key]) if key in words else key


def link(kind: str) -> str:
    """How two tickets belong together, seen from either side."""
    return word(LINK | LINK_BACK, kind)


def _opened(event: e.Opened, names: Directory) -> str:
    values = {"channel": word(CHANNEL, event.channel), "team": names.team(event.team)}
    if event.follows:
        return _("Opened %(channel)s for %(team)s, follows #%(number)s") % {**values, "number": event.follows}
    return _("Opened %(channel)s for %(team)s") % values


def _message(event: e.Message, names: Directory) -> str:
    who = names.person(event.person) if event.person else event.sender or "?"
    return _("%(who)s wrote %(channel)s") % {"who": who, "channel": word(CHANNEL, event.channel)}


def _reply(event: e.Reply, _names: Directory) -> str:
    if event.to:
        return _("Answered to %(to)s") % {"to": ", ".join(event.to + event.cc)}
    return _("Answered in speech")


def _withdrawn(_event: e.Withdrawn, _names: Directory) -> str:
    return _("Took an answer back before it left")


def _note(_event: e.Note, _names: Directory) -> str:
    return _("Internal note")


def _forwarded(event: e.Forwarded, _names: Directory) -> str:
    return _("Forwarded to %(to)s") % {"to": ", ".join(event.to)}


def _automatic(event: e.Automatic, _names: Directory) -> str:
    verdicts = {"absence": _("Absence notice from %(who)s"), "loop": _("Mail of another system's loop from %(who)s"),
                "report": _("Report from %(who)s")}
    return verdicts.get(event.verdict, _("Automatic mail from %(who)s")) % {"who": event.sender}


def reason(written: str) -> str:
    """Why something was done by itself: a known reason told, a person's own words as they are."""
    return _(REASON.get(written, written)) if written else ""


def _bounced(event: e.Bounced, _names: Directory) -> str:
    values = {"to": event.recipient, "status": event.status, "reason": event.reason}
    kinds = {"temporary": _("Mail to %(to)s is late: %(reason)s (%(status)s)"),
             "delayed": _("Mail to %(to)s is late: %(reason)s (%(status)s)")}
    return kinds.get(event.bounce, _("Mail to %(to)s did not arrive: %(reason)s (%(status)s)")) % values


def _undelivered(event: e.Undelivered, _names: Directory) -> str:
    return _("Mail to %(to)s could not be sent: %(reason)s") % {"to": ", ".join(event.to), "reason": event.reason}


def _notified(event: e.Notified, _names: Directory) -> str:
    return _("Sent by itself to %(to)s: %(notice)s") % {"to": ", ".join(event.to),
                                                       "notice": word(NOTICE, event.notice)}


def _withheld(event: e.Withheld, _names: Directory) -> str:
    return _("Not sent to %(to)s: %(notice)s; %(reason)s") % {
        "to": event.to, "notice": word(NOTICE, event.notice), "reason": reason(event.reason)}


def _held(event: e.Held, _names: Directory) -> str:
    return _("A letter from %(who)s is held back: %(reason)s") % {
        "who": event.sender, "reason": reason(event.reason)}


def _let_in(_event: e.LetIn, _names: Directory) -> str:
    return _("Let a held letter in")


def _assigned(event: e.Assigned, names: Directory) -> str:
    if event.agent is None:
        return _("Nobody works on it now")
    if event.claimed:
        return _("%(who)s took it") % {"who": names.agent(event.agent)}
    return _("Assigned to %(who)s") % {"who": names.agent(event.agent)}


def _accountable(event: e.Accountable, names: Directory) -> str:
    return _("%(who)s answers for it now") % {"who": names.agent(event.agent)}


def _handed_over(event: e.HandedOver, names: Directory) -> str:
    values = {"team": names.team(event.team), "before": names.team(event.before), "reason": event.reason}
    if event.reason:
        return _("Handed over from %(before)s to %(team)s: “%(reason)s”") % values
    return _("Handed over from %(before)s to %(team)s") % values


def _status(event: e.StatusChanged, _names: Directory) -> str:
    status = word(STATUS, event.status)
    if event.reason == "withdrawn":
        return _("%(status)s again, as the answer was taken back") % {"status": status}
    if event.until:
        status = _("%(status)s until %(date)s") % {"status": status, "date": event.until[:10]}
    if event.reason:
        return _("%(status)s: “%(reason)s”") % {"status": status, "reason": reason(event.reason)}
    return status


def _reopened(event: e.Reopened, _names: Directory) -> str:
    return _("Reopened: “%(reason)s”") % {"reason": reason(event.reason)} if event.reason else _("Reopened")


def _value(field: str, value: Any, names: Directory) -> str:
    """A field's value told: ids by name, kinds and yes or no by their words."""
    if value in (None, ""):
        return "–"
    if field in ("requester", "affected"):
        return names.person(value)
    if field == "priority":
        found = names.priorities.get(value)
        return f"{found.rank} {found.label}" if found else "?"
    if field == "category":
        category = names.categories.get(value)
        return category.label if category else "?"
    if field == "confidential":
        return _("yes") if value else _("no")
    return word(KIND, str(value)) if field == "kind" else str(value)


def _edited(event: e.Edited, names: Directory) -> str:
    return _("%(field)s: %(before)s → %(value)s") % {
        "field": word(FIELD, event.field), "before": _value(event.field, event.before, names),
        "value": _value(event.field, event.value, names)}


def _tagged(event: e.Tagged, _names: Directory) -> str:
    return _("Tags: %(tags)s") % {
        "tags": " ".join([f"+{tag}" for tag in event.added] + [f"−{tag}" for tag in event.dropped])}


def _participant(event: e.Participation, names: Directory) -> str:
    states = {"proposed": _("%(who)s is proposed as a participant"), "accepted": _("%(who)s takes part"),
              "refused": _("%(who)s does not take part"), "left": _("%(who)s left")}
    return states.get(event.state, "%(who)s: " + event.state) % {"who": names.person(event.person)}


def _numbered(sentence: str) -> Callable[[Any, Directory], str]:
    """A sentence whose only value is another ticket's number."""
    return lambda event, names: _(sentence) % {"number": event.number}


def _unsplit(event: e.Unsplit, _names: Directory) -> str:
    if event.origin:
        return _("The split is taken back: #%(number)s is part of this ticket again") % {"number": event.number}
    return _("The split is taken back: this ticket is part of #%(number)s again") % {"number": event.number}


def _linked(event: e.Linked, _names: Directory) -> str:
    return _("Linked: %(link)s #%(number)s") % {"link": link(event.link), "number": event.number}


TELLING: dict[str, Callable[[Any, Directory], str]] = {
    e.Opened.KIND: _opened, e.Message.KIND: _message, e.Reply.KIND: _reply, e.Withdrawn.KIND: _withdrawn,
    e.Note.KIND: _note, e.Forwarded.KIND: _forwarded, e.Automatic.KIND: _automatic, e.Bounced.KIND: _bounced,
    e.Undelivered.KIND: _undelivered, e.Notified.KIND: _notified, e.Withheld.KIND: _withheld, e.Held.KIND: _held,
    e.LetIn.KIND: _let_in, e.Assigned.KIND: _assigned, e.Accountable.KIND: _accountable,
    e.HandedOver.KIND: _handed_over, e.StatusChanged.KIND: _status, e.Reopened.KIND: _reopened,
    e.Edited.KIND: _edited, e.Tagged.KIND: _tagged, e.Participation.KIND: _participant,
    e.MergedInto.KIND: _numbered(gettext_noop("Merged into #%(number)s")),
    e.MergedFrom.KIND: _numbered(gettext_noop("#%(number)s was merged into this ticket")),
    e.Unmerged.KIND: _numbered(gettext_noop("The merge with #%(number)s is taken back")),
    e.SplitTo.KIND: _numbered(gettext_noop("A part was split off as #%(number)s")),
    e.SplitFrom.KIND: _numbered(gettext_noop("Split off from #%(number)s")),
    e.Unsplit.KIND: _unsplit, e.Linked.KIND: _linked,
    e.Unlinked.KIND: _numbered(gettext_noop("No longer linked to #%(number)s")),
}


def tell(said: Said, names: Directory) -> str:
    """What this line says, as one sentence in plain text; names of strangers stand in it unescaped."""
    return TELLING[said.event.KIND](said.event, names)


def who(said: Said, names: Directory) -> str:
    """Who made the entry, by name; '' for rules and the desk itself."""
    if said.actor.kind == "agent":
        return names.agent(said.actor.id)
    return names.person(said.actor.id) if said.actor.kind == "person" else ""
