"""Birth dates as lists write them. Pure."""

import re
from datetime import date, timedelta

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
EXCEL_EPOCH = date(1899, 12, 30)  # ECMA-376 part 1, 18.17.4.1, with Excel's 1900 leap day
SERIALS = range(4_000, 60_000)  # 1910 to 2064


def parse(text: str) -> str:
    """Return a date as YYYY-MM-DD, or "" when it is none.

    Of 3/4/1980 the first number is the month, as in the United States, unless it cannot be.
    """
    text = text.strip().split("T")[0].split(" 00:00")[0]
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return _date(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        first, second, year = map(int, found.groups())
        return _date(year, first, second) or _date(year, second, first)
    if found := re.fullmatch(r"(\d{1,2})[\s-]+([^\W\d]{3})[^\W\d]*\.?[\s,-]+(\d{4})", text):
        return _date(int(found[3]), MONTHS.get(found[2].casefold(), 0), int(found[1]))
    if found := re.fullmatch(r"([^\W\d]{3})[^\W\d]*\.?\s+(\d{1,2}),?\s+(\d{4})", text):
        return _date(int(found[3]), MONTHS.get(found[1].casefold(), 0), int(found[2]))
    if text.isdecimal() and len(text) <= 5 and int(text) in SERIALS:
        return str(EXCEL_EPOCH + timedelta(days=int(text)))
    return ""


def _date(year: int, month: int, day: int) -> str:
    try:
        return str(date(year, month, day))
    except ValueError:
        return ""


def is_minor(birth_date: str, on: date) -> bool:
    """Say whether somebody born on `birth_date` (YYYY-MM-DD) is under 18 on a day."""
    if not birth_date:
        return False
    born = date.fromisoformat(birth_date)
    return (on.year - born.year, on.month, on.day) < (18, born.month, born.day)
