"""Which data element a column probably holds. Pure: a person decides."""

import re
from collections.abc import Callable, Sequence

from breaches.leaks.vocabulary import ELEMENTS

A_NUMBER = re.compile(r"\s*A?[\s#-]*(\d[\s.-]*){7,9}\s*", re.IGNORECASE)
DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}[ -]\w{3,9}[ -]\d{2,4}"
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
SSN = re.compile(r"\d{3}-\d{2}-\d{4}")

PATTERNS: dict[str, Callable[[str], object]] = {
    "a_number": A_NUMBER.fullmatch,
    "birth_date": DATE.fullmatch,
    "booking_date": DATE.fullmatch,
    "hearing_date": DATE.fullmatch,
    "release_date": DATE.fullmatch,
    "deceased_on": DATE.fullmatch,
    "email": EMAIL.fullmatch,
    "ssn": SSN.fullmatch,
}


def plain_header(text: str) -> str:
    """Return a header in small letters, with single blanks and no marks."""
    return " ".join(re.sub(r"[^\w]+|_", " ", text.casefold()).split())


BY_HEADER = {header: element.code for element in ELEMENTS.values() for header in element.headers}


def suggest(header: str, cells: Sequence[str]) -> tuple[str, float]:
    """Return the likely element of a column ("" for none) and the share of cells that fit.

    The header decides; without a known header, only a pattern that nearly all cells fit.
    """
    code = BY_HEADER.get(plain_header(header), "")
    if code:
        return code, fitting(code, cells)
    if cells:
        for code in ("email", "ssn", "a_number"):
            if (share := fitting(code, cells)) >= 0.9:
                return code, share
    return "", 0.0


def fitting(code: str, cells: Sequence[str]) -> float:
    """Return the share (0 to 1) of non-empty cells that look like `code`."""
    full = [cell for cell in cells if cell]
    pattern = PATTERNS.get(code)
    if not full or pattern is None:
        return 1.0
    return sum(bool(pattern(cell)) for cell in full) / len(full)
