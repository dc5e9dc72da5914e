"""From a row as it was read to a row as it is kept: sealed, with blind marks and its elements."""

import secrets
import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from breaches.leaks.header_words import plain_header
from breaches.leaks.identities import Teller
from breaches.leaks.models import (
    CellProblem,
    ColumnMapping,
    ElementSet,
    SourceFile,
    SourceRow,
    SourceTable,
    column_key,
)
from breaches.leaks.problems import Checks, width_of
from breaches.leaks.shapes import Shape
from breaches.leaks.tabular import Item, Note, Row
from breaches.leaks.vocabulary import IDENTIFIERS, NAMES
from breaches.vault.blind import Marker
from breaches.vault.models import ENCODER, place_of, sealer_for

UNNAMED = "other"
FIELDS = (
    *("id", "key_name", "sealed", "incident", "source_file", "table", "sheet", "row_number"),
    *("is_identifying", "identity", "name_key", "content", "exposed"),
)


class Plan:
    """One table that is taken in, and what its columns hold."""

    def __init__(self, table: SourceTable, columns: list[ColumnMapping], today: date) -> None:
        self.number, self.shape = table.number, table.place
        codes = {one.position: one.element for one in columns}
        headers = {one.position: one.document["header"] for one in columns}
        orders = {one.position: one.date_order for one in columns}
        width = width_of(headers)
        undecided = frozenset(one.position for one in columns if one.is_undecided)
        self.checks = Checks(codes, width, undecided, today)
        self.teller = Teller(codes, orders)
        self.naming = [at for at, code in codes.items() if code in NAMES | IDENTIFIERS]
        last = max(codes, default=-1) + 1
        self.codes = [codes.get(at) or UNNAMED for at in range(last)]
        self.keys = [column_key(self.number, at) for at in range(last)]
        labels = [codes.get(at) or plain_header(headers.get(at, "")) for at in range(last)]
        self.by_label = sorted((f"{label}\x1e", at) for at, label in enumerate(labels))


class Taken(NamedTuple):
    """A row, the table it belongs to, and what its reader noted."""

    plan: Plan
    row: Row
    notes: list[Note]


class Mill:
    """Makes the rows of one piece; made anew for each, so that a destroyed key is noticed."""

    def __init__(self, file: SourceFile, sets: dict[frozenset[str], int]) -> None:
        self.file, self.sets = file, sets
        self.key_name = file.incident.key_name
        self.sealer = sealer_for(self.key_name)
        self._begun, self._made = time.time_ns() // 1_000_000, 0
        self.people, self.contents = Marker(self.key_name, "person"), Marker(self.key_name, "row")

    def row(self, plan: Plan, row: Row) -> tuple[Any, ...]:
        """Return a row, sealed, as `FIELDS` to be stored."""
        cells = row.cells
        rule, identity, name = plan.teller.keys(cells)
        mark = self.people.mark
        pk = self._pk()
        document = {key: cell for key, cell in zip(plan.keys, cells, strict=False) if cell}
        return (
            pk,
            self.key_name,
            self.sealer.seal(ENCODER.encode(document).encode(), place_of(SourceRow, pk)),
            self.file.incident_id,
            self.file.pk,
            plan.number,
            row.sheet,
            row.row,
            any(at < len(cells) and cells[at] for at in plan.naming),
            rule + mark(f"{rule}|{identity}") if rule else "",
            mark(f"d|{name}") if name else "",
            self.contents.mark(content(plan, cells)),
            self._set(plan, cells),
        )

    def _pk(self) -> str:
        """Return a UUID that sorts by time (RFC 9562, version 7): new rows go to one end."""
        self._made += 1
        chance = secrets.randbits(62) | 1 << 63
        return f"{self._begun:012x}7{self._made & 0xFFF:03x}{chance:016x}"

    def problems(self, one: Taken) -> Iterator[CellProblem]:
        """Yield what is doubtful in a row, and what its reader noted."""
        for note in one.notes:
            if one.plan.shape.has_column(note.position):
                yield self._problem(one, note.position, note.reason)
        for position, reason in one.plan.checks.doubts(one.row.cells):
            yield self._problem(one, position, reason)

    def _problem(self, one: Taken, position: int, reason: str) -> CellProblem:
        return CellProblem(
            source_file_id=self.file.pk,
            table=one.plan.number,
            sheet=one.row.sheet,
            row_number=one.row.row,
            position=position,
            reason=reason,
        )

    def _set(self, plan: Plan, cells: list[str]) -> int:
        elements = frozenset([code for code, cell in zip(plan.codes, cells, strict=False) if cell])
        if elements not in self.sets:
            made = ElementSet.objects.create(source_file=self.file, elements=sorted(elements))
            self.sets[elements] = made.pk
        return self.sets[elements]


def content(plan: Plan, cells: list[str]) -> str:
    """Return a row by what its columns are called, so that moved columns make no difference."""
    width = len(cells)
    return "\x1f".join([label + cells[at] for label, at in plan.by_label if at < width])


def plans_of(file: SourceFile, today: date) -> list[Plan]:
    """Return the tables that are taken in."""
    columns: dict[int, list[ColumnMapping]] = {}
    for column in file.columns.order_by("position"):
        columns.setdefault(column.table, []).append(column)
    tables = file.tables.filter(is_taken=True).order_by("number")
    return [Plan(table, columns.get(table.number, []), today) for table in tables]


def known_sets(file: SourceFile) -> dict[frozenset[str], int]:
    """Return the sets of elements that rows of a file have exposed so far."""
    return {frozenset(one.elements): one.pk for one in file.element_sets.all()}


def taken(items: Iterable[Item], plans: list[Plan]) -> Iterator[Taken]:
    """Yield each row of the chosen tables, with what its reader noted, in file order."""
    by_sheet: dict[int, list[Plan]] = {}
    for plan in plans:
        by_sheet.setdefault(plan.shape.sheet, []).append(plan)
    notes: dict[tuple[int, int], list[Note]] = {}
    for item in items:
        if isinstance(item, Row):
            noted = notes.pop((item.sheet, item.row), []) if notes else []
            for plan in by_sheet.get(item.sheet, ()):
                if row := _within(plan.shape, item):
                    yield Taken(plan, row, noted)
        elif isinstance(item, Note):
            notes.setdefault((item.sheet, item.row), []).append(item)


def _within(shape: Shape, row: Row) -> Row | None:
    if not shape.holds(row.row):
        return None
    cells = shape.cut(row.cells)
    if cells is row.cells:
        return row
    return row._replace(cells=cells) if any(cells) else None
