"""Times and sizes told in the reader's language and zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

SOON = timedelta(minutes=45)


def clock(at: datetime | None) -> str:
    """Hours and minutes."""
    return f"{timezone.localtime(at):%H:%M}" if at else ""


def day(at: datetime | None) -> str:
    """The date, short, with the year where it is not this year's."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    same = local.year == timezone.localtime(datetime.now(UTC)).year
    # Translators: signs of Django's date format; put them in your language's order, for instance "M j." in Hungarian.
    return date_format(local, _("j M") if same else _("j M Y"))


def moment(at: datetime | None) -> str:
    """Date and time, short; only the time where it is today."""
    if at is None:
        return ""
    today = timezone.localtime(at).date() == timezone.localtime(datetime.now(UTC)).date()
    return clock(at) if today else f"{day(at)} {clock(at)}"


def whole_day(local: date) -> str:
    """A day of the history, in words."""
    return date_format(local, _("l j F Y"))


def span(length: timedelta) -> str:
    """A length of time in one or two units: 23 min, 1 h 05, 3 d."""
    minutes = max(0, int(length.total_seconds()) // 60)
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 3 and minutes:
        return _("%(h)s h %(m)s") % {"h": hours, "m": f"{minutes:02d}"}
    if hours < 48:
        return _("%(n)s h") % {"n": hours}
    return _("%(n)s d") % {"n": hours // 24}


def until(due: datetime, now: datetime) -> tuple[str, str]:
    """How long until a promise is due, and how it stands: late, soon or fine."""
    if due <= now:
        return _("%(span)s late") % {"span": span(now - due)}, "late"
    if due - now < SOON:
        return _("in %(span)s") % {"span": span(due - now)}, "soon"
    return span(due - now), "fine"


def size(number: int) -> str:
    """Bytes for people."""
    if number < 1024:
        return f"{number} B"
    if number < 1024 * 1024:
        return f"{number // 1024} kB"
    return f"{number / 1024 / 1024:.1f} MB"
