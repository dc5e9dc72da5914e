"""A leaked file, what its columns hold, and its rows, sealed."""

from typing import ClassVar

from django.db import models

from breaches.audit.leases import Leased
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.leaks.problems import REASONS
from breaches.leaks.vocabulary import ELEMENTS
from breaches.vault.models import Sealed


class FileStatus(models.TextChoices):
    RECEIVED = "RECEIVED", "waiting to be read"
    READING = "READING", "being read"
    MAPPING = "MAPPING", "waits for its columns to be named"
    MAPPED = "MAPPED", "waiting to be stored"
    STORING = "STORING", "being stored"
    READY = "READY", "ready"
    REFUSED = "REFUSED", "not readable"


class SourceFile(Leased):
    """One leaked file."""

    CLEAR: ClassVar = {"status", "problem", "hidden"}
    MOVES: ClassVar = {
        FileStatus.RECEIVED: {FileStatus.READING},
        FileStatus.READING: {FileStatus.MAPPING, FileStatus.REFUSED},
        FileStatus.MAPPING: {FileStatus.MAPPED},
        FileStatus.MAPPED: {FileStatus.STORING},
        FileStatus.STORING: {FileStatus.READY, FileStatus.REFUSED},
        FileStatus.READY: set(),
        FileStatus.REFUSED: set(),
    }

    status = models.CharField(max_length=20, choices=FileStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="files")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="source_file")
    problem = models.CharField(max_length=300, blank=True)
    sheet = models.PositiveIntegerField(default=0, help_text="the sheet that is taken in")
    header_row = models.PositiveIntegerField(default=1)
    hidden_sheets = models.PositiveIntegerField(default=0)
    hidden = models.JSONField(default=dict, help_text="what nobody sees on opening it, counted")

    def __str__(self) -> str:
        return f"file {self.pk}"


class ColumnMapping(Sealed):
    """One column: its header and samples are sealed, what it holds is a code."""

    CLEAR: ClassVar = {"key_name", "element"}

    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="columns")
    sheet = models.PositiveIntegerField()
    position = models.PositiveIntegerField(help_text="from 0")
    element = models.CharField(
        max_length=30, blank=True, choices=[(e.code, e.label) for e in ELEMENTS.values()]
    )
    fitting = models.FloatField(default=0, help_text="share of sampled cells that fit")
    filled = models.PositiveIntegerField(default=0, help_text="cells with anything in them")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "sheet", "position"], name="column_mapped_once"
            )
        ]

    def __str__(self) -> str:
        return f"column {self.position} of {self.source_file}"


class SourceRow(Sealed):
    """One leaked row; its cells are one sealed document."""

    CLEAR: ClassVar = {"key_name"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="rows")
    sheet = models.PositiveIntegerField()
    row_number = models.PositiveIntegerField()
    is_identifying = models.BooleanField(help_text="It has a name or an identifier.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "sheet", "row_number"], name="row_stored_once"
            )
        ]

    def __str__(self) -> str:
        return f"row {self.row_number} of {self.source_file}"


class CellProblem(models.Model):
    """A doubtful cell: where it is and why; the value stays in its sealed row."""

    CLEAR: ClassVar = {"reason"}

    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="problems")
    sheet = models.PositiveIntegerField()
    row_number = models.PositiveIntegerField()
    position = models.PositiveIntegerField(help_text="column, from 0")
    reason = models.CharField(max_length=30, choices=list(REASONS.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "sheet", "row_number", "position"],
                name="cell_problem_once",
            )
        ]

    def __str__(self) -> str:
        return f"problem in row {self.row_number} of {self.source_file}"
