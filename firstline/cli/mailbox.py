"""`firstline mailbox`: adds, lists and tests the desk's mailboxes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from firstline.cli.terminal import UNAVAILABLE, Arguments, Refusal, Told, perform_in_desk, read_secret, table

if TYPE_CHECKING:
    from firstline.accounts.principal import Principal


def main(argv: list[str]) -> int:
    """Returns the exit code."""
    parser = Arguments("mailbox", __doc__ or "")
    parser.add_argument("deed", choices=("add", "list", "test"))
    parser.add_argument("address", metavar="ADDRESS", nargs="?", help="the desk's address")
    parser.add_argument("--imap", default="", metavar="URL", help="imaps://USER@HOST:PORT/FOLDER; imap:// is plain")
    parser.add_argument("--smtp", default="", metavar="URL", help="smtps://USER:PASSWORD@HOST:PORT")
    parser.add_argument("--password-file", metavar="FILE", help="the IMAP user's password in its first line")
    parser.add_argument("--xoauth2", action="store_const", const="xoauth2", default="password", dest="auth",
                        help="the password file holds an OAuth token instead")
    parser.add_argument("--name", default="", help="the sender's name on answers")
    parser.add_argument("--language", default="", help="the language of automatic mail")
    parser.add_argument("--plus", action="store_true", help="the server delivers user+anything@ to user@")
    parser.add_argument("--trusted-server", default="", metavar="NAME",
                        help="our mail server, whose Authentication-Results prove a sender")
    return perform_in_desk(argv, parser, _act)


def _act(wanted: argparse.Namespace, by: Principal) -> Told:
    if wanted.deed == "list":
        return _listed(by)
    if not wanted.address:
        raise Refusal(f"Which one? Write: firstline mailbox {wanted.deed} ADDRESS", code=64)
    return _added(wanted, by) if wanted.deed == "add" else _tested(wanted, by)


def _listed(by: Principal) -> Told:
    from firstline.core.time import iso
    from firstline.notices.mailboxes import mailboxes

    by.require("setup.see")
    found = mailboxes()
    rows = [("address", "fetched from", "last fetch", "trouble")]
    rows += [(m.address, m.imap_url, iso(m.last_fetch_at) or "never", m.error) for m in found]
    return Told(table(rows), [{"id": m.id, "address": m.address, "imap": m.imap_url, "smtp": m.smtp_url,
                               "active": m.active, "last_fetch_at": iso(m.last_fetch_at), "error": m.error or None}
                              for m in found])


def _added(wanted: argparse.Namespace, by: Principal) -> Told:
    from firstline.core.time import now
    from firstline.flows import mailboxes

    password = read_secret(wanted.password_file) if wanted.password_file else ""
    servers = mailboxes.Servers(wanted.imap, password, wanted.smtp, wanted.auth)
    made = mailboxes.add_mailbox(by=by, now=now(), address=wanted.address, servers=servers, name=wanted.name,
                                 language=wanted.language, plus_addresses=wanted.plus,
                                 trusted_servers=wanted.trusted_server)
    return Told(f"{wanted.address} is a mailbox of the desk. Try it: firstline mailbox test {wanted.address}",
                {"mailbox": made, "address": wanted.address})


def _tested(wanted: argparse.Namespace, by: Principal) -> Told:
    from firstline.cli.probing import steps_of
    from firstline.notices.mailboxes import settings_of

    by.require("setup.change")
    steps = steps_of(settings_of(wanted.address))
    ok = all(step.ok for step in steps)
    lines = [f"{'ok  ' if step.ok else 'FAIL'}  {step.name}: {step.sentence}" for step in steps]
    return Told("\n".join(lines) or "This mailbox has no servers to test.",
                {"ok": ok, "steps": [{"name": s.name, "ok": s.ok, "sentence": s.sentence} for s in steps]},
                code=0 if ok else UNAVAILABLE)
