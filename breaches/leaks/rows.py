"""A leaked row by data element, whatever its columns are called."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from breaches.leaks.dates import in_order
from breaches.leaks.models import SourceFile, SourceRow
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
