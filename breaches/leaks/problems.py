"""What is doubtful in the cells of one row. Pure: nothing is mended, all of it is listed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from breaches.leaks.dates import SERIAL, TIME, is_ambiguous, is_date, of_numbers
from breaches.leaks.suggestions import A_NUMBER, EMAIL

DATES = frozenset(
    {
        *("birth_date", "booking_date", "release_date", "hearing_date", "deceased_on"),
        *("filing_date", "arrival_date"),
    }
)
EXACT = frozenset(
    {
        *("a_number", "passport", "case_number", "ssn", "receipt_number", "internal_id", "phone"),
        *("financial", "driver_licence", "state_id", "taxpayer_id", "postcode"),
    }
)
ROUNDED = re.compile(r"\d([.,]\d+)?E\+?\d+|\d{15}\d*0(\.0+)?", re.IGNORECASE)
DECIMAL = re.compile(r"\d{4,}\.0+")
MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac|\u00d0[\u0080-\u00bf]|\ufffd")
FORMULA = re.compile(r"[=@]\s*\S|[+-][A-Za-z(@]")
BEFORE = "\x1f"  # each cell of a row that is looked at in one go
FORMULA_HERE = re.compile(f"{BEFORE}(?:{FORMULA.pattern})")
LOST_ZERO = {"postcode": re.compile(r"\d{4}"), "ssn": re.compile(r"\d{7,8}")}
LONGEST = (255, 32_767)  # characters: of old programs, and of a cell in Excel

REASONS = {
    "damaged_part": "a part of the file is damaged; what could be read of it is here",
    "broken_quotes": "a quotation mark in this row does not close; the line was taken as it stands",
    "too_many_cells": "the row has more cells than there are columns with a heading",
    "not_an_a_number": "no A-number: it has not seven to nine digits",
    "rounded": "the spreadsheet has rounded this number; its last digits are lost",
    "decimal": "a program has made this number a decimal; it is read without it",
    "lost_zero": "a zero at the beginning seems lost",
    "not_a_date": "not a date that we can read",
    "future_birth": "a birth date that is still to come; the year may lack its century",
    "ambiguous_date": "day and month could be either way round; the column's order decides",
    "serial_date": "a date as the number that Excel keeps; it is read as that day",
    "not_an_email": "no e-mail address",
    "cut_off": "as long as the program allows; the end may be missing",
    "formula_cell": "a formula of the workbook; the value saved with it is read, it never runs",
    "formula": "it begins like a formula; it is never worked out",
    "damaged_letters": "letters are damaged by a wrong encoding",
}


class CellDoubt(NamedTuple):
    """One doubtful cell: its column (from 0), and the code of the reason."""

    position: int
    reason: str


class Checks:
    """What to look for in the rows of one table."""

    def __init__(
        self,
        elements: Mapping[int, str],
        width: int,
        undecided: frozenset[int] = frozenset(),
        today: date = date.max,
    ) -> None:
        checked = EXACT | DATES | {"email"}
        self.width, self.undecided, self.today = width, undecided, str(today)
        self.elements = [(at, code) for at, code in elements.items() if code in checked]

    def doubts(self, cells: Sequence[str]) -> Iterator[CellDoubt]:
        """Yield what is doubtful in one row."""
        if len(cells) > self.width:
            yield CellDoubt(self.width, "too_many_cells")
        for at, code in self.elements:
            if at < len(cells) and (cell := cells[at]):
                if reason := doubt(code, cell):
                    yield CellDoubt(at, reason)
                elif code == "birth_date" and of_numbers(cell) > self.today:
                    yield CellDoubt(at, "future_birth")
                elif at in self.undecided and is_ambiguous(cell):
                    yield CellDoubt(at, "ambiguous_date")
        if _is_odd(cells):
            yield from _anywhere(cells)


def width_of(headers: Mapping[int, str]) -> int:
    """Return how many cells a row may have; without any heading, as many as there are columns."""
    named = [position for position, header in headers.items() if header]
    return max(named or headers, default=-1) + 1


def doubt(element: str, cell: str) -> str:
    """Return the code of what is doubtful in one cell that is to hold `element`, or ""."""
    if element in DATES:
        return _date_doubt(cell)
    if element == "email":
        return "" if EMAIL.fullmatch(cell) else "not_an_email"
    if element not in EXACT:
        return ""
    if ROUNDED.fullmatch(cell):
        return "rounded"
    if DECIMAL.fullmatch(cell):
        return "decimal"
    if element == "a_number":
        return "" if A_NUMBER.fullmatch(cell) else "not_an_a_number"
    lost = LOST_ZERO.get(element)
    return "lost_zero" if lost and lost.fullmatch(cell) else ""


def text_doubt(cell: str) -> str:
    """Return the code of what is doubtful in a cell whatever it is to hold, or ""."""
    if MOJIBAKE.search(cell):
        return "damaged_letters"
    if FORMULA.match(cell):
        return "formula"
    return "cut_off" if len(cell) in LONGEST else ""


def _date_doubt(cell: str) -> str:
    if is_date(cell):
        return ""
    return "serial_date" if SERIAL.fullmatch(TIME.sub("", cell)) else "not_a_date"


def _is_odd(cells: Sequence[str]) -> bool:
    """Say whether text_doubt may find anything in a row; mostly not, which spares each cell."""
    row = BEFORE.join(("", *cells))
    return (
        FORMULA_HERE.search(row) is not None
        or (not row.isascii() and MOJIBAKE.search(row) is not None)
        or (len(row) > LONGEST[0] and max(map(len, cells)) >= LONGEST[0])
    )


def _anywhere(cells: Sequence[str]) -> Iterator[CellDoubt]:
    for at, cell in enumerate(cells):
        if cell and (reason := text_doubt(cell)):
            yield CellDoubt(at, reason)
