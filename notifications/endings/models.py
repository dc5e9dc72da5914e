"""The end of an incident: asked for by one person, confirmed by another."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.audit.lifecycle import Lifecycle
from breaches.incidents.models import Incident


class Ground(models.TextChoices):
    SETTLED = "settled", "everybody was told and nothing is claimed any more"
    PERIOD_OVER = "period_over", "the time for which it had to be kept is over"
    ORDERED = "ordered", "a court or an authority ordered it"


class EndingStatus(models.TextChoices):
    ASKED = "ASKED", "waits for a second person"
    CONFIRMED = "CONFIRMED", "confirmed"
    WITHDRAWN = "WITHDRAWN", "withdrawn"


class Ending(Lifecycle):
    """One request to destroy the key of an incident, and what became of it."""

    CLEAR: ClassVar = {"status", "ground"}
    MOVES: ClassVar = {
        EndingStatus.ASKED: {EndingStatus.CONFIRMED, EndingStatus.WITHDRAWN},
        EndingStatus.CONFIRMED: set(),
        EndingStatus.WITHDRAWN: set(),
    }

    status = models.CharField(max_length=20, choices=EndingStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="endings")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(status=EndingStatus.ASKED),
                name="ending_asked_for_once",
            ),
            models.CheckConstraint(
                name="ending_confirmed_by_another",
                condition=~Q(status=EndingStatus.CONFIRMED)
                | Q(settled_by__isnull=False) & ~Q(settled_by=F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"ending {self.pk}"
