"""The rows of a leaked file, sealed, and what is doubtful in them."""

from typing import ClassVar

from django.db import models

from breaches.incidents.models import Incident
from breaches.leaks.models.files import SourceFile
from breaches.leaks.problems import REASONS
from breaches.vault.models import Sealed


class ElementSet(models.Model):
    """The data elements that one or more rows of a file exposed together."""

    CLEAR: ClassVar = {"elements"}

    source_file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="element_sets"
    )
    elements = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"elements {self.pk}"


class SourceRow(Sealed):
    """One leaked row; its cells are one sealed document.

    `identity` and `name_key` are blind: rows of one incident with equal values speak of one
    person. `content` is the blind digest of the row, by which a later version is compared.
    """

    CLEAR: ClassVar = {"key_name", "identity", "name_key", "content"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    source_file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="rows", db_index=False
    )  # row_stored_once begins with it
    table = models.PositiveSmallIntegerField(default=0)
    sheet = models.PositiveIntegerField()
    row_number = models.PositiveIntegerField()
    is_identifying = models.BooleanField(help_text="It has a name or an identifier.")
    identity = models.CharField(max_length=24, blank=True, default="")
    name_key = models.CharField(max_length=24, blank=True, default="")
    content = models.CharField(max_length=24, blank=True, default="")
    exposed = models.ForeignKey(ElementSet, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "table", "row_number"], name="row_stored_once"
            )
        ]

    def __str__(self) -> str:
        return f"row {self.row_number} of {self.source_file}"


class CellProblem(models.Model):
    """A doubtful cell: where it is and why; the value stays in its sealed row."""

    CLEAR: ClassVar = {"reason"}

    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="problems")
    table = models.PositiveSmallIntegerField(default=0)
    sheet = models.PositiveIntegerField()
    row_number = models.PositiveIntegerField()
    position = models.PositiveIntegerField(help_text="column, from 0")
    reason = models.CharField(max_length=30, choices=list(REASONS.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "table", "row_number", "position", "reason"],
                name="cell_problem_once",
            )
        ]

    def __str__(self) -> str:
        return f"problem in row {self.row_number} of {self.source_file}"


class RowAgain(models.Model):
    """A row of an older version of a file that stands unchanged in a newer one."""

    CLEAR: ClassVar[set[str]] = set()

    source_file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="rows_again", help_text="the newer one"
    )
    row = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="again")
    table = models.PositiveSmallIntegerField()
    row_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "table", "row_number"], name="row_again_once"
            )
        ]

    def __str__(self) -> str:
        return f"row {self.row_number} of {self.source_file}, as before"
