"""Reading a register file: its columns, and its rows as entries."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from breaches.audit import leases
from breaches.leaks.inspection import Found, inspect
from breaches.leaks.tabular import Row, Unreadable, read
from breaches.people.columns import meaning, names_somebody
from breaches.people.dates import Order, order_of
from breaches.people.entries import BadEntry, Entry, entry
from breaches.people.models import ImportColumn, ImportProblem, RegisterImport
from breaches.vault import files

PIECE = 500


class Layout(NamedTuple):
    """What each column of a register file holds, and how it writes dates."""

    sheet: int
    header_row: int
    columns: dict[int, str]
    dates: Order


class Read(NamedTuple):
    """A row that was understood."""

    row: int
    entry: Entry


class Piece(NamedTuple):
    """Some rows: how many were looked at, those understood, and what was doubtful in them."""

    rows: int
    read: list[Read]
    problems: list[ImportProblem]


def look(order: RegisterImport) -> tuple[Found, Layout]:
    """Look at the whole file, and keep what each column holds unless a person has said so.

    Raises Unreadable.
    """
    found = inspect(read(files.chunks(order.evidence.file)))
    columns = _columns(order, found)
    if not names_somebody(set(columns.values())):
        raise Unreadable(
            "No column has a name or an identifier in its header, such as “given_names”, "
            "“family_names” or “a_number”. Say below which column holds what, or rename the "
            "headers and hand the file in again."
        )
    births = [
        cell
        for one in found.columns
        if columns.get(one.position) == "birth_date"
        for cell in one.first
    ]
    return found, Layout(found.sheet, found.header_row, columns, order_of(births))


def pieces(order: RegisterImport, layout: Layout, *, skip: int) -> Iterator[Piece]:
    """Yield the rows of the file after the first `skip`, some hundreds at a time."""
    for piece in leases.pieces(_rows(order, layout), done=skip, size=PIECE):
        yield _understood(order, layout, piece)


def _understood(order: RegisterImport, layout: Layout, rows: list[Row]) -> Piece:
    piece = Piece(len(rows), [], [])
    for row in rows:
        problems: list[str] = []
        try:
            one = entry(_values(row, layout.columns), layout.dates)
        except BadEntry as problem:
            problems = [str(problem)]
        else:
            piece.read.append(Read(row.row, one))
            problems = one.problems
        piece.problems.extend(
            ImportProblem(register_import=order, row_number=row.row, what=what[:100])
            for what in problems
        )
    return piece


def _columns(order: RegisterImport, found: Found) -> dict[int, str]:
    """Return the meaning of each column by position; what a person said outranks its header."""
    said = {column.position: column.element for column in order.columns.filter(is_corrected=True)}
    if said:
        return {position: code for position, code in said.items() if code}
    meanings = _as_before(order, found) or {
        column.position: meaning(column.header) for column in found.columns
    }
    order.columns.all().delete()
    ImportColumn.objects.bulk_create(
        ImportColumn(
            register_import=order,
            key_name=order.register.key_name,
            position=column.position,
            element=meanings.get(column.position, ""),
            filled=column.filled,
        ).with_document({"header": column.header, "samples": column.samples})
        for column in found.columns
    )
    return {position: code for position, code in meanings.items() if code}


def _as_before(order: RegisterImport, found: Found) -> dict[int, str]:
    """Return what a person said of the last file with just these headers, if one ever did."""
    headers = {column.position: column.header for column in found.columns}
    said = ImportColumn.objects.filter(register_import__register=order.register, is_corrected=True)
    mine = said.exclude(register_import=order).order_by("-register_import", "position")
    for _, columns in groupby(mine, key=lambda column: column.register_import_id):
        then = list(columns)
        if {column.position: column.document["header"] for column in then} == headers:
            return {column.position: column.element for column in then}
    return {}


def _rows(order: RegisterImport, layout: Layout) -> Iterator[Row]:
    for item in read(files.chunks(order.evidence.file)):
        is_row = isinstance(item, Row) and item.sheet == layout.sheet
        if is_row and item.row > layout.header_row:  # type: ignore[union-attr]
            yield item  # type: ignore[misc]


def _values(row: Row, columns: dict[int, str]) -> dict[str, str]:
    return {
        columns[position]: cell
        for position, cell in enumerate(row.cells)
        if cell and position in columns
    }
