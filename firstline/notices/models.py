"""The desk's mailboxes and the outbox."""

from __future__ import annotations

from django.db import models

from firstline.files.models import Blob
from firstline.people.models import Person
from firstline.routing.models import Team
from firstline.tickets.models import Entry, Ticket


class Mailbox(models.Model):
    """One address of the desk: where its mail is fetched and by which way its answers leave.

    `secret` and `smtp_secret` are encrypted with the desk's key. `uidvalidity` and `last_uid` say how far the
    folder has been read.
    """

    address = models.CharField(max_length=254, unique=True)
    name = models.CharField(max_length=120, default="")
    language = models.CharField(max_length=8, default="")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    imap_url = models.CharField(max_length=500, default="")
    imap_auth = models.CharField(max_length=12, default="password")
    secret = models.TextField(default="")
    smtp_url = models.CharField(max_length=500, default="")
    smtp_secret = models.TextField(default="")
    plus_addresses = models.BooleanField(default=False)
    trusted_authserv = models.CharField(max_length=250, default="")
    active = models.BooleanField(default=True)
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    last_fetch_at = models.DateTimeField(null=True)
    error = models.TextField(default="")
    failing_since = models.DateTimeField(null=True)
    token_expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "mailbox"


class Outgoing(models.Model):
    """A mail waiting to be sent, or sent: bytes and Message-ID are fixed when it is written.

    state: waiting · sending · sent · withdrawn · dead. `automatic` mail is nobody's own words.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="outgoing")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="outgoing")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    automatic = models.BooleanField(default=False)
    message_id = models.CharField(max_length=250, unique=True)
    envelope_from = models.CharField(max_length=254, blank=True)
    recipients = models.JSONField()
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="waiting")
    written_at = models.DateTimeField()
    send_after = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, default="")
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        db_table = "outgoing"
        indexes = [models.Index(fields=["next_at", "id"], name="outgoing_due",
                                condition=models.Q(state__in=("waiting", "sending")))]


class Recipient(models.Model):
    """One address that an outgoing mail goes to, by which bounces are tied; by `reached`, the mailbox behind the
    spellings of an address, automatic mail is counted."""

    outgoing = models.ForeignKey(Outgoing, models.CASCADE, related_name="addressed")
    email = models.CharField(max_length=254)
    reached = models.CharField(max_length=254, default="")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    automatic = models.BooleanField(default=False)
    at = models.DateTimeField()
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outgoing_recipient"
        indexes = [models.Index(fields=["reached", "at"], name="recipient_reached",
                                condition=models.Q(automatic=True)),
                   models.Index(fields=["at"], name="recipient_breaker", condition=models.Q(automatic=True))]
