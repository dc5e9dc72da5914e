"""What was in the leaked files of an incident."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from breaches.leaks.dates import in_order
from breaches.leaks.models import (
    CellProblem,
    FileStatus,
    SourceFile,
    SourceRow,
)
from breaches.leaks.problems import DATES


class LeakedRow(NamedTuple):
    """One leaked row, opened, by data element; `elements` are the columns with a value."""

    pk: UUID
    source_file_id: int
    sheet: int
    row_number: int
    values: dict[str, str]
    elements: frozenset[str]


class Meaning(NamedTuple):
    """What a column holds, and what comes first in its dates."""

    element: str
    date_order: str


UNNAMED = Meaning("other", "")


class RowCounts(NamedTuple):
    """How many rows were stored, and how many of them name nobody."""

    rows: int
    nameless: int


def files_of(incident: Incident) -> QuerySet[SourceFile]:
    """Return the files of an incident, oldest first."""
    return SourceFile.objects.filter(incident=incident).select_related("evidence").order_by("pk")


def to_inspect(*, at: datetime) -> QuerySet[SourceFile]:
    """Return the files whose columns nobody has looked at."""
    return leases.waiting(SourceFile, FileStatus.RECEIVED, FileStatus.READING, at=at)


def to_store(*, at: datetime) -> QuerySet[SourceFile]:
    """Return the files whose rows are to be sealed."""
    return leases.waiting(SourceFile, FileStatus.MAPPED, FileStatus.STORING, at=at)


def leaked_rows(incident: Incident) -> Iterator[LeakedRow]:
    """Yield the rows of every ready file, opened one at a time, in file order."""
    ready = SourceFile.objects.filter(incident=incident, status=FileStatus.READY)
    for file in ready.order_by("pk"):
        mapping = element_by_column(file)
        rows = SourceRow.objects.filter(source_file=file).order_by("table", "row_number")
        for row in rows.iterator(chunk_size=2000):
            yield open_row(row, mapping)


def open_row(row: SourceRow, mapping: Mapping[str, Meaning]) -> LeakedRow:
    """Return one row by data element; of two columns with one element, the cells are joined.

    Dates of numbers are read by the order of their column. A cell that was destroyed leaves its
    element and no value.
    """
    values: dict[str, str] = {}
    elements: set[str] = set()
    for column, cell in row.document.items():
        code, order = mapping.get(column) or UNNAMED
        elements.add(code)
        if cell is None:
            continue
        if order and code in DATES:
            cell = in_order(cell, order)
        values[code] = f"{values[code]} {cell}" if code in values else cell
    return LeakedRow(
        row.pk, row.source_file_id, row.sheet, row.row_number, values, frozenset(elements)
    )


def element_by_column(file: SourceFile) -> dict[str, Meaning]:
    """Return what each column holds, by its key; an unnamed column counts as `other`."""
    return {
        column.key: Meaning(column.element or UNNAMED.element, column.date_order)
        for column in file.columns.all()
    }


def row_counts(incident: Incident) -> RowCounts:
    """Return the rows of an incident and how many identify nobody."""
    rows = SourceRow.objects.filter(incident=incident)
    counted = rows.aggregate(rows=Count("pk"), nameless=Count("pk", Q(is_identifying=False)))
    return RowCounts(**counted)


def counts_of(file: SourceFile) -> RowCounts:
    """Return the stored rows of one file and how many identify nobody."""
    rows = SourceRow.objects.filter(source_file=file)
    return RowCounts(
        **rows.aggregate(rows=Count("pk"), nameless=Count("pk", Q(is_identifying=False)))
    )


def nameless_rows(file: SourceFile, table: int = 0) -> QuerySet[SourceRow]:
    """Return the rows of a table in which nothing identifies anybody."""
    rows = SourceRow.objects.filter(source_file=file, table=table, is_identifying=False)
    return rows.order_by("row_number")


def table_asked(file: SourceFile, number: str) -> int:
    """Return the table of a file that is asked for, else the first that names nobody somewhere."""
    if number.isdecimal() and file.tables.filter(number=int(number)).exists():
        return int(number)
    rows = SourceRow.objects.filter(source_file=file, is_identifying=False)
    first = rows.order_by("table").values_list("table", flat=True).first()
    return first or 0


def problems_of(file: SourceFile, reason: str = "") -> QuerySet[CellProblem]:
    """Return the doubtful cells of a file, or those of one reason, in the order of its rows."""
    found = file.problems.filter(reason=reason) if reason else file.problems.all()
    return found.order_by("table", "row_number", "position", "reason")
