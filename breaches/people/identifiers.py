"""Identifiers: one normal form for all spellings, and a sentence for what is wrong. Pure."""

import re
from collections.abc import Callable

from stdnum.us import ssn as us_ssn

# Values and weights of check digits in machine-readable zones: ICAO Doc 9303 part 3, 4.9.
_MRZ = {letter: value for value, letter in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_WEIGHTS = (7, 3, 1)
MRZ_LINE = re.compile(r"([A-Z0-9<]{9})([0-9<])[A-Z<]{3}\d{6}\d[MFX<]\d{6}\d[A-Z0-9<]{14}[0-9<]\d")
# The parts of a number of the courts: a nine-digit A-number after the letter (EOIR).
RECEIPT = re.compile(r"(?:EAC|WAC|LIN|SRC|NBC|MSC|IOE|YSC)\d{10}")


A_NUMBER = re.compile(r"[Aa]?[\s#:.-]*((?:\d[\s.-]*){7,9})")
CALLED = re.compile(
    r"^(?:alien|uscis|file|registration)?\s*(?:number|no\.?|#)\s*:?\s*", re.IGNORECASE
)


def a_number(text: str) -> str:
    """Return an A-number as A and nine digits, or "" when it is none.

    Old numbers have seven or eight digits; spreadsheets lose leading zeros and add ".0".
    """
    text = text.strip().removesuffix(".0")
    found = A_NUMBER.fullmatch(text) or A_NUMBER.fullmatch(CALLED.sub("", text))
    if not found:
        return ""
    digits = "".join(filter(str.isdecimal, found[1]))
    return f"A{digits:0>9}" if int(digits) else ""


def passport(text: str) -> str:
    """Return a passport number in capitals without marks; of a whole MRZ line, the number in it."""
    line = re.sub(r"\s", "", text.upper())
    if MRZ_LINE.fullmatch(line):
        return line[:9].replace("<", "")
    return plain(text)


def plain(text: str) -> str:
    """Return any other identifier in capitals, letters and digits only."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def normal(kind: str, text: str) -> str:
    """Return the normal form of an identifier of `kind`, or "" when there is none."""
    return {"a_number": a_number, "passport": passport}.get(kind, plain)(text)


def check_digit(field: str) -> int:
    """Return the check digit of a field of a machine-readable zone (Doc 9303-3, 4.9)."""
    values = (_MRZ.get(letter, 0) for letter in field)
    return sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10


def problem(kind: str, text: str) -> str:
    """Say what is wrong with an identifier as it is written, or nothing at all."""
    return PROBLEMS[kind](text) if text.strip() and kind in PROBLEMS else ""


def _a_number_problem(text: str) -> str:
    digits = re.sub(r"\D", "", re.sub(r"\.0$", "", text))
    if a_number(text):
        return ""
    if re.fullmatch(r"\s*\d(?:\.\d+)?[eE]\+?\d+\s*", text):
        return "the A-number was turned into a rounded number by a spreadsheet; ask for it anew"
    if 7 <= len(digits) <= 9:
        return "the A-number has letters or marks that do not belong in it"
    return "the A-number has not seven to nine digits"


def _passport_problem(text: str) -> str:
    line = re.sub(r"\s", "", text.upper())
    if MRZ_LINE.fullmatch(line) and str(check_digit(line[:9])) != line[9]:
        return "the check digit of the passport number is wrong; compare it with the passport"
    if "<" in line and not MRZ_LINE.fullmatch(line):
        return "the machine-readable line of the passport has not 44 characters"
    if not 5 <= len(plain(text)) <= 12 and not MRZ_LINE.fullmatch(line):
        return "the passport number has not five to twelve letters and digits"
    return "" if re.search(r"\d", text) else "the passport number has no digit"


def _ssn_problem(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if len(digits) != 9:
        return "the Social Security number has not nine digits"
    if us_ssn.is_valid(digits):
        return ""
    return "no Social Security number with these digits is ever given out"


def _case_number_problem(text: str) -> str:
    found = plain(text)
    if re.fullmatch(r"[A-Z]{3}\d+", found) and not RECEIPT.fullmatch(found) and len(found) >= 12:
        return "the receipt number has not three letters and ten digits"
    return "" if re.search(r"\d", found) else "the case number has no digit"


PROBLEMS: dict[str, Callable[[str], str]] = {
    "a_number": _a_number_problem,
    "passport": _passport_problem,
    "ssn": _ssn_problem,
    "case_number": _case_number_problem,
}
