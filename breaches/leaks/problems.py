"""What is doubtful in the cells of one row. Pure: nothing is mended, all of it is listed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from breaches.leaks.suggestions import A_NUMBER, DATE, EMAIL

DATES = frozenset({"birth_date", "booking_date", "release_date", "hearing_date", "deceased_on"})
SERIAL = re.compile(r"\d{4,5}(\.\d+)?")
ROUNDED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?Z?$")
MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\ufffd")

REASONS = {
    "too_many_cells": "the row has more cells than there are columns with a heading",
    "not_an_a_number": "no A-number: it has not seven to nine digits",
    "rounded": "the spreadsheet has rounded this number; its last digits are lost",
    "not_a_date": "not a date that we can read",
    "not_an_email": "no e-mail address",
    "damaged_letters": "letters are damaged by a wrong encoding",
}


class CellDoubt(NamedTuple):
    """One doubtful cell: its column (from 0), and the code of the reason."""

    position: int
    reason: str


def doubts(cells: Sequence[str], elements: Mapping[int, str], width: int) -> Iterator[CellDoubt]:
    """Yield what is doubtful in one row, given what its columns hold and how many there are."""
    if len(cells) > width:
        yield CellDoubt(width, "too_many_cells")
    for position, cell in enumerate(cells):
        if cell and (reason := doubt(elements.get(position, ""), cell)):
            yield CellDoubt(position, reason)


def doubt(element: str, cell: str) -> str:
    """Return the code of what is doubtful in one cell, or ""."""
    if element == "a_number" and ROUNDED.fullmatch(cell):
        return "rounded"
    if element == "a_number" and not A_NUMBER.fullmatch(re.sub(r"\.0$", "", cell)):
        return "not_an_a_number"
    if element in DATES:
        plain = TIME.sub("", cell)
        return "" if SERIAL.fullmatch(plain) or DATE.fullmatch(plain) else "not_a_date"
    if element == "email" and not EMAIL.fullmatch(cell):
        return "not_an_email"
    return "damaged_letters" if MOJIBAKE.search(cell) else ""
