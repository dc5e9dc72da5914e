"""What we asked of a recipient, what was answered, and the statement that was signed."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.audit.lifecycle import Lifecycle
from breaches.demands import rules
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient, RecipientContact
from breaches.vault.models import Sealed


class DemandStatus(models.TextChoices):
    DRAFT = "DRAFT", "waits for approval"
    APPROVED = "APPROVED", "approved, to be sent"
    SENT = "SENT", "sent, waits for an answer"
    ANSWERED = "ANSWERED", "answered"
    WITHDRAWN = "WITHDRAWN", "withdrawn"


BEING_PREPARED = (DemandStatus.DRAFT, DemandStatus.APPROVED)


class Demand(Lifecycle, Sealed):
    """One letter to one recipient; the records that it tells are sealed as they were approved."""

    CLEAR = {"key_name", "status", "text_sha256", "channel", "purpose", "basis"}
    MOVES: ClassVar = {
        DemandStatus.DRAFT: {DemandStatus.APPROVED, DemandStatus.WITHDRAWN},
        DemandStatus.APPROVED: {DemandStatus.SENT, DemandStatus.WITHDRAWN},
        DemandStatus.SENT: {DemandStatus.ANSWERED},
        DemandStatus.ANSWERED: set(),
        DemandStatus.WITHDRAWN: set(),
    }

    status = models.CharField(max_length=20, choices=DemandStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="demands")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="demands")
    purpose = models.CharField(
        max_length=12, choices=list(rules.PURPOSES.items()), default="demand"
    )
    basis = models.CharField(max_length=16, choices=list(rules.BASES.items()), default="consent")
    contact = models.ForeignKey(
        RecipientContact, null=True, on_delete=models.PROTECT, related_name="demands"
    )
    text_sha256 = models.CharField(max_length=64, help_text="of the records that it tells")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, blank=True, choices=list(rules.CHANNELS.items()))
    sent_on = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="demand_approved_by_a_second_person",
                condition=Q(status__in=[DemandStatus.DRAFT, DemandStatus.WITHDRAWN])
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("author"))),
            ),
            models.CheckConstraint(
                name="demand_sent_with_dates_and_channel",
                condition=~Q(status__in=[DemandStatus.SENT, DemandStatus.ANSWERED])
                | (Q(sent_on__isnull=False, due_on__gte=F("sent_on")) & ~Q(channel="")),
            ),
            models.UniqueConstraint(
                fields=["recipient"],
                condition=Q(status__in=BEING_PREPARED),
                name="demand_one_open_per_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"demand {self.pk}"

    def is_overdue(self, today: date) -> bool:
        """Say whether the recipient is late on `today`."""
        return rules.is_overdue(self.status, self.due_on, today)


class Response(Sealed):
    """What a recipient answered, with the document as it came."""

    CLEAR = {"key_name", "kind", "sharing"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="responses")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=30, choices=list(rules.ANSWERS.items()))
    has_scope = models.BooleanField(default=False, help_text="says which copies")
    sharing = models.CharField(max_length=3, blank=True, choices=list(rules.SHARING.items()))
    evidence = models.ForeignKey(
        Evidence, null=True, on_delete=models.PROTECT, related_name="responses"
    )
    received_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "kind", "received_on"], name="response_recorded_once"
            )
        ]

    def __str__(self) -> str:
        return f"answer to {self.demand_id}"

    @property
    def standing(self) -> rules.Standing:
        """Return what the answer is worth."""
        scope = "given" if self.has_scope else ""
        return rules.standing(self.kind, scope=scope, sharing=self.sharing)


class Attestation(Sealed):
    """A signed statement about every copy; the names and what was said are sealed."""

    CLEAR = {"key_name", "opened", "copied", "shared", "signature"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="attestations")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="attestations")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="attestations")
    opened = models.CharField(max_length=8, choices=list(rules.YES_NO.items()))
    copied = models.CharField(max_length=8, choices=list(rules.YES_NO.items()))
    shared = models.CharField(max_length=8, choices=list(rules.YES_NO.items()))
    signature = models.CharField(max_length=12, choices=list(rules.SIGNATURES.items()))
    is_under_penalty = models.BooleanField(default=False, help_text="of perjury, or the like")
    may_be_rechecked = models.BooleanField(default=False)
    is_complete = models.BooleanField()
    signed_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "evidence"], name="attestation_recorded_once"
            )
        ]

    def __str__(self) -> str:
        return f"attestation {self.pk}"
