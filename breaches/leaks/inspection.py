"""A first look at a file: which tables it has, where their headings are, what columns may hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from breaches.leaks.dates import Evidence
from breaches.leaks.headings import heading_texts, looks_like_header
from breaches.leaks.shapes import Shape
from breaches.leaks.suggestions import suggest
from breaches.leaks.tables import Table
from breaches.leaks.tabular import Hidden, Item, Note, Remark, Row, Sheet, Text, Unreadable
from breaches.leaks.vocabulary import IDENTIFIERS, NAMES

SAMPLES = 5
PLAIN = frozenset({"", "utf-8", "utf-8-sig"})
ROW_LIMITS = (65_536, 1_048_576)  # the last row of an XLS and of an XLSX sheet


@dataclass
class Column:
    """One column as it looks."""

    position: int
    header: str
    samples: list[str]
    filled: int
    element: str = ""
    fitting: float = 0.0
    confidence: float = 0.0
    date_order: str = ""
    ambiguous_dates: int = 0
    first: list[str] = field(default_factory=list)  # the filled cells of the first rows


@dataclass(frozen=True)
class FoundTable:
    """One table of a file."""

    sheet: Sheet
    shape: Shape
    rows: int
    all_rows: int  # with headings, titles and totals
    columns: list[Column]
    has_people: bool
    is_extra: bool = False  # it repeats a larger table

    @property
    def headers(self) -> list[str]:
        """Return the headings in their order."""
        return [column.header for column in self.columns]


@dataclass(frozen=True)
class Found:
    """All tables of a file, the main one first, and how much there is beside them."""

    tables: list[FoundTable]
    hidden: dict[str, int]
    remarks: dict[str, int]
    encoding: str = ""
    delimiter: str = ""

    @property
    def sheet(self) -> int:
        """Return the sheet of the main table."""
        return self.tables[0].shape.sheet

    @property
    def header_row(self) -> int:
        """Return the last heading row of the main table."""
        return self.tables[0].shape.first_row - 1

    @property
    def rows(self) -> int:
        """Return how many rows the main table has."""
        return self.tables[0].rows

    @property
    def columns(self) -> list[Column]:
        """Return the columns of the main table."""
        return self.tables[0].columns


class Look:
    """What is kept of a file while its rows stream by."""

    def __init__(self, shapes: Sequence[Shape] = ()) -> None:
        self.shapes = list(shapes)
        self.sheets: dict[int, Sheet] = {}
        self.tables: list[Table] = []
        self.current: dict[int, Table] = {}
        self.hidden: Counter[str] = Counter()
        self.remarks: Counter[str] = Counter()
        self.text = Text("", "")

    def add(self, item: Item) -> None:
        """Take in what the reader says next."""
        if isinstance(item, Row):
            self._row(item)
        elif isinstance(item, Sheet):
            self.sheets[item.number] = item
            self.tables += [Table(item, s) for s in self.shapes if s.sheet == item.number]
        elif isinstance(item, Note) and item.reason == "formula_cell":
            return  # counted among what is hidden, and listed cell by cell
        elif isinstance(item, Note):
            self.remarks[item.reason] += 1
        elif isinstance(item, Remark):
            self.remarks.setdefault(item.code, item.figure)
        elif isinstance(item, Hidden):
            self.hidden.update(item.counts)
        elif not self.text.encoding or item.encoding not in PLAIN:
            self.text = item  # of several in a ZIP, one that was guessed must not go unseen

    def _row(self, row: Row) -> None:
        if self.shapes:
            for table in self.tables:
                if table.sheet.number == row.sheet and table.shape.covers(row.row):
                    table.add(row._replace(cells=table.shape.cut(row.cells)))
            return
        current = self.current.get(row.sheet)
        if current is None or (current.ends_before(row) and looks_like_header(row.cells)):
            current = self.current[row.sheet] = Table(self.sheets[row.sheet])
            self.tables.append(current)
        current.add(row)


def inspect(items: Iterable[Item], shapes: Sequence[Shape] = ()) -> Found:
    """Look at a whole file and find its tables, or look at those a person has marked.

    Raises Unreadable when there is no table.
    """
    look = Look(shapes)
    for item in items:
        look.add(item)
    parts = [part for table in look.tables for part in table.parts()]
    tables = [found for part in parts if (found := _found(part)).rows and found.columns]
    if not tables:
        raise Unreadable("There is no table in this file: a header and at least one row.")
    if not shapes:
        tables.sort(key=lambda one: (not one.has_people, one.sheet.kind != "sheet", -one.rows))
    tables = [replace(one, is_extra=_is_extra(one, tables)) for one in tables]
    return Found(tables, _hidden(look, tables), _remarks(look, tables), *look.text)


def _found(table: Table) -> FoundTable:
    shape = table.settled()
    header = heading_texts(table.first, shape)
    data = [row for row in table.first if shape.holds(row.row)]
    columns = [_column(table, header, data, position) for position in table.positions()]
    elements = {column.element for column in columns}
    has_people = bool(elements & (NAMES | IDENTIFIERS))
    return FoundTable(table.sheet, shape, table.data_rows(shape), table.rows, columns, has_people)


def _column(table: Table, header: list[str], data: list[Row], position: int) -> Column:
    cells = [row.cells[position] for row in data if position < len(row.cells)]
    full = [cell for cell in cells if cell]
    name = header[position] if position < len(header) else ""
    likely = suggest(name, full)
    evidence = table.dates.get(position, Evidence())
    return Column(
        position=position,
        header=name,
        samples=list(dict.fromkeys(full))[:SAMPLES],
        filled=max(0, table.filled[position] - table.heading_cells(position)),
        element=likely.element,
        fitting=likely.fitting,
        confidence=likely.confidence,
        date_order=evidence.order,
        ambiguous_dates=evidence.ambiguous,
        first=full,
    )


def _is_extra(one: FoundTable, tables: list[FoundTable]) -> bool:
    """Say whether a pivot cache only repeats rows that a sheet of the file shows anyway."""
    return one.sheet.kind == "pivot_cache" and any(
        set(one.headers) <= set(other.headers) and other.rows >= one.rows
        for other in tables
        if other.sheet.kind == "sheet"
    )


def _hidden(look: Look, tables: list[FoundTable]) -> dict[str, int]:
    on_sheets = [table for table in look.tables if table.sheet.kind == "sheet"]
    unseen = {one.number for one in look.sheets.values() if one.is_hidden and one.kind == "sheet"}
    counts = {
        "hidden_sheets": len(unseen),
        "hidden_sheet_rows": sum(one.rows for one in on_sheets if one.sheet.number in unseen),
        "other_sheet_rows": sum(one.rows for one in on_sheets) - tables[0].all_rows,
    }
    return {kind: count for kind, count in counts.items() if count > 0} | dict(look.hidden)


def _remarks(look: Look, tables: list[FoundTable]) -> dict[str, int]:
    found = Counter(look.remarks)
    found["row_limit"] = sum(table.last in ROW_LIMITS for table in look.tables)
    found["guessed_encoding"] = int(look.text.encoding not in PLAIN)
    for table in tables:
        headings = Counter(filter(None, table.headers))
        found["same_heading"] += sum(count > 1 for count in headings.values())
        found["no_heading"] += sum(not one for one in table.headers)
        found["no_header_row"] += not table.shape.header_rows
        found["left_out"] += len(table.shape.left_out)
        found["mixed_dates"] += sum(one.date_order == "both" for one in table.columns)
        found["undecided_dates"] += sum(
            bool(one.ambiguous_dates) and not one.date_order for one in table.columns
        )
    return {kind: count for kind, count in found.items() if count}
