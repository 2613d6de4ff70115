"""The desk's own mail that came back, and mail in circles."""

from firstline.intake.mail.screening.loop import HOPS, judge
from firstline.intake.mail.screening.signs import Arrival
from tests.support.letters import letter

OURS = frozenset({"desk@example.com"})


def is_loop(*fields: tuple[str, str]) -> bool:
    return judge(Arrival(letter(*fields), OURS)) is not None


def test_our_marker() -> None:
    assert is_loop(("X-Firstline-Desk", "desk@example.com"))


def test_a_marker_without_an_address() -> None:
    assert is_loop(("X-Firstline-Desk", "1"))


def test_the_marker_of_another_desk_is_no_loop() -> None:
    assert not is_loop(("X-Firstline-Desk", "help@example.net"))


def test_x_loop_with_our_address() -> None:
    assert is_loop(("X-Loop", "<desk@example.com>"))


def test_x_loop_of_another_system() -> None:
    assert not is_loop(("X-Loop", "someone@example.net"))


def test_too_many_hops() -> None:
    assert is_loop(*[("Received", "from a by b")] * (HOPS + 1))


def test_as_many_hops_as_a_long_way_needs() -> None:
    assert not is_loop(*[("Received", "from a by b")] * HOPS)


def test_our_address_that_failed_authentication_is_left_to_suspicion() -> None:
    assert not is_loop(("From", "desk@example.com"), ("Authentication-Results", "mx.example.com; dmarc=fail"))
