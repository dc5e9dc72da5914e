"""The report of a file without a database: its tables, what it hides, and what is doubtful."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from breaches.leaks.hidden import KINDS
from breaches.leaks.inspection import Column, Found, FoundTable, inspect
from breaches.leaks.problems import REASONS, Checks, width_of
from breaches.leaks.remarks import REMARKS
from breaches.leaks.shapes import as_text, letters
from breaches.leaks.tabular import Item, Note, Row

LISTED = 50  # doubtful cells; all are counted

Report = dict[str, Any]


def report(reading: Callable[[], Iterable[Item]], today: date = date.max) -> Report:
    """Return what is in a file, which is read twice, on the day `today`. Raises Unreadable."""
    found = inspect(reading())
    problems = Problems(found, today)
    for item in reading():
        problems.add(item)
    main = _table(found.tables[0])
    return {
        "hidden": found.hidden,
        "remarks": found.remarks,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "sheet": main["sheet"],
        "header_row": found.header_row,
        "rows": found.rows,
        "columns": main["columns"],
        "tables": [_table(table) for table in found.tables],
        "problems": {"counted": dict(problems.counted), "first": problems.listed},
    }


class Problems:
    """The doubtful cells of a file while it streams by."""

    def __init__(self, found: Found, today: date) -> None:
        self.counted: Counter[str] = Counter()
        self.listed: list[Report] = []
        self.tables = [(table, _checks(table, today)) for table in found.tables]

    def add(self, item: Item) -> None:
        """Look at what the reader says next."""
        if isinstance(item, Note) and item.row:
            self._note(item.sheet, item.row, item.position, item.reason, "")
        if not isinstance(item, Row):
            return
        for table, checks in self.tables:
            if table.shape.sheet == item.sheet and table.shape.holds(item.row):
                cells = table.shape.cut(item.cells)
                for position, reason in checks.doubts(cells):
                    value = cells[position] if position < len(cells) else ""
                    self._note(item.sheet, item.row, position, reason, value)

    def _note(self, sheet: int, row: int, position: int, reason: str, value: str) -> None:
        self.counted[reason] += 1
        if len(self.listed) < LISTED:
            place = {"sheet": sheet + 1, "row": row, "column": letters(position)}
            self.listed.append({**place, "value": value, "reason": reason})


def prose(found: Report) -> str:
    """Return a report as lines for a person, what was hidden first."""
    lines = [f"{count} {KINDS[kind]}" for kind, count in found["hidden"].items()]
    lines += [f"{count} {REMARKS.get(kind, kind)}" for kind, count in found["remarks"].items()]
    for table in found["tables"]:
        name = f" ({table['name']})" if table["name"] else ""
        where = f"sheet {table['sheet']}{name}, headings in row {table['header_row']}"
        lines += [f"{table['rows']} rows on {where}", *map(_line, table["columns"])]
    counted = found["problems"]["counted"].items()
    return "\n".join([*lines, *(f"{count} cells: {REASONS[reason]}" for reason, count in counted)])


def _line(column: Report) -> str:
    element = column["element"] or "not known"
    return (
        f"{column['letter']:>4} {column['header']} = {element}"
        f" ({column['fitting']:.0%} fit, {column['filled']} filled)"
    )


def _table(table: FoundTable) -> Report:
    shape = table.shape
    return {
        "name": table.sheet.name,
        "kind": table.sheet.kind,
        "is_hidden": table.sheet.is_hidden,
        "sheet": shape.sheet + 1,
        "header_row": shape.header_row,
        "header_rows": shape.header_rows,
        "first_row": shape.first_row,
        "last_row": shape.last_row,
        "left_out": as_text(sorted(shape.left_out)),
        "rows": table.rows,
        "columns": [_column(column) for column in table.columns],
    }


def _column(column: Column) -> Report:
    return {
        "position": column.position + 1,
        "letter": letters(column.position),
        "header": column.header,
        "element": column.element,
        "confidence": round(column.confidence, 3),
        "fitting": round(column.fitting, 3),
        "filled": column.filled,
        "samples": column.samples,
        "date_order": column.date_order,
        "ambiguous_dates": column.ambiguous_dates,
    }


def _checks(table: FoundTable, today: date) -> Checks:
    elements = {column.position: column.element for column in table.columns}
    width = width_of({column.position: column.header for column in table.columns})
    undecided = frozenset(
        one.position
        for one in table.columns
        if one.ambiguous_dates and one.date_order in {"", "both"}
    )
    return Checks(elements, width, undecided, today)
