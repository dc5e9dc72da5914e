"""A leaked file, its tables, and what their columns hold."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from breaches.audit.leases import Leased
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.leaks.dates import ORDERS
from breaches.leaks.encodings import DELIMITERS, ENCODINGS
from breaches.leaks.shapes import Shape, from_json
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

    CLEAR: ClassVar = {
        *("status", "problem", "hidden", "remarks", "encoding", "delimiter", "wish"),
        *("doubts", "people"),
    }
    MOVES: ClassVar = {
        FileStatus.RECEIVED: {FileStatus.READING},
        FileStatus.READING: {FileStatus.MAPPING, FileStatus.REFUSED},
        FileStatus.MAPPING: {FileStatus.MAPPED, FileStatus.RECEIVED},
        FileStatus.MAPPED: {FileStatus.STORING},
        FileStatus.STORING: {FileStatus.READY, FileStatus.REFUSED},
        FileStatus.READY: set(),
        FileStatus.REFUSED: {FileStatus.RECEIVED},
    }

    status = models.CharField(max_length=20, choices=FileStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="files")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="source_file")
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by",
        help_text="the file that this is a new version of",
    )  # fmt: skip
    problem = models.CharField(max_length=300, blank=True)
    hidden = models.JSONField(default=dict, help_text="what nobody sees on opening it, counted")
    remarks = models.JSONField(default=dict, help_text="doubts about the file as a whole, counted")
    encoding = models.CharField(max_length=20, blank=True, choices=list(ENCODINGS.items()))
    delimiter = models.CharField(max_length=1, blank=True, choices=list(DELIMITERS.items()))
    wish = models.JSONField(default=dict, help_text="how a person said it is to be read")
    doubts = models.JSONField(default=dict, help_text="doubtful cells by reason, all of them")
    people = models.JSONField(default=dict, help_text="distinct people by the rule that tells so")
    delete_on = models.DateField(null=True, help_text="the day on which its values are destroyed")
    is_deleted = models.BooleanField(default=False, help_text="Its values are destroyed.")

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def hidden_sheets(self) -> int:
        """Return how many sheets nobody sees."""
        return int(self.hidden.get("hidden_sheets", 0))


class SourceTable(Sealed):
    """One table of a file: where it stands is in clear, the name of its sheet is sealed."""

    CLEAR: ClassVar = {"key_name", "kind", "shape"}

    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="tables")
    number = models.PositiveSmallIntegerField(help_text="from 0, the main table")
    kind = models.CharField(
        max_length=20, choices=[("sheet", "sheet"), ("pivot_cache", "pivot cache")]
    )
    is_hidden = models.BooleanField(default=False)
    is_taken = models.BooleanField(default=True, help_text="Its rows are taken in.")
    rows = models.PositiveBigIntegerField()
    shape = models.JSONField()
    profile = models.ForeignKey(
        "MappingProfile", null=True, on_delete=models.SET_NULL, related_name="+",
        help_text="what named its columns, if the headings were known",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_file", "number"], name="table_numbered_once")
        ]

    def __str__(self) -> str:
        return f"table {self.number} of {self.source_file}"

    @property
    def place(self) -> Shape:
        """Return where the table stands."""
        return from_json(self.shape)


class ColumnMapping(Sealed):
    """One column: its header and samples are sealed, what it holds is a code."""

    CLEAR: ClassVar = {"key_name", "element", "suggested", "date_order"}

    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="columns")
    table = models.PositiveSmallIntegerField(default=0, help_text="the number of its table")
    position = models.PositiveIntegerField(help_text="from 0")
    element = models.CharField(
        max_length=30, blank=True, choices=[(e.code, e.label) for e in ELEMENTS.values()]
    )
    suggested = models.CharField(max_length=30, blank=True)
    confidence = models.FloatField(default=0, help_text="of the suggestion, 0 to 1")
    fitting = models.FloatField(default=0, help_text="share of sampled cells that fit")
    filled = models.PositiveIntegerField(default=0, help_text="cells with anything in them")
    date_order = models.CharField(max_length=20, blank=True, choices=list(ORDERS.items()))
    is_order_proven = models.BooleanField(default=False, help_text="by the dates themselves")
    ambiguous_dates = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "table", "position"], name="column_mapped_once"
            )
        ]

    def __str__(self) -> str:
        return f"column {self.position} of {self.source_file}"

    @property
    def key(self) -> str:
        """Return the column's name in the sealed rows: unlike that of any other of the file."""
        return column_key(self.table, self.position)

    @property
    def is_undecided(self) -> bool:
        """Say whether a person must say what comes first in its dates, day or month."""
        return bool(self.ambiguous_dates) and not self.is_order_proven


def column_key(table: int, position: int) -> str:
    """Return how a column of a file is named; of the main table, by its position alone."""
    return f"{table}.{position}" if table else str(position)


class MappingProfile(models.Model):
    """What the columns of one list of headings were last said to hold, for the next such file."""

    CLEAR: ClassVar = {"headings", "elements"}

    headings = models.CharField(max_length=64, unique=True, help_text="fingerprint")
    elements = models.JSONField(help_text="element by the mark of its heading")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"mapping profile {self.pk}"
