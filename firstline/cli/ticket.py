"""`firstline ticket NUMBER`: the whole story of a ticket, for people or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from firstline.cli.terminal import Arguments, Told, perform_in_desk

if TYPE_CHECKING:
    from argparse import Namespace

    from firstline.accounts.principal import Principal
    from firstline.tickets.queries.values import Said, Story


def main(argv: list[str]) -> int:
    """Tell one ticket: readings, journey, legs, clocks, contacts, letters, mails."""
    parser = Arguments("ticket", "The whole story of a ticket.")
    parser.add_argument("number", type=int)
    return perform_in_desk(argv, parser, _ticket)


def _ticket(wanted: Namespace, by: Principal) -> Told:
    from django.utils import translation

    from firstline.intake import queries as intake
    from firstline.notices import queries as notices
    from firstline.tickets.queries.story import story

    found = story(wanted.number, principal=by)
    contacts = intake.contacts_of(wanted.number)
    letters = intake.letters_of(wanted.number)
    mails = notices.mails_of(wanted.number)
    with translation.override(by.language):
        data = _data(found) | {
            "contacts": [_plain(one) for one in contacts], "letters": [_plain(one) for one in letters],
            "mails": [_plain(one) for one in mails]}
        return Told(_text(data), data)


def _data(found: Story) -> dict[str, Any]:
    names = found.directory
    return {
        "number": found.number, "subject": found.subject, "kind": found.kind, "status": found.status,
        "priority": names.priorities[found.priority].label, "team": names.team(found.team),
        "assignee": names.agent(found.assignee) if found.assignee else None,
        "accountable": names.agent(found.accountable),
        "requester": names.person(found.requester) if found.requester else None,
        "affected": names.person(found.affected) if found.affected else None,
        "category": names.categories[found.category].label if found.category else None,
        "tags": list(found.tags), "language": found.language, "confidential": found.confidential,
        "merged_into": found.merged_into, "merged": list(found.merged), "reopenings": found.reopenings,
        **{name: _iso(getattr(found, name)) for name in ("entered_at", "last_at", "due_at", "wait_until",
                                                         "solved_at", "closed_at")},
        "participants": [{"person": one.person.shown, "state": one.state} for one in found.participants],
        "links": [{"number": one.number, "link": one.link} for one in found.links],
        "legs": [_plain(leg) | {"team": names.team(leg.team)} for leg in found.legs],
        "clocks": [_plain(clock) for clock in found.clocks],
        "journey": [_line(one, found) for one in found.lines],
    }


def _line(one: Said, found: Story) -> dict[str, Any]:
    from firstline.tickets import telling
    from firstline.tickets.rules.entries import encode

    return {"ticket": one.ticket, "seq": one.seq, "kind": one.event.KIND, "told": telling.tell(one, found.directory),
            "by": telling.who(one, found.directory), "at": _iso(one.happened_at),
            "public": one.public_from is not None, "public_from": _iso(one.public_from), "values": encode(one.event),
            "text": one.text, "quoted": one.quoted, "withdrawn": one.withdrawn,
            "files": [{"name": file.name, "size": file.size} for file in one.files]}


def _text(data: dict[str, Any]) -> str:
    facts = ("status", "kind", "priority", "team", "assignee", "accountable", "requester", "affected", "category",
             "entered_at", "due_at", "solved_at", "reopenings", "merged_into")
    lines = [f"#{data['number']} {data['subject']}", ""]
    lines += [f"  {name:<12} {data[name]}" for name in facts if data[name] not in (None, "", 0)]
    for one in data["journey"]:
        mark = " " if one["public"] else "*"
        place = f"{one['seq']:>3}" if one["ticket"] == data["number"] else f"#{one['ticket']}/{one['seq']}"
        lines += ["", f"{place} {mark} {one['at']}  {one['by']}: {one['told']}"]
        lines += [f"        {line}" for line in one["text"].splitlines()]
        lines += [f"        [{file['name']}, {file['size']} bytes]" for file in one["files"]]
    for name in ("legs", "clocks", "contacts", "letters", "mails"):
        lines += ["", f"{name}:", *(f"  {_brief(row)}" for row in data[name])] if data[name] else []
    return "\n".join([*lines, "", "* for colleagues only"])


def _brief(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if value not in (None, "", [], ()))


def _plain(value: Any) -> dict[str, Any]:
    from dataclasses import asdict
    from datetime import datetime

    return {name: _iso(one) if isinstance(one, datetime) else one for name, one in asdict(value).items()}


def _iso(moment: Any) -> str | None:
    from firstline.core.time import iso

    return iso(moment)
