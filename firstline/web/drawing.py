"""Drawings made on the server as SVG with attributes only, so that they pass the strict policy."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import log

from markupsafe import Markup

_NOW, _REACH = 52.0, 46.0
_PATH = '<path class="%s" d="%s"/>'
_LINE = '<svg class="nl%s" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">%s</svg>'


def _far(length: timedelta) -> float:
    """The distance from now of a moment, logarithmic: an hour and a week both fit."""
    return min(_REACH, 9 * log(1 + max(0.0, length.total_seconds()) / 1200))


def now_line(*, entered_at: datetime, due_at: datetime | None, waiting: bool, now: datetime, stands: str) -> Markup:
    """A row's age to the left of now and its promise to the right; `stands` is late, soon, fine or ''."""
    begin = _NOW - _far(now - entered_at)
    late = due_at is not None and stands == "late"
    until = _NOW - _far(now - due_at) if due_at is not None and late else _NOW
    until = max(begin, until)
    parts = [("now", "M52 0V28"), ("age", f"M{begin:.1f} 14H{until:.1f}"), ("in", f"M{begin:.1f} 11v6")]
    if due_at is not None and late:
        parts += [("over", f"M{until:.1f} 14H52"), ("due", f"M{until:.1f} 8v12")]
    elif due_at is not None:
        at = _NOW + _far(due_at - now)
        parts.append(("hold", f"M{at - 1:.1f} 10v8m3 -8v8") if waiting else ("due", f"M{at:.1f} 8v12"))
        if not waiting:
            parts.insert(3, ("lead", f"M52 14H{at:.1f}"))
    kind = f" nl--{stands}" if stands in ("late", "soon") else ""
    drawn = "".join(_PATH % part for part in parts)
    return Markup(_LINE % (kind + (" nl--wait" if waiting else ""), drawn))
