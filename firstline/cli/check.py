"""`firstline check`: proves the invariants of the desk, exit 0 or 65."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from firstline.cli.terminal import BAD_DATA, DONE, Arguments, Told, perform_in_desk

if TYPE_CHECKING:
    from argparse import Namespace

    from firstline.accounts.principal import Principal


def main(argv: list[str]) -> int:
    """Prove everything; see DESIGN §5 for the JSON document."""
    return perform_in_desk(argv, Arguments("check", "Prove that nothing was lost and nothing changed."), _check)


def _check(_wanted: Namespace, by: Principal) -> Told:
    from firstline.core.time import now
    from firstline.insight.check import prove

    by.require("audit.see")
    report = prove(now=now())
    total = sum(report.checked.values())
    lines = [f"{one.object}: {one.sentence} ({one.rule})" for one in report.breaches]
    verdict = f"{total} things checked, all is well." if report.ok else f"{total} checked, {len(lines)} breaches."
    return Told("\n".join([*lines, verdict]), {"ok": report.ok, "checked": report.checked,
                                               "breaches": [asdict(one) for one in report.breaches]},
                DONE if report.ok else BAD_DATA)
