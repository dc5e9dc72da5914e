"""What was in the leaked files of an incident."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from breaches.leaks.hidden import KINDS
from breaches.leaks.models import CellProblem, ColumnMapping, FileStatus, SourceFile, SourceRow
from breaches.leaks.vocabulary import ELEMENTS, Element


class LeakedRow(NamedTuple):
    """One leaked row, opened, by data element; `elements` are the columns with a value."""

    pk: UUID
    source_file_id: int
    sheet: int
    row_number: int
    values: dict[str, str]
    elements: frozenset[str]


class ColumnSeen(NamedTuple):
    """One column of a file, opened."""

    column: ColumnMapping
    letter: str
    header: str
    samples: list[str]
    element: Element | None


class RowSeen(NamedTuple):
    """One row of a file, opened, cell by cell in the order of its columns."""

    row: SourceRow
    cells: list[str]


class CellSeen(NamedTuple):
    """One doubtful cell, opened."""

    problem: CellProblem
    letter: str
    header: str
    value: str


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


def counts_of(file: SourceFile) -> RowCounts:
    """Return the stored rows of one file and how many identify nobody."""
    rows = SourceRow.objects.filter(source_file=file)
    return RowCounts(
        **rows.aggregate(rows=Count("pk"), nameless=Count("pk", Q(is_identifying=False)))
    )


def columns_of(file: SourceFile) -> list[ColumnSeen]:
    """Return the columns of a file in their order, with header and samples opened."""
    seen = []
    for column in file.columns.filter(sheet=file.sheet).order_by("position"):
        known = column.document
        letter, element = letters(column.position), ELEMENTS.get(column.element)
        seen.append(ColumnSeen(column, letter, known["header"], known["samples"], element))
    return seen


def hidden_in(file: SourceFile) -> list[tuple[str, int]]:
    """Return what nobody sees on opening a file, in words, with how much of it there is."""
    return [(words, file.hidden[kind]) for kind, words in KINDS.items() if kind in file.hidden]


def nameless_rows(file: SourceFile) -> QuerySet[SourceRow]:
    """Return the rows of a file in which nothing identifies anybody."""
    rows = SourceRow.objects.filter(source_file=file, is_identifying=False)
    return rows.order_by("sheet", "row_number")


def opened(rows: Iterable[SourceRow], columns: list[ColumnSeen]) -> list[RowSeen]:
    """Return rows with their cells in the order of `columns`."""
    positions = [str(seen.column.position) for seen in columns]
    documents = ((row, row.document) for row in rows)
    return [
        RowSeen(row, [document.get(position, "") for position in positions])
        for row, document in documents
    ]


def problems_of(file: SourceFile) -> QuerySet[CellProblem]:
    """Return the doubtful cells of a file, in the order of its rows."""
    return file.problems.order_by("sheet", "row_number", "position")


def problem_cells(file: SourceFile, problems: Iterable[CellProblem]) -> list[CellSeen]:
    """Return doubtful cells with their header and value, opened."""
    listed = list(problems)
    rows = SourceRow.objects.filter(
        source_file=file, row_number__in={problem.row_number for problem in listed}
    )
    documents = {(row.sheet, row.row_number): row.document for row in rows}
    headers = {seen.column.position: seen.header for seen in columns_of(file)}
    return [
        CellSeen(
            problem,
            letters(problem.position),
            headers.get(problem.position, ""),
            documents[problem.sheet, problem.row_number].get(str(problem.position), ""),
        )
        for problem in listed
    ]


def letters(position: int) -> str:
    """Return the letters that a spreadsheet program puts above a column, counted from 0."""
    rest, last = divmod(position, 26)
    return (letters(rest - 1) if rest else "") + chr(65 + last)
