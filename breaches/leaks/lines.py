"""What the reader's process says, a line of JSON each. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

Line = list[Any]
Numbered = tuple[int, list[str]]

PIECE = 200  # rows a line: enough that a line's own cost no longer counts
# What as_text would change; most rows have none of it, so one search spares a look at each cell.
UNTIDY = re.compile(
    r"[\x00-\x1e\x7f-\xa0\u1680\u2000-\u200a\u2028-\u202f\u205f\u3000\ud800-\udfff]"
    r"|  | \x1f|\x1f |^ | $"
)
HALVES = re.compile(r"[\ud800-\udfff]")  # of a letter cut in two, which no database can keep


class Unreadable(Exception):
    """The file cannot be read; the text says why and what to do."""


def sheet(number: int, name: str, *, is_hidden: bool = False, kind: str = "sheet") -> Line:
    """Return the head of a sheet; kind is `sheet` or `pivot_cache`."""
    return ["sheet", number, as_text(name), is_hidden, kind]


def note(number: int, row: int, position: int, reason: str) -> Line:
    """Return what is doubtful in one cell (or, at position 0, in one row)."""
    return ["note", number, row, position, reason]


def remark(code: str, figure: int) -> Line:
    """Return a doubt about the whole file, one of breaches/leaks/remarks.py, with its figure."""
    return ["remark", code, figure]


def pieces(number: int, rows: Iterable[Numbered]) -> Iterator[Line]:
    """Yield the rows of a sheet, many a line."""
    left = iter(rows)
    while piece := list(islice(left, PIECE)):
        yield ["rows", number, piece]


def pivot_cache(
    number: int, place: int, rows: Iterable[Numbered], broken: tuple[type[Exception], ...]
) -> Iterator[Line]:
    """Yield the `place`-th pivot cache as sheet `number`; one of `broken` is noted at its end."""
    yield sheet(number, f"pivot cache {place}", is_hidden=True, kind="pivot_cache")
    try:
        yield from pieces(number, rows)
    except broken:
        yield note(number, 0, 0, "damaged_part")


def tidy(cells: list[str]) -> list[str]:
    """Return cells of text without needless blanks and without the empty tail."""
    if UNTIDY.search("\x1f".join(cells)):
        cells = [as_text(cell) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def trimmed(cells: list[Any]) -> list[str]:
    """Return cells as text without the empty tail; an empty row is an empty list."""
    return tidy([cell if isinstance(cell, str) else as_text(cell) for cell in cells])


def as_text(cell: Any) -> str:
    """Return one cell as a person would type it; dates as YYYY-MM-DD."""
    if isinstance(cell, str):
        return HALVES.sub("\ufffd", " ".join(cell.replace("\0", "").split()))
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time() else cell)
    if isinstance(cell, (date, time, timedelta, int, float)):
        return str(cell)
    return " ".join(str(cell).split())
