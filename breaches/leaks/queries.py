"""What was in the leaked files of an incident."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from breaches.leaks.models import (
    CellProblem,
    FileStatus,
    SourceFile,
    SourceRow,
)
from breaches.leaks.rows import LeakedRow as LeakedRow
from breaches.leaks.rows import element_by_column as element_by_column
from breaches.leaks.rows import open_row as open_row


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


def opener(incident: Incident) -> Callable[[SourceRow], LeakedRow]:
    """Return what opens the stored rows of an incident, one at a time."""
    files = SourceFile.objects.filter(incident=incident)
    mappings = {file.pk: element_by_column(file) for file in files}
    return lambda row: open_row(row, mappings[row.source_file_id])


def row_counts(incident: Incident) -> RowCounts:
    """Return the rows of an incident and how many identify nobody."""
    rows = SourceRow.objects.filter(incident=incident)
    counted = rows.aggregate(rows=Count("pk"), nameless=Count("pk", Q(is_identifying=False)))
    return RowCounts(**counted)


def counts_of(file: SourceFile) -> RowCounts:
    """Return the rows of one file and how many identify nobody, the unchanged ones too."""
    bare = Count("pk", Q(is_identifying=False))
    stored = SourceRow.objects.filter(source_file=file).aggregate(rows=Count("pk"), nameless=bare)
    again = SourceRow.objects.filter(again__source_file=file)
    counted = again.aggregate(rows=Count("pk"), nameless=bare)
    return RowCounts(*(stored[name] + counted[name] for name in ("rows", "nameless")))


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
