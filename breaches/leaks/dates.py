"""Day and month in the dates of a leaked column: proven, or for a person to decide. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?")
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?")
PLAIN = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")  # spares the calendar
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
WORDS = re.compile(
    r"\d{1,2}(?: de |[ -])[^\W\d]{3,10}\.?(?: de |,? |-)(?:\d{4}|\d{2})"
    r"|[^\W\d]{3,10}\.? \d{1,2},? \d{4}"
)
TIME = re.compile(
    r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?$", re.I
)
SERIAL = re.compile(r"\d{4,5}(\.\d+)?")
EPOCH = date(1899, 12, 30)  # ECMA-376 part 1, 18.17.4.1, with Excel's 1900 leap day
SERIALS = range(4_000, 60_000)  # 1910 to 2064

DAY_FIRST, MONTH_FIRST, BOTH = "day_first", "month_first", "both"
ORDERS = {DAY_FIRST: "day first: 3/4 is 3 April", MONTH_FIRST: "month first: 3/4 is March 4"}


@dataclass
class Evidence:
    """What the dates of a column prove about the order of day and month."""

    day_first: int = 0
    month_first: int = 0
    ambiguous: int = 0

    def add(self, cells: Iterable[str]) -> None:
        """Look at more cells."""
        for cell in cells:
            if (found := NUMBERS.fullmatch(cell)) and of_numbers(cell):
                first, second = int(found[1]), int(found[3])
                self.day_first += first > 12
                self.month_first += second > 12
                self.ambiguous += first != second and first <= 12 and second <= 12

    @property
    def order(self) -> str:
        """Return the order that is proven, `both`, or "" when nothing is."""
        if self.day_first and self.month_first:
            return BOTH
        return DAY_FIRST if self.day_first else MONTH_FIRST if self.month_first else ""

    @property
    def is_undecided(self) -> bool:
        """Say whether a person must decide."""
        return bool(self.ambiguous) and self.order not in ORDERS


def is_ambiguous(cell: str) -> bool:
    """Say whether day and month could be either way round."""
    found = NUMBERS.fullmatch(cell)
    return bool(found and found[1] != found[3] and max(int(found[1]), int(found[3])) <= 12)


def in_order(cell: str, order: str) -> str:
    """Return a date of numbers as YYYY-MM-DD by the order of its column; anything else as it is.

    A two-digit year is of this century up to 30, as spreadsheet programs read it.
    """
    return of_numbers(cell, order) or from_serial(cell)


def is_date(cell: str) -> bool:
    """Say whether a cell is a day that the calendar has, with or without a time of day."""
    day = TIME.sub("", cell) if ":" in cell else cell
    return bool((" " not in day and of_numbers(day)) or WORDS.fullmatch(day))


def of_numbers(cell: str, order: str = "") -> str:
    """Return a date of numbers as YYYY-MM-DD by the order of its column, or "" when it is none."""
    if PLAIN.fullmatch(cell):
        return cell
    if found := YEAR_FIRST.fullmatch(cell):
        return iso(int(found[1]), int(found[3]), int(found[4]))
    if found := COMPACT.fullmatch(cell):
        return iso(*map(int, found.groups()))
    if not (found := NUMBERS.fullmatch(cell)):
        return ""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000 if year < 30 else 1900
    day, month = (first, second) if order == DAY_FIRST else (second, first)
    return iso(year, month, day) or iso(year, day, month)


def from_serial(cell: str) -> str:
    """Return a date that Excel keeps as a number of days as YYYY-MM-DD; anything else as it is."""
    if SERIAL.fullmatch(cell) and int(cell.split(".")[0]) in SERIALS:
        return str(EPOCH + timedelta(days=int(cell.split(".")[0])))
    return cell


def iso(year: int, month: int, day: int) -> str:
    """Return a date as YYYY-MM-DD, or "" when the calendar has no such day."""
    try:
        return str(date(year, month, day))
    except ValueError:
        return ""
