"""`firstline setup`: everything that a desk begins with, and the first administrator's one-time link."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from firstline.cli.terminal import Arguments, Told, perform_in_desk

if TYPE_CHECKING:
    from firstline.accounts.principal import Principal


def main(argv: list[str]) -> int:
    """Returns the exit code."""
    parser = Arguments("setup", __doc__ or "")
    parser.add_argument("--admin", metavar="EMAIL", required=True, help="the first administrator")
    parser.add_argument("--name", default="", help="the administrator's name")
    parser.add_argument("--language", help="en, hu, nb, da, uk or bg; default: FIRSTLINE_LANGUAGE")
    return perform_in_desk(argv, parser, _act)


def _act(wanted: argparse.Namespace, by: Principal) -> Told:
    from django.conf import settings

    from firstline.core.time import iso, now
    from firstline.flows.setting_up import set_up

    by.require("setup.change")
    welcome = set_up(admin_email=wanted.admin, name=wanted.name or wanted.admin.partition("@")[0],
                     language=wanted.language or settings.LANGUAGE_CODE, now=now())
    return Told(f"The desk is set up. {wanted.admin} chooses a password here, once, within 48 hours:\n{welcome.url}",
                {"agent": welcome.agent, "url": welcome.url, "expires_at": iso(welcome.expires_at)})
