"""What was done to people in the register, kept so that it can be undone to the byte."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.people.models.person import Person
from breaches.people.models.register import RegisterImport
from breaches.vault.models import Sealed


class Relation(models.Model):
    """How two people belong together, written once and read both ways."""

    CLEAR: ClassVar = {"kind"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_back")
    kind = models.CharField(max_length=20, help_text="what `other` is to `person`")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other", "kind"], name="relation_once"),
            models.CheckConstraint(
                condition=~Q(person=models.F("other")), name="relation_of_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"relation {self.pk}"


class Merge(Sealed):
    """Two records found to be one person; the rows of both as they were are sealed in it."""

    CLEAR: ClassVar = {"key_name"}

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merge_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"


class PersonChange(Sealed):
    """One change to one person: the rows as they were, what was said before and after."""

    CLEAR: ClassVar = {"key_name", "event", "digest"}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    register_import = models.ForeignKey(
        RegisterImport, null=True, on_delete=models.PROTECT, related_name="person_changes"
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the rows right after it")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="person_change_by_person")]

    def __str__(self) -> str:
        return f"change {self.pk}"


class ChangeKind(models.TextChoices):
    ADD = "add", "new person"
    CHANGE = "change", "changed"
    CONFLICT = "conflict", "corrected by hand, and the file says otherwise"


class Decision(models.TextChoices):
    OPEN = "", "not decided"
    KEEP = "keep", "keep what we have"
    TAKE = "take", "take what the file says"


class ImportChange(Sealed):
    """One thing a register file would change, shown before anything is applied."""

    CLEAR: ClassVar = {"key_name", "kind", "slot", "decision"}

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="changes"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    row_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    slot = models.CharField(max_length=30, blank=True, help_text="which fact; all, of a new person")
    decision = models.CharField(max_length=10, blank=True, choices=Decision.choices)
    is_applied = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["register_import", "kind"], name="import_change_by_kind"),
        ]

    def __str__(self) -> str:
        return f"row {self.row_number} of {self.register_import}"
