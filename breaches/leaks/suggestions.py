"""Which data element a column probably holds. Pure: a person decides."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from breaches.leaks.vocabulary import ELEMENTS

A_NUMBER = re.compile(r"\s*A?[\s#-]*(\d[\s.-]*){7,9}\s*", re.IGNORECASE)
DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}[ -]\w{3,9}[ -]\d{2,4}"
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
PHONE = re.compile(r"\+?\(?\d[\d\s().-]{6,18}\d(\s*(x|ext)\.?\s*\d+)?", re.IGNORECASE)
PASSPORT = re.compile(r"[A-Z]{0,3}\d{5,9}[A-Z]?", re.IGNORECASE)
POSTCODE = re.compile(
    r"\d{5}(-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d", re.I
)
SEX = re.compile(r"m|f|x|u|male|female|man|woman|hombre|mujer|masculino|femenino|other", re.I)
IP = re.compile(r"\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]+", re.I)
IBAN = re.compile(r"[A-Z]{2}\d{2}([ ]?[A-Z0-9]{4}){2,7}[ ]?[A-Z0-9]{0,3}")

PATTERNS: dict[str, Callable[[str], object]] = {
    "a_number": A_NUMBER.fullmatch,
    **dict.fromkeys(
        (
            *("birth_date", "booking_date", "hearing_date", "release_date", "deceased_on"),
            *("arrival_date", "filing_date"),
        ),
        DATE.fullmatch,
    ),
    "email": EMAIL.fullmatch,
    "ssn": SSN.fullmatch,
    "phone": PHONE.fullmatch,
    "passport": PASSPORT.fullmatch,
    "postcode": POSTCODE.fullmatch,
    "sex": SEX.fullmatch,
    "ip_address": IP.fullmatch,
}
# Looked for in columns whose heading says nothing, the most particular first.
TELLING: dict[str, Callable[[str], object]] = {
    "email": EMAIL.fullmatch,
    "ssn": SSN.fullmatch,
    "financial": IBAN.fullmatch,
    "ip_address": IP.fullmatch,
    "a_number": A_NUMBER.fullmatch,
}
# Too general to be believed inside a longer heading, such as “name of court”.
GENERAL = frozenset(
    {
        *("id", "name", "first", "last", "middle", "status", "state", "country", "party", "court"),
        *("city", "family", "children", "login", "race", "health", "medical", "route", "charges"),
        *("pin", "comments", "notes", "nombre", "picture", "town", "sex", "faith", "vehicle", "ip"),
        *("location", "plate", "dl number", "receipt", "occupation", "username", "first name"),
    }
)


class Suggestion(NamedTuple):
    """A likely element ("" for none), the share of cells that fit it, and how sure we are."""

    element: str = ""
    fitting: float = 0.0
    confidence: float = 0.0


def plain_header(text: str) -> str:
    """Return a header in small letters, with single blanks and no marks."""
    return " ".join(re.sub(r"[^\w]+|_", " ", text.casefold()).split())


BY_HEADER = {header: element.code for element in ELEMENTS.values() for header in element.headers}
PHRASES = sorted((one for one in BY_HEADER if one not in GENERAL), key=len, reverse=True)


def suggest(header: str, cells: Sequence[str]) -> Suggestion:
    """Return what a column probably holds.

    A known heading decides; then words known from headings; then a pattern that nearly all
    cells fit. Cells that do not fit make us less sure.
    """
    plain = plain_header(header)
    code, trust = BY_HEADER.get(plain, ""), 1.0
    if not code and (phrase := next((one for one in PHRASES if f" {one} " in f" {plain} "), "")):
        code, trust = BY_HEADER[phrase], 0.7
    if code:
        share = fitting(code, cells)
        return Suggestion(code, share, trust * (0.3 + 0.7 * share))
    return _by_cells(cells)


def _by_cells(cells: Sequence[str]) -> Suggestion:
    full = [cell for cell in cells if cell]
    for code, fits in TELLING.items():
        share = sum(bool(fits(cell)) for cell in full) / len(full) if full else 0
        if share >= 0.9 and len(full) > 1:
            return Suggestion(code, share, 0.6 * share)
    return Suggestion()


def fitting(code: str, cells: Sequence[str]) -> float:
    """Return the share (0 to 1) of non-empty cells that look like `code`."""
    full = [cell for cell in cells if cell]
    pattern = PATTERNS.get(code)
    if not full or pattern is None:
        return 1.0
    return sum(bool(pattern(cell)) for cell in full) / len(full)
