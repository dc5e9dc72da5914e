"""What was decided to be destroyed, and what must not be."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.audit.leases import Leased
from breaches.incidents.models import Incident
from breaches.leaks.models.files import SourceFile
from breaches.vault.models import Sealed


class DestructionStatus(models.TextChoices):
    ORDERED = "ORDERED", "waiting to be done"
    DESTROYING = "DESTROYING", "being done"
    DESTROYED = "DESTROYED", "destroyed"


class Destruction(Sealed, Leased):
    """A decision to destroy what some columns of a file held; without columns, all of the file.

    What was exposed in each row, its number and its digest stay.
    """

    CLEAR: ClassVar = {"key_name", "status", "columns"}
    MOVES: ClassVar = {
        DestructionStatus.ORDERED: {DestructionStatus.DESTROYING},
        DestructionStatus.DESTROYING: {DestructionStatus.DESTROYED},
        DestructionStatus.DESTROYED: set(),
    }

    status = models.CharField(max_length=20, choices=DestructionStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    source_file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="destructions"
    )
    columns = models.JSONField(default=list, help_text="their keys; none for the whole file")
    by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="nobody when the day of deletion had come",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file"],
                condition=~Q(status=DestructionStatus.DESTROYED),
                name="destruction_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"destruction {self.pk} in file {self.source_file_id}"


class LegalHold(Sealed):
    """Nothing of a file may be destroyed until this is lifted; why is sealed."""

    CLEAR: ClassVar = {"key_name"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="holds")
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"legal hold {self.pk}"
