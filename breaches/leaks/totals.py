"""Which rows of a table are totals and no people. Pure."""

import re

from breaches.leaks.dates import is_date
from breaches.leaks.suggestions import A_NUMBER

OF_WHAT = (
    r"of|for|all|the|in|general|totals?|number|count|rows?|records?|entries|people|persons?|detainees?"
    r"|individuals|detained|released|removed|custody|clients?|cases?|names?|page|de|personas|registros|casos|\d[\d.,]*"
)
LABEL = re.compile(
    r"(grand |sub|overall )?-?\s?(totals?|sum|count|suma|totales)"
    rf"(\s+({OF_WHAT}))*(\s*[:=].{{0,40}}|\s*\([^)]*\d[^)]*\))?",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"[-+]?[$€£]?\s?\d[\d.,]*\s?%?")


def is_total(cells: list[str]) -> bool:
    """Say whether a row is a total and nothing but amounts; Sum and Count are also surnames."""
    label = next(filter(None, cells), "")
    if len(label) >= 60 or not LABEL.fullmatch(label):
        return False
    return all(map(_is_amount, filter(None, cells[cells.index(label) + 1 :])))


def _is_amount(cell: str) -> bool:
    return bool(AMOUNT.fullmatch(cell)) and not A_NUMBER.fullmatch(cell) and not is_date(cell)
