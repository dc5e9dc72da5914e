"""A leaked row by data element, whatever its columns are called."""

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple
from uuid import UUID

from breaches.leaks.dates import in_order
from breaches.leaks.models import SourceFile, SourceRow
from breaches.leaks.problems import DATES
from breaches.web import Sight

WITHHELD = "(impounded: withheld)"
PLACES = frozenset(
    {
        *("address", "address_2", "address_3", "address_4", "address_5"),
        *("city", "postcode", "location"),
    }
)


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


def open_row(
    row: SourceRow, mapping: Mapping[str, Meaning], sight: Sight | None = None
) -> LeakedRow:
    """Return one row by data element; of two columns with one element, the cells are joined.

    Dates of numbers are read by the order of their column. A cell that was destroyed leaves its
    element and no value. With `sight`, as its reader may see it; without, for work that shows
    nothing.
    """
    values: dict[str, str] = {}
    elements: set[str] = set()
    document = cells_seen(row, mapping, sight) if sight else row.document
    for column, cell in document.items():
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


def cells_seen(
    row: SourceRow, mapping: Mapping[str, Meaning], sight: Sight
) -> dict[str, str | None]:
    """Return the cells of a row, by the key of their column, as a reader may see them.

    With a cell that tells an impounded address, whatever says where it lies is withheld.
    """
    document: dict[str, str | None] = row.document
    shut = sight.shut([cell or "" for cell in document.values()])
    if not shut:
        return document
    return {
        key: WITHHELD if cell and (at in shut or _is_place(mapping.get(key))) else cell
        for at, (key, cell) in enumerate(document.items())
    }


def texts_seen(texts: Sequence[str], sight: Sight) -> list[str]:
    """Return texts of a file, such as headings and samples, as a reader may see them."""
    shut = {at for at, text in enumerate(texts) if sight.shut([text])}
    return [WITHHELD if at in shut else text for at, text in enumerate(texts)]


def samples_seen(columns: Sequence[Sequence[str]], sight: Sight) -> list[list[str]]:
    """Return the samples of neighbouring columns; a number and a street may stand side by side."""
    shown = [texts_seen(samples, sight) for samples in columns]
    for (left, ours), (right, theirs) in pairwise(zip(columns, shown, strict=True)):
        for (at, one), (to, other) in product(enumerate(left), enumerate(right)):
            if sight.shut([one, other]):
                ours[at] = theirs[to] = WITHHELD
    return shown


def _is_place(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.element in PLACES


def element_by_column(file: SourceFile) -> dict[str, Meaning]:
    """Return what each column holds, by its key; an unnamed column counts as `other`."""
    return {
        column.key: Meaning(column.element or UNNAMED.element, column.date_order)
        for column in file.columns.all()
    }
