"""`firstline sweep`: what is due is done once, as the worker does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from firstline.cli.terminal import WRONG_USE, Arguments, Refusal, Told, perform_in_desk

if TYPE_CHECKING:
    from argparse import Namespace

    from firstline.accounts.principal import Principal


def main(argv: list[str]) -> int:
    """Sweep as of now, or as of `--at TIME` (RFC 3339)."""
    parser = Arguments("sweep", "Do what is due once.")
    parser.add_argument("--at", metavar="TIME", help="as of this moment, RFC 3339")
    return perform_in_desk(argv, parser, _sweep)


def _sweep(wanted: Namespace, by: Principal) -> Told:
    from datetime import datetime

    from firstline.core.time import now
    from firstline.flows import sweep

    by.require("setup.change")
    try:
        moment = datetime.fromisoformat(wanted.at) if wanted.at else now()
    except ValueError:
        raise Refusal(f"{wanted.at!r} is not a time such as 2026-03-02T09:00:00Z.", code=WRONG_USE) from None
    if moment.tzinfo is None:
        raise Refusal("Say the time with its zone, such as 2026-03-02T09:00:00Z.", code=WRONG_USE)
    resumed = sweep.sweep(now=moment)
    return Told(f"{resumed} tickets go on.", {"resumed": resumed})
