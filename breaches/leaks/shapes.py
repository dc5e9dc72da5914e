"""Where a table stands on its sheet. Pure: found by inspection, corrected by a person."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Shape(NamedTuple):
    """One table. Rows are numbered as a person sees them, columns from 0; None is to the end."""

    sheet: int
    header_row: int = 1
    header_rows: int = 1
    last_row: int | None = None
    first_column: int = 0
    last_column: int | None = None
    left_out: frozenset[int] = frozenset()

    @property
    def first_row(self) -> int:
        """Return the number of the first row with data."""
        return self.header_row + self.header_rows

    def covers(self, row: int) -> bool:
        """Say whether a row of the sheet lies within the table, headings included."""
        return row >= self.header_row and (self.last_row is None or row <= self.last_row)

    def holds(self, row: int) -> bool:
        """Say whether a row of the sheet is one of the data rows."""
        return (
            row >= self.first_row
            and (self.last_row is None or row <= self.last_row)
            and row not in self.left_out
        )

    def cut(self, cells: list[str]) -> list[str]:
        """Return the cells of a row that belong to the table, each at its place on the sheet."""
        if not self.first_column and self.last_column is None:
            return cells
        end = None if self.last_column is None else self.last_column + 1
        kept = [""] * self.first_column + cells[self.first_column : end]
        while kept and not kept[-1]:
            kept.pop()
        return kept

    def has_column(self, position: int) -> bool:
        """Say whether a column of the sheet, from 0, belongs to the table."""
        return position >= self.first_column and (
            self.last_column is None or position <= self.last_column
        )

    def as_json(self) -> dict[str, Any]:
        """Return the shape as plain data."""
        return {**self._asdict(), "left_out": sorted(self.left_out)}


def from_json(data: dict[str, Any]) -> Shape:
    """Return the shape that `as_json` wrote."""
    return Shape(**{**data, "left_out": frozenset(data["left_out"])})


def numbers(text: str) -> frozenset[int]:
    """Return the row numbers in a text such as “12, 40-42”. Raises ValueError."""
    found: set[int] = set()
    for part in text.replace(";", ",").split(","):
        first, _, last = part.strip().partition("-")
        if first:
            start, end = int(first), int(last or first)
            if end - start > 10_000:
                raise ValueError("too many rows at once")
            found.update(range(start, end + 1))
    return frozenset(found)


def as_text(rows: Sequence[int]) -> str:
    """Return row numbers as a person writes them, “12, 40-42”."""
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def letters(position: int) -> str:
    """Return the letters that a spreadsheet program puts above a column, counted from 0."""
    rest, last = divmod(position, 26)
    return (letters(rest - 1) if rest else "") + chr(65 + last)


def place(text: str) -> int | None:
    """Return the column that letters stand for, from 0, or None for no letters.

    Raises ValueError.
    """
    found = 0
    for letter in text.strip().upper():
        if not "A" <= letter <= "Z":
            raise ValueError(text)
        found = found * 26 + ord(letter) - 64
    return found - 1 if found else None
