"""A case: getting back what one recipient has; its events, clocks and steps to be confirmed."""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.audit.lifecycle import Lifecycle
from breaches.clawback import machine
from breaches.clawback.clocks import CLOCKS
from breaches.clawback.states import WORDS, proof_level
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient
from breaches.vault.models import Sealed

EVENTS = [(code, step.words) for code, step in machine.STEPS.items()]


class ClawbackCase(Lifecycle):
    """One recipient and every copy it has; moved by events only."""

    CLEAR: ClassVar = {"status"}
    MOVES: ClassVar = machine.moves()

    status = models.CharField(max_length=20, choices=list(WORDS.items()))
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="cases")
    recipient = models.OneToOneField(Recipient, on_delete=models.PROTECT, related_name="case")
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_seq = models.PositiveIntegerField(default=0)
    closed_on = models.ForeignKey(
        Evidence, null=True, on_delete=models.PROTECT, related_name="+", help_text="what proves it"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_closed_on_evidence",
                condition=~Q(status__startswith="CLOSED_") | Q(closed_on__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["incident", "status"], name="case_by_status")]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def proof(self) -> int:
        """Return how far the deletion is proven, 0 to 4."""
        return proof_level(self.status)


class CaseEvent(Sealed):
    """One link of a case's own chain: never changed; the case's state is their replay."""

    CLEAR: ClassVar = {"key_name", "event", "was", "to", "mac"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(ClawbackCase, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    event = models.CharField(max_length=24, choices=EVENTS)
    was = models.CharField(max_length=20, choices=list(WORDS.items()))
    to = models.CharField(max_length=20, choices=list(WORDS.items()))
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    mac = models.CharField(max_length=64, help_text="of this event and the one before it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_event_one_per_seq"),
            models.CheckConstraint(
                name="case_event_closes_on_evidence",
                condition=~Q(to__startswith="CLOSED_") | Q(to=F("was")) | Q(evidence__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"event {self.seq} of case {self.case_id}"

    @property
    def body(self) -> dict[str, Any]:
        """Return what the MAC covers."""
        return {
            "case": self.case_id,
            "event": self.event,
            "was": self.was,
            "to": self.to,
            "at": self.at.timestamp(),
            "by": self.by_id,
            "evidence": str(self.evidence_id or ""),
        }


class ClockStatus(models.TextChoices):
    RUNNING = "RUNNING", "runs"
    PAUSED = "PAUSED", "stands still"
    FIRED = "FIRED", "ran out"
    HANDLED = "HANDLED", "dealt with"
    CANCELLED = "CANCELLED", "not needed any more"


class CaseClock(Lifecycle):
    """One date of a case; it runs out once, whoever looks."""

    CLEAR: ClassVar = {"status", "code"}
    MOVES: ClassVar = {
        ClockStatus.RUNNING: {ClockStatus.FIRED, ClockStatus.PAUSED, ClockStatus.CANCELLED},
        ClockStatus.PAUSED: {ClockStatus.RUNNING, ClockStatus.CANCELLED},
        ClockStatus.FIRED: {ClockStatus.HANDLED},
        ClockStatus.HANDLED: set(),
        ClockStatus.CANCELLED: {ClockStatus.RUNNING},
    }

    status = models.CharField(max_length=20, choices=ClockStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(ClawbackCase, on_delete=models.PROTECT, related_name="clocks")
    code = models.CharField(
        max_length=24, choices=[(code, clock.words) for code, clock in CLOCKS.items()]
    )
    set_at = models.DateTimeField()
    due_at = models.DateTimeField()
    left = models.DurationField(null=True, help_text="what was left when it was stopped")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "due_at"], name="clock_once_per_date")
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="clock_by_date")]

    def __str__(self) -> str:
        return f"clock {self.pk}"


class ProposalStatus(models.TextChoices):
    PROPOSED = "PROPOSED", "waits for a second person"
    CONFIRMED = "CONFIRMED", "confirmed"
    DECLINED = "DECLINED", "declined"


class Proposal(Lifecycle, Sealed):
    """A step that one person proposes and another confirms."""

    CLEAR: ClassVar = {"status", "key_name", "event"}
    MOVES: ClassVar = {
        ProposalStatus.PROPOSED: {ProposalStatus.CONFIRMED, ProposalStatus.DECLINED},
        ProposalStatus.CONFIRMED: set(),
        ProposalStatus.DECLINED: set(),
    }

    status = models.CharField(max_length=20, choices=ProposalStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(ClawbackCase, on_delete=models.PROTECT, related_name="proposals")
    event = models.CharField(max_length=24, choices=EVENTS)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "event"],
                condition=Q(status=ProposalStatus.PROPOSED),
                name="proposal_one_open_per_step",
            ),
            models.CheckConstraint(
                name="proposal_confirmed_by_a_second_person",
                condition=~Q(status=ProposalStatus.CONFIRMED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
