"""The ticket's current reading, its journey, and what hangs on it."""

from __future__ import annotations

from django.db import models

from firstline.accounts.models import Agent
from firstline.assets.models import Asset
from firstline.files.models import Blob
from firstline.people.models import Person
from firstline.promises.models import Promise
from firstline.routing.models import Category, Field, Option, Priority, Team
from firstline.tickets.rules.states import OPEN_STATES, WAITING_STATES


class Ticket(models.Model):
    """The current reading of one journey; every column but `number` can be refolded from the entries.

    `order_key` sorts the queue (DESK rule 12): the two highest priorities, then what is due next, then oldest.
    Columns that the lists filter by have no index of their own beside the partial ones: over a million closed
    tickets SQLite would take it.
    """

    number = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=250)
    kind = models.CharField(max_length=12)
    status = models.CharField(max_length=20)
    wait_until = models.DateTimeField(null=True)
    priority = models.ForeignKey(Priority, models.PROTECT, db_index=False, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, db_index=False, related_name="+")
    assignee = models.ForeignKey(Agent, models.PROTECT, null=True, db_index=False, related_name="+")
    accountable = models.ForeignKey(Agent, models.PROTECT, db_index=False, related_name="+")
    requester = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    affected = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8, default="")
    confidential = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    last_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopenings = models.PositiveIntegerField(default=0)
    reopened_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="merged")
    tags = models.JSONField(default=list)
    seq = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    due_at = models.DateTimeField(null=True)
    order_key = models.BigIntegerField(default=0)

    class Meta:
        db_table = "ticket"
        indexes = [
            models.Index(fields=["order_key", "number"], name="ticket_queue",
                         condition=models.Q(status__in=OPEN_STATES, merged_into=None)),
            models.Index(fields=["assignee", "order_key", "number"], name="ticket_mine",
                         condition=models.Q(status__in=OPEN_STATES, merged_into=None)),
            models.Index(fields=["team", "order_key", "number"], name="ticket_team",
                         condition=models.Q(status__in=OPEN_STATES, merged_into=None)),
            models.Index(fields=["accountable", "order_key", "number"], name="ticket_answer",
                         condition=models.Q(status__in=OPEN_STATES, merged_into=None)),
            models.Index(fields=["order_key", "number"], name="ticket_waiting",
                         condition=models.Q(status__in=WAITING_STATES, merged_into=None)),
            models.Index(fields=["-solved_at", "-number"], name="ticket_solved",
                         condition=models.Q(status__in=("solved", "closed"), merged_into=None)),
            models.Index(fields=["requester", "-number"], name="ticket_requester"),
            models.Index(fields=["merged_into"], name="ticket_merged",
                         condition=models.Q(merged_into__isnull=False)),
        ]


class Entry(models.Model):
    """One line of a journey. Never moved, never changed; `data` is read by its `kind` and `version`.

    `public_from` is set on what the customer may read, from that moment on; null means internal.
    `digest` chains the entries of a ticket and covers a salted hash of the body, so that erasing a body is lawful
    and changing one shows.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    data = models.JSONField(default=dict)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    public_from = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "entry"
        constraints = [models.UniqueConstraint(fields=["ticket", "seq"], name="entry_once")]


class Body(models.Model):
    """What was said in an entry, apart, so that it can be erased: `hashed` is salted and stays."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="body")
    text = models.TextField()
    quoted = models.TextField(default="")
    html = models.TextField(default="")
    salt = models.CharField(max_length=32)
    hashed = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "entry_body"


class Attachment(models.Model):
    """A file that came or went with an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="attachments")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    content_id = models.CharField(max_length=250, default="")
    inline = models.BooleanField(default=False)

    class Meta:
        db_table = "attachment"


class Participant(models.Model):
    """Somebody besides the requester: proposed by a mail's copy line, accepted or refused by an agent."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)

    class Meta:
        db_table = "participant"
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="participant_once")]


class Leg(models.Model):
    """The stay with one team, from arrival to hand-over; `started_at` is when somebody took it up."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="legs")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "leg"


class Clock(models.Model):
    """One promise running on one ticket: measured from the journey, never incremented."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="clocks")
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clock"
        constraints = [models.UniqueConstraint(fields=["ticket", "measure"], name="clock_once")]
        indexes = [models.Index(fields=["due_at"], name="clock_due",
                                condition=models.Q(met_at=None, stopped_at=None))]


class Link(models.Model):
    """Two tickets that belong together: `kind` reads from `ticket` to `other`."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="links")
    other = models.ForeignKey(Ticket, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)

    class Meta:
        db_table = "ticket_link"
        constraints = [models.UniqueConstraint(fields=["ticket", "other"], name="link_once")]


class Alias(models.Model):
    """A number that the ticket had in another desk."""

    number = models.CharField(max_length=60, unique=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="aliases")

    class Meta:
        db_table = "ticket_alias"


class FieldValue(models.Model):
    """The answer to one field on one ticket, in the column of its type."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="values")
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    text = models.TextField(null=True)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    date = models.DateField(null=True)
    option = models.ForeignKey(Option, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "field_value"
        constraints = [models.UniqueConstraint(fields=["ticket", "field", "option"], name="value_once")]
