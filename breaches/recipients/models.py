"""Who received the file, what we demanded, what was answered."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.audit.lifecycle import Lifecycle
from breaches.downloads.models import Acquisition
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients import rules
from breaches.vault.models import Sealed


class Recipient(Sealed):
    """One network address, or somebody behind it once they are known."""

    CLEAR = {"key_name", "network", "kind", "jurisdiction", "risk"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="recipients")
    network = models.CharField(
        max_length=32, blank=True, help_text="blind index of the address or /64, if there is one"
    )
    kind = models.CharField(max_length=30, choices=list(rules.KINDS.items()))
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children",
        help_text="who passed it on",
    )  # fmt: skip
    identity_level = models.PositiveSmallIntegerField(default=0, choices=list(rules.LEVELS.items()))
    jurisdiction = models.CharField(max_length=10, default="US", help_text="ISO 3166, as US-NY")
    risk = models.CharField(
        max_length=12, blank=True, choices=list(rules.RISKS.items()), help_text="to the people"
    )
    risk_reviewed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_name_confidential = models.BooleanField(default=False)
    acquisitions = models.ManyToManyField(Acquisition, related_name="recipients")
    recognised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "network"],
                condition=~Q(network=""),
                name="recipient_once_per_network",
            ),
            models.CheckConstraint(
                name="recipient_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
            models.CheckConstraint(
                name="recipient_risk_reviewed_by_somebody",
                condition=Q(risk="") | Q(risk_reviewed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class DemandStatus(models.TextChoices):
    DRAFT = "DRAFT", "waits for approval"
    APPROVED = "APPROVED", "approved, to be sent"
    SENT = "SENT", "sent, waits for an answer"
    ANSWERED = "ANSWERED", "answered"


OPEN = (DemandStatus.DRAFT, DemandStatus.APPROVED, DemandStatus.SENT)


class Demand(Lifecycle, Sealed):
    """One demand to one recipient; its text is sealed as it was approved."""

    CLEAR = {"key_name", "status", "text_sha256", "channel"}
    MOVES: ClassVar = {
        DemandStatus.DRAFT: {DemandStatus.APPROVED},
        DemandStatus.APPROVED: {DemandStatus.SENT},
        DemandStatus.SENT: {DemandStatus.ANSWERED},
        DemandStatus.ANSWERED: set(),
    }

    status = models.CharField(max_length=20, choices=DemandStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="demands")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="demands")
    text_sha256 = models.CharField(max_length=64)
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
                condition=Q(status=DemandStatus.DRAFT)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("author"))),
            ),
            models.CheckConstraint(
                name="demand_sent_with_dates_and_channel",
                condition=Q(status__in=[DemandStatus.DRAFT, DemandStatus.APPROVED])
                | (Q(sent_on__isnull=False, due_on__gte=F("sent_on")) & ~Q(channel="")),
            ),
            models.UniqueConstraint(
                fields=["recipient"],
                condition=Q(status__in=OPEN),
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
    demand = models.OneToOneField(Demand, on_delete=models.PROTECT, related_name="response")
    kind = models.CharField(max_length=30, choices=list(rules.ANSWERS.items()))
    has_scope = models.BooleanField(default=False, help_text="says which copies")
    sharing = models.CharField(max_length=3, blank=True, choices=list(rules.SHARING.items()))
    evidence = models.ForeignKey(
        Evidence, null=True, on_delete=models.PROTECT, related_name="responses"
    )
    received_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to {self.demand_id}"

    @property
    def standing(self) -> rules.Standing:
        """Return what the answer is worth."""
        scope = "given" if self.has_scope else ""
        return rules.standing(self.kind, scope=scope, sharing=self.sharing)
