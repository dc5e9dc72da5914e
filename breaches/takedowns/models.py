"""Copies on the net: asked to be removed, looked at again; and where the file was seen since."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.audit.lifecycle import Lifecycle
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient
from breaches.takedowns import rules
from breaches.vault.models import Sealed


class TakedownStatus(models.TextChoices):
    TO_ASK = "TO_ASK", "to be asked for"
    ASKED = "ASKED", "asked for"
    GONE = "GONE", "gone, looked at"
    REFUSED = "REFUSED", "refused"
    EXPIRED = "EXPIRED", "the removal has ended"
    BACK = "BACK", "there again"
    CANNOT = "CANNOT", "cannot be recalled"


class Takedown(Lifecycle, Sealed):
    """One copy at one service; its address is sealed and shown so that nobody follows it."""

    CLEAR: ClassVar = {"status", "key_name", "service", "found_by", "request", "place"}
    MOVES: ClassVar = {
        TakedownStatus.TO_ASK: {TakedownStatus.ASKED, TakedownStatus.GONE, TakedownStatus.CANNOT},
        TakedownStatus.ASKED: {
            *(TakedownStatus.GONE, TakedownStatus.REFUSED, TakedownStatus.CANNOT)
        },
        TakedownStatus.GONE: {TakedownStatus.GONE, TakedownStatus.BACK, TakedownStatus.EXPIRED},
        TakedownStatus.REFUSED: {TakedownStatus.ASKED, TakedownStatus.GONE, TakedownStatus.CANNOT},
        TakedownStatus.EXPIRED: {TakedownStatus.ASKED, TakedownStatus.GONE},
        TakedownStatus.BACK: {TakedownStatus.ASKED, TakedownStatus.GONE},
        TakedownStatus.CANNOT: {TakedownStatus.ASKED},
    }

    status = models.CharField(max_length=20, choices=TakedownStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="takedowns")
    recipient = models.ForeignKey(
        Recipient, null=True, on_delete=models.PROTECT, related_name="takedowns"
    )
    service = models.CharField(
        max_length=16, choices=[(code, one.name) for code, one in rules.SERVICES.items()]
    )
    found_by = models.CharField(max_length=8, choices=list(rules.FOUND.items()))
    request = models.CharField(max_length=12, blank=True, choices=list(rules.REQUESTS.items()))
    place = models.CharField(max_length=32, help_text="blind index of the address")
    snapshot_at = models.DateTimeField(null=True, help_text="of an archived copy")
    asked_on = models.DateField(null=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(null=True)
    checks = models.PositiveSmallIntegerField(default=0)
    gone_at = models.DateTimeField(null=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "service", "place"], name="takedown_once_per_copy"
            ),
            models.CheckConstraint(
                name="takedown_gone_on_evidence",
                condition=~Q(status=TakedownStatus.GONE)
                | Q(gone_at__isnull=False, evidence__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"takedown {self.pk}"


class Sighting(Sealed):
    """The file, seen again somewhere; the address is sealed."""

    CLEAR: ClassVar = {"key_name", "kind"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="sightings")
    takedown = models.ForeignKey(
        Takedown, null=True, on_delete=models.PROTECT, related_name="sightings"
    )
    kind = models.CharField(max_length=8, choices=list(rules.SIGHTINGS.items()))
    seen_on = models.DateField()
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    reopened = models.PositiveIntegerField(default=0, help_text="cases")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sighting {self.pk}"
