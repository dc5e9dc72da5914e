"""What is not known, and the request or motion that would settle it."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.audit.lifecycle import Lifecycle
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient
from breaches.vault.models import Sealed

KINDS = {
    "provider": "provider not disclosed",
    "subscriber": "subscriber not known",
    "log": "log missing or broken",
    "copies": "copies not known",
    "time": "time not known",
    "other": "something else",
}
WAYS = {
    "question": "a question to the holder",
    "log_request": "a request for the log",
    "isp_request": "a request to the provider",
    "foia": "a request under freedom of information",
    "subpoena": "a subpoena",
    "motion": "a motion to compel",
    "audit": "an audit under the contract",
}


class UnknownStatus(models.TextChoices):
    OPEN = "OPEN", "not known"
    ASKED = "ASKED", "asked for"
    SETTLED = "SETTLED", "known now"
    REFUSED = "REFUSED", "refused"


class Unknown(Lifecycle, Sealed):
    """One thing that nobody knows yet; what it is and what would settle it are sealed."""

    CLEAR: ClassVar = {"status", "key_name", "kind", "way", "origin"}
    MOVES: ClassVar = {
        UnknownStatus.OPEN: {UnknownStatus.ASKED, UnknownStatus.SETTLED},
        UnknownStatus.ASKED: {UnknownStatus.SETTLED, UnknownStatus.REFUSED},
        UnknownStatus.REFUSED: {UnknownStatus.ASKED, UnknownStatus.SETTLED},
        UnknownStatus.SETTLED: set(),
    }

    status = models.CharField(max_length=20, choices=UnknownStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="unknowns")
    recipient = models.ForeignKey(
        Recipient, null=True, on_delete=models.PROTECT, related_name="unknowns"
    )
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    way = models.CharField(max_length=12, choices=list(WAYS.items()), help_text="to settle it")
    origin = models.CharField(
        max_length=32, blank=True, help_text="blind index of what our records do not say"
    )
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "origin"], condition=~Q(origin=""), name="unknown_noted_once"
            ),
            models.CheckConstraint(
                name="unknown_settled_by_a_document",
                condition=~Q(status=UnknownStatus.SETTLED) | Q(evidence__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"unknown {self.pk}"
