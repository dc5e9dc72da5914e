"""One table while its rows stream by: counted, not kept."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from breaches.leaks.dates import SERIAL, Evidence, is_date
from breaches.leaks.headings import HEADER_WITHIN, heading_of, heading_texts, known
from breaches.leaks.shapes import Shape
from breaches.leaks.suggestions import suggest
from breaches.leaks.tabular import Row, Sheet
from breaches.leaks.totals import is_total
from breaches.leaks.vocabulary import IDENTIFIERS, NAMES

KEPT = 500
MOST_LEFT_OUT = 1000
TITLE_ROWS = 5  # fewer rows without a heading that we know are a title above the next table


class Table:
    """The first rows of a table, and of all of them how many cells each column has."""

    def __init__(self, sheet: Sheet, shape: Shape | None = None, columns: Shape | None = None):
        self.sheet, self.given, self.columns = sheet, shape, columns
        self.first: list[Row] = []
        self.filled: Counter[int] = Counter()
        self.dates: dict[int, Evidence] = defaultdict(Evidence)
        self.left_out: list[int] = []
        self.beside: list[Table] = []
        self.rows, self.last, self.widest = 0, 0, 0
        self._found: Shape | None = None
        self._looked_at = 0  # rows, when the heading was last looked for
        self._waiting: list[Row] = []

    @property
    def shape(self) -> Shape:
        """Return where the table stands, as far as is known."""
        if self.given:
            return self.given
        if self._found is None or self._looked_at < min(len(self.first), HEADER_WITHIN):
            self._found, self._looked_at = heading_of(self.first), len(self.first)
        return self._found

    def add(self, row: Row) -> None:
        """Count a row, and keep it if it is among the first."""
        self.rows += 1
        self.last = row.row
        if len(self.first) < KEPT:
            self.first.append(row)
        self._waiting.append(row)
        if len(self._waiting) >= KEPT:
            self._flush()

    def ends_before(self, row: Row) -> bool:
        """Say whether there is a gap before `row`, and it does not repeat the heading."""
        if row.row <= self.last + 1 or self.rows < 2:
            return False
        lines = self._heading_lines()
        is_title = self.rows < TITLE_ROWS and not any(map(known, lines))
        return not is_title and row.cells not in lines

    def parts(self) -> "list[Table]":
        """Return the tables that stand side by side here; mostly one."""
        self._flush()
        for part in self.beside:
            part._flush()
        return self.beside or [self]

    def settled(self) -> Shape:
        """Return where the table stands, after all of its rows."""
        if self.given:
            return self.given
        shape = self.shape._replace(last_row=self.last, left_out=frozenset(self.left_out))
        if self.columns:
            first, last = self.columns.first_column, self.columns.last_column
            shape = shape._replace(first_column=first, last_column=last)
        return shape

    def positions(self) -> list[int]:
        """Return the columns that have anything in them."""
        return sorted(position for position, count in self.filled.items() if count)

    def heading_cells(self, position: int) -> int:
        """Return how many filled cells of a column stand above its data."""
        above = (row.cells for row in self.first if row.row < self.shape.first_row)
        return sum(position < len(cells) and bool(cells[position]) for cells in above)

    def data_rows(self, shape: Shape) -> int:
        """Return how many rows are data."""
        above = sum(row.row < shape.first_row for row in self.first)
        return self.rows - above - len(shape.left_out)

    def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        if len(rows) == self.rows and not self.given and not self.columns:
            self.beside = [Table(self.sheet, columns=part) for part in self._side_by_side(rows)]
        for part in self.beside:
            part.take(rows)
        self._count(rows)

    def take(self, rows: list[Row]) -> None:
        """Add what a wider table has in the columns of this one."""
        for row in rows:
            if self.columns and any(cells := self.columns.cut(row.cells)):
                self.add(row._replace(cells=cells))

    def _count(self, rows: list[Row]) -> None:
        is_first = len(rows) == self.rows
        for position, cells in enumerate(zip_longest(*(row.cells for row in rows), fillvalue="")):
            self.filled[position] += len(cells) - cells.count("")
            if position in self.dates or (is_first and _are_dates(cells)):
                self.dates[position].add(cells)
        self.widest = max(self.widest, *(len(row.cells) for row in rows))
        if not self.given and len(self.left_out) < MOST_LEFT_OUT:
            self.left_out += self._no_data(rows)

    def _no_data(self, rows: list[Row]) -> Iterator[int]:
        """Yield the rows that are a total or repeat the heading."""
        headings, begins = self._heading_lines(), self.shape.first_row
        for row in rows:
            if row.row >= begins and (is_total(row.cells) or row.cells in headings):
                yield row.row

    def _heading_lines(self) -> list[list[str]]:
        shape = self.shape
        return [row.cells for row in self.first if shape.header_row <= row.row < shape.first_row]

    def _side_by_side(self, rows: list[Row]) -> list[Shape]:
        """Return the column ranges when blank columns part tables that each name people."""
        columns = list(zip_longest(*(row.cells for row in rows), fillvalue=""))
        blank = [at for at, cells in enumerate(columns) if not any(cells)]
        if not blank:
            return []
        edges = [-1, *blank, len(columns)]
        ranges = [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]
        headings = heading_texts(self.first, self.shape)
        named = [{suggest(h, ()).element for h in headings[a : b + 1]} for a, b in ranges]
        shared = set.intersection(*named) if len(named) > 1 else set()
        if not shared & (NAMES | IDENTIFIERS):
            return []
        return [self.shape._replace(first_column=a, last_column=b) for a, b in ranges]


def _are_dates(cells: tuple[str, ...]) -> bool:
    full = [cell for cell in cells[:200] if cell]
    return sum(bool(is_date(cell) or SERIAL.fullmatch(cell)) for cell in full) * 2 >= len(full) > 0
