"""Birth dates as lists write them. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

from breaches.leaks.dates import COMPACT, from_serial, iso

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan ene", "feb", "mar", "apr abr", "may", "jun"),
            *("jul", "aug ago", "sep set", "oct", "nov", "dec dic"),
        ),
        1,
    )
    for name in names.split()
}
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DAY_AND_MONTH = re.compile(r"(\d{1,2})(?: de)?[\s-]+([^\W\d]{3})[^\W\d]*\.?(?: de)?[\s,-]+(\d{4})")
NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


class Order(Enum):
    """Which number of 3/4/1980 is the day."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    UNKNOWN = "read as month first"


def order_of(cells: Iterable[str]) -> Order:
    """Return the order in which a column writes day and month, as far as its dates prove one."""
    found = [match for cell in cells if (match := NUMBERS.fullmatch(plain(cell)))]
    is_day_first = any(int(match[1]) > 12 for match in found)
    is_month_first = any(int(match[2]) > 12 for match in found)
    if is_day_first == is_month_first:
        return Order.UNKNOWN
    return Order.DAY_FIRST if is_day_first else Order.MONTH_FIRST


def is_ambiguous(text: str) -> bool:
    """Say whether day and month could be either way round."""
    found = NUMBERS.fullmatch(plain(text))
    return bool(found and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12)


def plain(text: str) -> str:
    """Return a date without a time of day."""
    return text.strip().split("T")[0].split(" 00:00")[0]


def parse(text: str, order: Order = Order.UNKNOWN) -> str:
    """Return a date as YYYY-MM-DD, or "" when it is none.

    Of 3/4/1980 the first number is the month, as in the United States, unless it cannot be or
    the column is known to put the day first.
    """
    text = plain(text)
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return iso(*map(int, found.groups()))
    if found := NUMBERS.fullmatch(text):
        first, second, year = map(int, found.groups())
        if order is Order.DAY_FIRST:
            first, second = second, first
        return iso(year, first, second) or iso(year, second, first)
    if found := DAY_AND_MONTH.fullmatch(text):
        return iso(int(found[3]), MONTHS.get(found[2].casefold(), 0), int(found[1]))
    if found := re.fullmatch(r"([^\W\d]{3})[^\W\d]*\.?\s+(\d{1,2}),?\s+(\d{4})", text):
        return iso(int(found[3]), MONTHS.get(found[1].casefold(), 0), int(found[2]))
    day = from_serial(text) if text.isdecimal() else text
    return day if day != text else ""


def is_minor(birth_date: str, on: date) -> bool:
    """Say whether somebody born on `birth_date` (YYYY-MM-DD) is under 18 on a day."""
    if not birth_date:
        return False
    born = date.fromisoformat(birth_date)
    return (on.year - born.year, on.month, on.day) < (18, born.month, born.day)
