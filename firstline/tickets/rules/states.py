"""The words a ticket's state is written in."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    OPEN = "open"
    WAITING_CUSTOMER = "waiting-customer"
    WAITING_THIRD = "waiting-third"
    WAITING_DATE = "waiting-date"
    SOLVED = "solved"
    CLOSED = "closed"


class TicketKind(StrEnum):
    """What the ticket is about (DESK rule 4)."""

    QUESTION = "question"
    FAULT = "fault"
    REQUEST = "request"
    COMPLAINT = "complaint"
    PLANNED = "planned"


class LinkKind(StrEnum):
    """How two tickets belong together, read from the first to the second."""

    RELATED = "related"
    FOLLOWS = "follows"
    CAUSED_BY = "caused-by"


OPEN_STATES = (Status.NEW.value, Status.OPEN.value, Status.WAITING_CUSTOMER.value, Status.WAITING_THIRD.value,
               Status.WAITING_DATE.value)
WAITING_STATES = (Status.WAITING_CUSTOMER.value, Status.WAITING_THIRD.value, Status.WAITING_DATE.value)
DONE_STATES = (Status.SOLVED.value, Status.CLOSED.value)
