"""What becomes of the tickets of the demo desk: each fate is the course of one story."""

from __future__ import annotations

from collections.abc import Callable

from firstline.cli import demo_odd
from firstline.cli.demo_story import Ahead, Story
from firstline.flows import resolving
from firstline.tickets.rules.states import Status

TICKETS = 120
_UNTOUCHED, _RECENT = TICKETS - 8, 62
_CHANNELS = ("mail", "phone", "mail", "mail", "walk-in", "mail", "phone", "mail", "portal", "mail", "phone")
_LATELY = ("open", "solved", "handed", "waiting", "solved", "open", "supplier", "solved-above")
_BEFORE = ("closed", "asked", "closed-above", "closed", "phone-call", "asked", "closed-above")
_SPECIAL = {20: "dated", 31: "reopened", 37: "supplier", 48: "handed", 55: "waiting", 66: "back", 83: "back",
            112: "handed", **demo_odd.FATES}


def channel_of(index: int) -> str:
    """How the n-th ticket comes in; those with a special course come by mail."""
    return "mail" if index in _SPECIAL else _CHANNELS[index % len(_CHANNELS)]


def fate_of(index: int) -> str:
    """The name of the course that the n-th ticket takes."""
    if index in _SPECIAL:
        return _SPECIAL[index]
    if index >= _UNTOUCHED:
        return "new"
    return _LATELY[index % len(_LATELY)] if index >= _RECENT else _BEFORE[index % len(_BEFORE)]


def live(story: Story) -> None:
    """Let a story begin and go its way as far as today."""
    channel = channel_of(story.index)
    if channel in ("mail", "portal") and not story.who.human.email:
        channel = "phone"
    if channel == "mail":
        story.written()
    else:
        story.told(channel)
    try:
        _COURSES[fate_of(story.index)](story)
    except Ahead:
        return


def _begin(story: Story) -> None:
    story.later(6 + story.index % 5 * 14)
    story.sorted()
    story.claimed()


def _new(story: Story) -> None:
    if story.index % 3 == 0:
        story.later(20)
        story.sorted()


def _open(story: Story) -> None:
    _begin(story)
    if story.index % 3:
        story.later(12)
        story.takes_up()
    if story.asked.ask:
        _asks(story)
    elif story.index % 2:
        story.later(45)
        story.noted()


def _asks(story: Story) -> None:
    story.later(10)
    story.asks_back()
    story.later(95)
    story.answers(story.asked.more)


def _goes_up(story: Story) -> None:
    _begin(story)
    story.later(14)
    story.takes_up()
    story.later(5)
    story.handed_over()


def _handed(story: Story) -> None:
    _goes_up(story)
    if story.index % 3:
        _taken_over(story)


def _taken_over(story: Story) -> None:
    story.later(70)
    story.claimed()
    story.later(30)
    story.noted()


def _waiting(story: Story) -> None:
    _begin(story)
    story.later(9)
    story.asks_back()


def _supplier(story: Story) -> None:
    _goes_up(story)
    _taken_over(story)
    story.later(15)
    story.waits(Status.WAITING_THIRD, why="The supplier sends a part.")


def _dated(story: Story) -> None:
    _begin(story)
    story.later(12)
    story.takes_up()
    story.waits(Status.WAITING_DATE, days=6, why="Wanted on the first of the month.")


def _solved(story: Story) -> None:
    _begin(story)
    if story.asked.ask:
        _asks(story)
    story.later(60)
    story.solves()


def _solved_above(story: Story) -> None:
    _goes_up(story)
    _taken_over(story)
    story.later(120)
    story.solves()


def _phone_call(story: Story) -> None:
    _begin(story)
    story.later(4)
    story.solves_in_speech()
    _closes(story)


def _closes(story: Story) -> None:
    story.later(5 * 480)
    resolving.close(story.number, by=story.front, now=story.at)


def _closed(story: Story) -> None:
    _solved(story)
    _closes(story)


def _closed_above(story: Story) -> None:
    _solved_above(story)
    _closes(story)


def _back(story: Story) -> None:
    """Solved, and not solved after all."""
    _solved(story)
    story.later(2 * 480)
    story.comes_back()


def _reopened(story: Story) -> None:
    _back(story)
    story.later(50)
    story.noted()
    story.later(90)
    story.solves()
    _closes(story)


def _odd(deed: Callable[[Story], None]) -> Callable[[Story], None]:
    """A ticket that was answered, and the one thing that sets it apart."""
    def course(story: Story) -> None:
        _begin(story)
        story.later(15)
        story.takes_up()
        story.later(3)
        deed(story)
    return course


_COURSES: dict[str, Callable[[Story], None]] = {
    "new": _new, "open": _open, "handed": _handed, "waiting": _waiting, "supplier": _supplier, "dated": _dated,
    "solved": _solved, "solved-above": _solved_above, "closed": _closed, "asked": _closed, "back": _back,
    "closed-above": _closed_above, "phone-call": _phone_call, "reopened": _reopened,
    **{name: _odd(deed) for name, deed in demo_odd.DEEDS.items()},
}
