"""`firstline agent`: adds, lists and deactivates agents."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from firstline.cli.terminal import BAD_DATA, Arguments, Refusal, Told, perform_in_desk, read_secret, table

if TYPE_CHECKING:
    from firstline.accounts.principal import Principal


def main(argv: list[str]) -> int:
    """Returns the exit code."""
    parser = Arguments("agent", __doc__ or "")
    parser.add_argument("deed", choices=("add", "list", "deactivate"))
    parser.add_argument("email", metavar="EMAIL", nargs="?", help="the agent's address")
    parser.add_argument("--role", action="append", default=[], metavar="ROLE", help="may be given more than once")
    parser.add_argument("--team", action="append", default=[], metavar="CENTRE:LEVEL",
                        help="such as network:2; CENTRE alone is its lowest level; may be given more than once")
    parser.add_argument("--lead", action="store_true", help="leads the teams named")
    parser.add_argument("--name", default="")
    parser.add_argument("--language", default="")
    parser.add_argument("--password-file", metavar="FILE", help="without it a one-time link is printed")
    return perform_in_desk(argv, parser, _act)


def _act(wanted: argparse.Namespace, by: Principal) -> Told:
    if wanted.deed == "list":
        return _listed(by)
    if not wanted.email:
        raise Refusal(f"Whom? Write: firstline agent {wanted.deed} EMAIL", code=64)
    return _added(wanted, by) if wanted.deed == "add" else _deactivated(wanted, by)


def _listed(by: Principal) -> Told:
    from firstline.accounts.queries import agents

    by.require("setup.see")
    found = agents()
    rows = [("e-mail", "name", "roles", "active")]
    rows += [(a.email, a.name, ", ".join(a.roles), "yes" if a.active else "no") for a in found]
    return Told(table(rows), [{"id": a.id, "email": a.email, "name": a.name, "roles": list(a.roles),
                               "active": a.active} for a in found])


def _added(wanted: argparse.Namespace, by: Principal) -> Told:
    from django.conf import settings

    from firstline.core.time import iso, now
    from firstline.flows import agents

    if not wanted.role:
        raise Refusal("Name at least one role, such as --role front-line.", code=64)
    password = read_secret(wanted.password_file) if wanted.password_file else None
    moment = now()
    made = agents.add_agent(
        by=by, now=moment, email=wanted.email, name=wanted.name or wanted.email.partition("@")[0], roles=wanted.role,
        places=[agents.Place(team, lead=wanted.lead) for team in _teams(wanted.team)],
        language=wanted.language or settings.LANGUAGE_CODE, password=password)
    if password is not None:
        return Told(f"{wanted.email} can sign in now.", {"agent": made, "url": None, "expires_at": None})
    welcome = agents.make_link(made, by=by, now=moment)
    return Told(f"{wanted.email} chooses a password here, once, within 48 hours:\n{welcome.url}",
                {"agent": made, "url": welcome.url, "expires_at": iso(welcome.expires_at)})


def _teams(written: list[str]) -> list[int]:
    from firstline.routing.queries import teams

    found = []
    for text in written:
        centre, _, level = text.partition(":")
        fitting = [t.id for t in teams() if t.centre_key == centre and (not level or str(t.level) == level)]
        if not fitting:
            raise Refusal(f"There is no team {text}.", code=BAD_DATA)
        found.append(fitting[0])
    return found


def _deactivated(wanted: argparse.Namespace, by: Principal) -> Told:
    from firstline.accounts.queries import agent_of_email
    from firstline.core.errors import NotFound
    from firstline.core.time import now
    from firstline.flows.leaving import leave

    found = agent_of_email(wanted.email)
    if found is None:
        raise NotFound("There is no active agent with this address.")
    handed_on = leave(found, by=by, now=now())
    return Told(f"{wanted.email} is signed out everywhere and can no longer sign in. "
                f"Tickets handed on: {len(handed_on)}.", {"agent": found, "handed_on": list(handed_on)})
