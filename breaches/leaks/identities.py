"""By what the rows of one file speak of the same person, before anybody is matched. Pure.

The strongest thing in a row decides. It counts people; who they are is settled by matching.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from breaches.leaks.dates import in_order

# A letter a rule, the surest first. It stands before the blind mark of a row.
RULES = {
    "a": "one A-number",
    "p": "one passport number",
    "s": "one Social Security number",
    "c": "one case number",
    "d": "one name and birth date",
    "n": "one name alone (at most so many)",
}
NUMBERS = {"a": "a_number", "p": "passport", "s": "ssn", "c": "case_number"}
PARTS = ("given_name", "middle_name", "family_name", "full_name", "native_name")
WORD = re.compile(r"\w+")


class Keys(NamedTuple):
    """What tells a person apart, to be made blind: "" where there is nothing."""

    rule: str = ""
    identity: str = ""
    name: str = ""


class Teller:
    """Tells by whom a row of one table is, given what its columns hold."""

    def __init__(self, elements: Mapping[int, str], orders: Mapping[int, str]) -> None:
        by_code: dict[str, list[int]] = {}
        for position, code in elements.items():
            by_code.setdefault(code, []).append(position)
        self.numbers = [
            (rule, position) for rule, code in NUMBERS.items() for position in by_code.get(code, [])
        ]
        self.names = [position for part in PARTS for position in by_code.get(part, [])]
        self.births = by_code.get("birth_date", [])[:1]
        self.orders = orders

    def keys(self, cells: list[str]) -> Keys:
        """Return what tells the person of a row."""
        width = len(cells)
        words = plain_name(" ".join([cells[at] for at in self.names if at < width]))
        born = next((cells[at] for at in self.births if at < width), "")
        if born:
            born = in_order(born, self.orders.get(self.births[0], ""))
        name = f"{words}|{born}" if words and born else ""
        for rule, at in self.numbers:
            if at < width and (number := plain_number(rule, cells[at])):
                return Keys(rule, number, name)
        if name:
            return Keys("d", name, name)
        return Keys("n", words, "") if words else Keys()


def plain_number(rule: str, text: str) -> str:
    """Return an identifier without what its spellings differ in."""
    if rule in "as":
        digits = "".join(filter(str.isdecimal, text.removesuffix(".0")))
        return digits.lstrip("0") if len(digits) >= 7 else ""
    return re.sub(r"[\W_]+", "", text).upper()


def plain_name(text: str) -> str:
    """Return a name without order, case, marks and accents."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(sorted(WORD.findall(text.casefold())))
