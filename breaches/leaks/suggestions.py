"""Which data element a column probably holds. Pure: a person decides."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from breaches.leaks.dates import is_date
from breaches.leaks.header_words import by_words, in_words, named

# Without the letter only in threes: 1990-01-05 and 02134-1230 have eight and nine digits, too.
A_NUMBER = re.compile(
    r"\s*(A[\s#:.-]*(\d[\s.-]*){7,9}|#?\s*\d{1,3}([\s.-]?)\d{3}\3\d{3}(\.0)?\s*)", re.IGNORECASE
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
PHONE = re.compile(r"\+?\(?\d[\d\s().-]{6,18}\d(\s*(x|ext)\.?\s*\d+)?", re.IGNORECASE)
PASSPORT = re.compile(r"[A-Z]{0,3}\d{5,9}[A-Z]?", re.IGNORECASE)
POSTCODE = re.compile(
    r"\d{5}(-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d", re.I
)
SEX = re.compile(r"m|f|x|u|male|female|man|woman|hombre|mujer|masculino|femenino|other", re.I)
IP = re.compile(r"\d{1,3}(\.\d{1,3}){3}|([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=.*::)[0-9a-f:]+", re.I)
IBAN = re.compile(r"[A-Z]{2}\d{2}([ ]?[A-Z0-9]{4}){2,7}[ ]?[A-Z0-9]{0,3}")

PATTERNS: dict[str, Callable[[str], object]] = {
    "a_number": A_NUMBER.fullmatch,
    **dict.fromkeys(
        (
            *("birth_date", "booking_date", "hearing_date", "release_date", "deceased_on"),
            *("arrival_date", "filing_date"),
        ),
        is_date,
    ),
    "email": EMAIL.fullmatch,
    "ssn": SSN.fullmatch,
    "phone": lambda cell: PHONE.fullmatch(cell) and not is_date(cell),
    "passport": PASSPORT.fullmatch,
    "postcode": POSTCODE.fullmatch,
    "sex": SEX.fullmatch,
    "ip_address": IP.fullmatch,
}
# Looked for in columns whose heading says nothing, the most particular first. Of a date nobody can
# say which it is; but it is no number.
TELLING: dict[str, Callable[[str], object]] = {
    "": is_date,
    "email": EMAIL.fullmatch,
    "ssn": SSN.fullmatch,
    "financial": IBAN.fullmatch,
    "ip_address": IP.fullmatch,
    "a_number": A_NUMBER.fullmatch,
}


class Suggestion(NamedTuple):
    """A likely element ("" for none), the share of cells that fit it, and how sure we are."""

    element: str = ""
    fitting: float = 0.0
    confidence: float = 0.0


def suggest(header: str, cells: Sequence[str]) -> Suggestion:
    """Return what a column probably holds.

    A known heading decides; then words known from headings; then a pattern that nearly all
    cells fit. Cells that do not fit make us less sure.
    """
    code, trust = named(header), 1.0
    if not code:
        found, trust = by_words(in_words(header)), 0.7
        if found is None:
            return _by_cells(cells)
        code = found
    share = fitting(code, cells)
    return Suggestion(code, share, trust * (0.3 + 0.7 * share)) if code else Suggestion()


def _by_cells(cells: Sequence[str]) -> Suggestion:
    full = [cell for cell in cells if cell]
    for code, fits in TELLING.items():
        share = sum(bool(fits(cell)) for cell in full) / len(full) if full else 0
        if share >= 0.9 and len(full) > 1:
            return Suggestion(code, share, 0.6 * share) if code else Suggestion()
    return Suggestion()


def fitting(code: str, cells: Sequence[str]) -> float:
    """Return the share (0 to 1) of non-empty cells that look like `code`."""
    full = [cell for cell in cells if cell]
    pattern = PATTERNS.get(code)
    if not full or pattern is None:
        return 1.0
    return sum(bool(pattern(cell)) for cell in full) / len(full)
