"""What was in the leaked files of an incident."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from breaches.leaks.models import FileStatus, SourceFile, SourceRow


class LeakedRow(NamedTuple):
    """One leaked row, opened, by data element; `elements` are the columns with a value."""

    pk: UUID
    source_file_id: int
    sheet: int
    row_number: int
    values: dict[str, str]
    elements: frozenset[str]


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
        rows = SourceRow.objects.filter(source_file=file).order_by("sheet", "row_number")
        for row in rows.iterator(chunk_size=2000):
            yield open_row(row, mapping)


def open_row(row: SourceRow, mapping: dict[str, str]) -> LeakedRow:
    """Return one row by data element; of two columns with one element, the cells are joined."""
    values: dict[str, str] = {}
    for column, cell in row.document.items():
        code = mapping.get(column) or "other"
        values[code] = f"{values[code]} {cell}" if code in values else cell
    return LeakedRow(
        row.pk, row.source_file_id, row.sheet, row.row_number, values, frozenset(values)
    )


def element_by_column(file: SourceFile) -> dict[str, str]:
    """Return the element code of each column; an unnamed column counts as `other`."""
    columns = file.columns.filter(sheet=file.sheet)
    return {str(column.position): column.element for column in columns}


def row_counts(incident: Incident) -> RowCounts:
    """Return the rows of an incident and how many identify nobody."""
    rows = SourceRow.objects.filter(incident=incident)
    counted = rows.aggregate(rows=Count("pk"), nameless=Count("pk", Q(is_identifying=False)))
    return RowCounts(**counted)
