"""Normal forms of identifiers, so that two spellings of one number are equal. Pure."""

import re


def a_number(text: str) -> str:
    """Return an A-number as A and nine digits, or "" when it is none.

    Old numbers have seven or eight digits; spreadsheets lose leading zeros and add ".0".
    """
    text = re.sub(r"\.0$", "", text.strip())
    found = re.fullmatch(r"[Aa]?[\s#:.-]*((?:\d[\s.-]*){7,9})", text)
    if not found:
        return ""
    digits = re.sub(r"\D", "", found[1])
    return f"A{digits:0>9}" if int(digits) else ""


def plain(text: str) -> str:
    """Return any other identifier in capitals, letters and digits only."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def normal(kind: str, text: str) -> str:
    """Return the normal form of an identifier of `kind`, or "" when there is none."""
    return a_number(text) if kind == "a_number" else plain(text)
