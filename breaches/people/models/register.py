"""The register as a whole, and the files it was taken in from."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from breaches.audit.leases import Leased
from breaches.evidence.models import Evidence
from breaches.vault.models import Sealed


class Register(models.Model):
    """A list of people under one key."""

    CLEAR: ClassVar = {"name", "key_name"}

    name = models.CharField(max_length=100, unique=True)
    key_name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class ImportStatus(models.TextChoices):
    RECEIVED = "RECEIVED", "waiting to be read"
    IMPORTING = "IMPORTING", "being read"
    COMPARED = "COMPARED", "waits for your yes"
    ACCEPTED = "ACCEPTED", "waiting to be applied"
    APPLYING = "APPLYING", "being applied"
    IMPORTED = "IMPORTED", "imported"
    UNDO_ORDERED = "UNDO_ORDERED", "waiting to be undone"
    UNDOING = "UNDOING", "being undone"
    UNDONE = "UNDONE", "undone"
    DISCARDED = "DISCARDED", "set aside"
    REFUSED = "REFUSED", "not imported"


WORKING: set[str] = {
    *(ImportStatus.RECEIVED, ImportStatus.IMPORTING, ImportStatus.ACCEPTED),
    *(ImportStatus.APPLYING, ImportStatus.UNDO_ORDERED, ImportStatus.UNDOING),
}


class RegisterImport(Leased):
    """One register file and how far it was taken in.

    The first file of an empty register is taken in at once; any later one is compared first,
    and waits for a person to accept what it would change.
    """

    CLEAR: ClassVar = {"status", "problem"}
    MOVES: ClassVar = {
        ImportStatus.RECEIVED: {ImportStatus.IMPORTING},
        ImportStatus.IMPORTING: {
            *(ImportStatus.COMPARED, ImportStatus.IMPORTED, ImportStatus.REFUSED)
        },
        ImportStatus.COMPARED: {
            *(ImportStatus.ACCEPTED, ImportStatus.DISCARDED, ImportStatus.RECEIVED)
        },
        ImportStatus.ACCEPTED: {ImportStatus.APPLYING},
        ImportStatus.APPLYING: {ImportStatus.IMPORTED},
        ImportStatus.IMPORTED: {ImportStatus.UNDO_ORDERED},
        ImportStatus.UNDO_ORDERED: {ImportStatus.UNDOING},
        ImportStatus.UNDOING: {ImportStatus.UNDONE, ImportStatus.IMPORTED},
        ImportStatus.UNDONE: {ImportStatus.RECEIVED},
        ImportStatus.DISCARDED: {ImportStatus.RECEIVED},
        ImportStatus.REFUSED: {ImportStatus.RECEIVED},
    }

    status = models.CharField(max_length=20, choices=ImportStatus.choices)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="imports")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="+")
    problem = models.CharField(max_length=300, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"register import {self.pk}"

    @property
    def is_worked_on(self) -> bool:
        """Say whether a worker has it, or will have it soon."""
        return self.status in WORKING

    def may_become(self, status: str) -> bool:
        """Say whether the status table allows a status next."""
        return status in self.MOVES[self.status]


class ImportColumn(Sealed):
    """One column of a register file: its header and samples are sealed, its meaning is a code."""

    CLEAR: ClassVar = {"key_name", "element"}

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="columns"
    )
    position = models.PositiveIntegerField(help_text="from 0")
    element = models.CharField(max_length=30, blank=True)
    filled = models.PositiveIntegerField(default=0, help_text="cells with anything in them")
    is_corrected = models.BooleanField(default=False, help_text="A person said so.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register_import", "position"], name="import_column_once"
            )
        ]

    def __str__(self) -> str:
        return f"column {self.position} of {self.register_import}"


class ImportProblem(models.Model):
    """Something doubtful in one row of a register file; the row itself says the value."""

    CLEAR: ClassVar = {"what"}

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="problems"
    )
    row_number = models.PositiveIntegerField()
    what = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"row {self.row_number}"
