"""A print run: a frozen list of letters, the file for the printer, and who let it go."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.audit.leases import Leased
from breaches.incidents.models import Incident
from breaches.vault.models import SealedFile
from notifications.letters.models import Letter

WRONG_LETTER = "wrong_letter"  # trouble that does not pass by itself


class Status(models.TextChoices):
    DRAFT = "DRAFT", "frozen"
    BUILDING = "BUILDING", "being built"
    BUILT = "BUILT", "waits for release"
    RELEASED = "RELEASED", "released"
    PRINTED = "PRINTED", "printed"
    MAILED = "MAILED", "mailed"
    CANCELLED = "CANCELLED", "cancelled"


class PrintRun(Leased):
    """Letters that go to the printer together; the list never changes."""

    CLEAR: ClassVar = {"status", "trouble"}
    MOVES: ClassVar = {
        Status.DRAFT: {Status.BUILDING, Status.CANCELLED},
        Status.BUILDING: {Status.BUILT, Status.CANCELLED},
        Status.BUILT: {Status.RELEASED, Status.CANCELLED},
        Status.RELEASED: {Status.PRINTED, Status.CANCELLED},
        Status.PRINTED: {Status.MAILED},
        Status.MAILED: set(),
        Status.CANCELLED: set(),
    }

    status = models.CharField(max_length=20, choices=Status.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField(help_text="within its incident")
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    mailed_on = models.DateField(null=True)
    letters = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(help_text="control sheet and blank sides included")
    pdf = models.OneToOneField(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    manifest = models.OneToOneField(
        SealedFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    trouble = models.CharField(
        max_length=24, blank=True, help_text="Why it was put off, as a code."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="run_number_once"),
            models.CheckConstraint(
                name="run_released_by_a_second_person",
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("frozen_by")),
            ),
            models.CheckConstraint(
                name="run_released_says_who_and_when",
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="run_out_of_the_house_was_released",
                condition=~Q(status__in=["RELEASED", "PRINTED", "MAILED"])
                | Q(released_by__isnull=False, pdf__isnull=False, manifest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"print run {self.number}"


class RunEntry(models.Model):
    """The place of one letter in a run."""

    CLEAR: ClassVar = {"pdf_sha256"}

    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="entries")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    first_page = models.PositiveIntegerField()
    page_count = models.PositiveIntegerField(help_text="blank back side included")
    pdf_sha256 = models.CharField(max_length=64)
    is_void = models.BooleanField(
        default=False, help_text="The run was cancelled, or the letter left out."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "sequence"], name="entry_place_once"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(is_void=False), name="letter_in_one_run"
            ),
            models.CheckConstraint(
                name="entry_begins_on_a_front",
                condition=Q(first_page__gte=1, page_count__gte=2),
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.sequence} of run {self.run_id}"
