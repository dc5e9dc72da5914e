"""A first look at a table: which sheet, where its header is, what its columns may hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from breaches.leaks.suggestions import BY_HEADER, plain_header, suggest
from breaches.leaks.tabular import Hidden, Item, Row, Sheet, Unreadable

SAMPLES = 5
SAMPLED_CELLS = 500
HEADER_WITHIN = 20


@dataclass
class Column:
    """One column as it looks."""

    position: int
    header: str
    samples: list[str]
    filled: int
    element: str = ""
    fitting: float = 0.0
    first: list[str] = field(default_factory=list)  # the filled cells of the first rows


@dataclass
class Table:
    """What is kept of one sheet while its rows stream by."""

    sheet: Sheet
    first: list[Row] = field(default_factory=list)
    filled: dict[int, int] = field(default_factory=dict)
    rows: int = 0

    def add(self, row: Row) -> None:
        """Count a row, and keep it if it is among the first."""
        self.rows += 1
        if len(self.first) < SAMPLED_CELLS:
            self.first.append(row)
        for position, cell in enumerate(row.cells):
            if cell:
                self.filled[position] = self.filled.get(position, 0) + 1


@dataclass(frozen=True)
class Found:
    """The table that is taken in, and how much else there is."""

    sheet: int
    header_row: int
    rows: int
    columns: list[Column]
    hidden: dict[str, int]


def inspect(items: Iterable[Item]) -> Found:
    """Look at a whole file and choose its longest table.

    Raises Unreadable when there is no table.
    """
    tables: dict[int, Table] = {}
    hidden: dict[str, int] = {}
    for item in items:
        if isinstance(item, Hidden):
            hidden = item.counts
        elif isinstance(item, Sheet):
            tables[item.number] = Table(item)
        else:
            tables[item.sheet].add(item)
    table = max(tables.values(), key=lambda table: table.rows, default=None)
    if table is None or table.rows < 2:
        raise Unreadable("There is no table in this file: a header and at least one row.")
    header = header_of(table.first)
    data = [row for row in table.first if row.row > header.row]
    return Found(
        sheet=table.sheet.number,
        header_row=header.row,
        rows=table.rows - sum(row.row <= header.row for row in table.first),
        columns=[_column(table, header, data, position) for position in sorted(table.filled)],
        hidden=_hidden(list(tables.values()), table) | hidden,
    )


def _hidden(tables: list[Table], taken: Table) -> dict[str, int]:
    unseen = [table for table in tables if table.sheet.is_hidden]
    counts = {
        "hidden_sheets": len(unseen),
        "hidden_sheet_rows": sum(table.rows for table in unseen),
        "other_sheet_rows": sum(table.rows for table in tables if table is not taken),
    }
    return {kind: count for kind, count in counts.items() if count}


def header_of(rows: list[Row]) -> Row:
    """Return the header: of the first rows, the one with most names that we know."""
    return max(rows[:HEADER_WITHIN], key=lambda row: (_known(row), -row.row))


def _known(row: Row) -> int:
    return sum(plain_header(cell) in BY_HEADER for cell in row.cells)


def _column(table: Table, header: Row, data: list[Row], position: int) -> Column:
    cells = [row.cells[position] for row in data if position < len(row.cells)]
    full = [cell for cell in cells if cell]
    name = header.cells[position] if position < len(header.cells) else ""
    element, fitting = suggest(name, full)
    samples = list(dict.fromkeys(full))[:SAMPLES]
    filled = table.filled[position] - (1 if name else 0)
    return Column(position, name, samples, filled, element, fitting, full)
