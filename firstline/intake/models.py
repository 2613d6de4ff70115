"""Letters as they came in, and contacts: every call, visit and mail that was written down."""

from __future__ import annotations

from django.db import models

from firstline.accounts.models import Agent
from firstline.files.models import Blob
from firstline.notices.models import Mailbox
from firstline.people.models import Person
from firstline.tickets.models import Entry, Ticket


class Contact(models.Model):
    """One call, visit, mail, portal request or call-back, in or out; it exists even if no ticket comes of it."""

    channel = models.CharField(max_length=12)
    direction = models.CharField(max_length=3, default="in")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    summary = models.CharField(max_length=250, default="")
    outcome = models.CharField(max_length=16, default="")
    answers = models.JSONField(default=dict)

    class Meta:
        db_table = "contact"


class ContactTicket(models.Model):
    """A contact opened or touched a ticket."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="tickets")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+")
    opened = models.BooleanField(default=False)

    class Meta:
        db_table = "contact_ticket"
        constraints = [models.UniqueConstraint(fields=["contact", "ticket"], name="contact_ticket_once")]


class Letter(models.Model):
    """One inbound mail, kept raw before it is understood.

    state: received · working · done · failed · quarantined. outcome, once done: opened · joined · duplicate ·
    automatic · bounce · dropped. `sha256` and (mailbox, uidvalidity, uid) make taking in repeatable; `sameness`
    recognises the same message that came another way.
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, related_name="letters")
    source = models.CharField(max_length=8)
    uidvalidity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(null=True)
    envelope_from = models.CharField(max_length=254, null=True)
    sha256 = models.CharField(max_length=64, unique=True)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    received_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=12, default="received")
    outcome = models.CharField(max_length=12, default="")
    verdict = models.CharField(max_length=12, default="")
    reason = models.TextField(default="")
    notes = models.JSONField(default=list)
    message_id = models.CharField(max_length=998, default="", db_index=True)
    sameness = models.CharField(max_length=64, default="", db_index=True)
    sender = models.CharField(max_length=254, default="")
    subject = models.CharField(max_length=250, default="")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="letters")
    claims = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="letters")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="letters")
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=80, default="")
    lease_until = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "letter"
        constraints = [models.UniqueConstraint(fields=["mailbox", "uidvalidity", "uid"], name="letter_uid_once",
                                               condition=models.Q(uid__isnull=False))]
        indexes = [models.Index(fields=["next_at", "id"], name="letter_due",
                                condition=models.Q(state__in=("received", "working"))),
                   models.Index(fields=["-id"], name="letter_attention",
                                condition=models.Q(state__in=("failed", "quarantined")))]
