"""Limits on automatic mail: no stranger can make the desk mail somebody more than once a day."""

from __future__ import annotations

from dataclasses import dataclass

UNPROVED_A_DAY = 1
PROVED_AN_HOUR = 3
PROVED_A_DAY = 10
DESK_AN_HOUR = 2000


@dataclass(frozen=True, slots=True)
class Sent:
    """Automatic mails written so far: to this address, for this ticket, and by the whole desk."""

    address_hour: int
    address_day: int
    ticket_hour: int
    ticket_day: int
    desk_hour: int


def reached(address: str) -> str:
    """The mailbox that an address most likely reaches, by which automatic mail to it is counted.

    Quotes (RFC 5321, 4.1.2), a detail behind a plus sign (RFC 5233), dots, case and the root's dot make many
    spellings of one mailbox; to count two people as one only withholds a receipt.
    """
    local, _, domain = address.strip().strip("<>").lower().rpartition("@")
    plain = local.replace("\\", "").replace('"', "").replace(".", "")
    return f"{plain.partition('+')[0] or plain}@{domain.rstrip('.')}"[:254]


def refusal(sent: Sent, *, proved: bool) -> str | None:
    """Why one more automatic mail is withheld, as a key; None when it may go (PROMISES, Automatic mail)."""
    if sent.desk_hour >= DESK_AN_HOUR:
        return "desk-breaker"
    if not proved and sent.address_day >= UNPROVED_A_DAY:
        return "unproved-address"
    if sent.address_hour >= PROVED_AN_HOUR or sent.address_day >= PROVED_A_DAY:
        return "address-limit"
    if sent.ticket_hour >= PROVED_AN_HOUR or sent.ticket_day >= PROVED_A_DAY:
        return "ticket-limit"
    return None
