"""One line of an address, named and normalised as Publication 28 says. Pure."""

import re
from typing import NamedTuple

from breaches.people.pub28.words import (
    DIRECTIONS,
    MILITARY_UNITS,
    SUFFIXES,
    UNITS,
    UNITS_ALONE,
    URBANIZATION,
)

PO_BOX = re.compile(
    r"(?:P\s*O|POST\s+OFFICE|POSTAL|APARTADO)?\s*(?:BOX|BX|BUZON|APARTADO|DRAWER|BIN)\s*#?\s*([A-Z]?\d[\w-]*|[A-Z])"
)
RURAL = re.compile(
    r"(?:RR|RFD|RD|RURAL\s+(?:ROUTE|RTE?)|R\s+R)\s*#?\s*(\d+)\s+BO?X\s*#?\s*([\w-]+)"
)
CONTRACT = re.compile(
    r"(?:HCR?|HIGHWAY\s+CONTRACT(?:\s+ROUTE)?|STAR\s+ROUTE)\s*#?\s*(\d+)\s+BO?X\s*#?\s*([\w-]+)"
)
MILITARY = re.compile(
    rf"({'|'.join(sorted(MILITARY_UNITS))})\s*#?\s*(\d+[A-Z]?)(?:\s+BO?X\s*#?\s*([\w-]+))?"
)
GENERAL = re.compile(r"GENERAL\s+DELIVERY|LISTA\s+DE\s+CORREOS|POSTE\s+RESTANTE")
CARE_OF = re.compile(r"(?:C/O|C\.O\.|CARE\s+OF|IN\s+CARE\s+OF|AL\s+CUIDADO\s+DE|A/C|%)\s*(.+)")
ATTENTION = re.compile(r"(?:ATTN?|ATTENTION)[:\s]+(.+)")
HOUSE = re.compile(r"\d[\w-]*(?:\s+\d/\d)?|[NSEW]\d+[NSEW]\d+")
# Route names of section 234: state, county and interstate roads keep the words of their number.
ROAD = re.compile(
    r"(?:(?:US|STATE|COUNTY|CO|INTERSTATE|FM|RANCH|FARM\s+TO\s+MARKET)\s+)?"
    r"(?:HWY|HIGHWAY|ROAD|RD|RTE|ROUTE|RT|CARR|CARRETERA|FM)\s+\d+\w*"
)


class Line(NamedTuple):
    """One line: what it is, and how it is written."""

    kind: str
    text: str


LEFT_OUT = str.maketrans(
    {**dict.fromkeys(',;:"()', " "), **dict.fromkeys("'\u2019"), "\u2013": "-"}
)
DELIVERS = frozenset({"street", "po_box", "rural", "contract", "military", "general", "urban"})


def plain(text: str) -> str:
    """Return a line in capitals without the marks that Publication 28 leaves out (section 222)."""
    text = text.upper()
    if "." in text:
        text = re.sub(r"\.(?!\d)|(?<!\d)\.", " ", text)
    return " ".join(text.translate(LEFT_OUT).split())


def understood(text: str) -> Line:
    """Name one line and return it in its standard form."""
    line = plain(text)
    if line[:1].isdigit():  # boxes and routes begin with their name
        return _spoken(line, line)
    for kind, pattern, form in (
        ("rural", RURAL, "RR {} BOX {}"),
        ("contract", CONTRACT, "HC {} BOX {}"),
        ("po_box", PO_BOX, "PO BOX {}"),
    ):
        if found := pattern.fullmatch(line):
            return Line(kind, form.format(*found.groups()))
    if found := MILITARY.fullmatch(line):
        box = f" BOX {found[3]}" if found[3] else ""
        return Line("military" if box else "unit", f"{found[1]} {found[2]}{box}")
    if GENERAL.fullmatch(line):
        return Line("general", "GENERAL DELIVERY")
    return _spoken(text, line)


def _spoken(text: str, line: str) -> Line:
    if found := CARE_OF.fullmatch(" ".join(text.upper().split())):
        return Line("care_of", f"C/O {plain(found[1])}")
    if found := ATTENTION.fullmatch(" ".join(text.upper().split())):
        return Line("attention", f"ATTN {plain(found[1])}")
    words = line.split()
    if words and words[0] in URBANIZATION and len(words) > 1:
        return Line("urbanization", " ".join(["URB", *words[1:]]))
    if _is_unit(words):
        return Line("unit", _unit(words))
    if HOUSE.match(line) and len(words) > 1 and words[0][:1] != "#":
        return Line("street", street(line))
    if words and words[0] in {"CALLE", "CARR", "CARRETERA", "AVENIDA"} and words[-1][:1].isdigit():
        return Line("street", line)
    return Line("other", line)


def street(line: str) -> str:
    """Return a street line: number, direction, name, suffix, direction, unit (section 23)."""
    house = HOUSE.match(line)
    number = house[0] if house else ""
    words, unit = _unit_apart(line[len(number) :].split())
    if ROAD.fullmatch(" ".join(words)):
        return " ".join(filter(None, [number, _road(words), unit]))
    return " ".join(filter(None, [number, " ".join(_named(words)), unit]))


def _named(words: list[str]) -> list[str]:
    """Shorten the suffix and the directions, never the name itself (sections 233, 234)."""
    before, after = [], []
    if len(words) > 2 and words[0] in DIRECTIONS and words[1] not in SUFFIXES:
        before, words = [DIRECTIONS[words[0]]], words[1:]
    if len(words) > 1 and words[-1] in DIRECTIONS and len(words) > 2:
        after, words = [DIRECTIONS[words[-1]]], words[:-1]
    if len(words) > 1 and words[-1] in SUFFIXES:
        words = [*words[:-1], SUFFIXES[words[-1]]]
    return [*before, *words, *after]


def _road(words: list[str]) -> str:
    long = {"HWY": "HIGHWAY", "RD": "ROAD", "RTE": "ROUTE", "RT": "ROUTE", "CO": "COUNTY"}
    return " ".join([*(long.get(word, word) for word in words[:-1]), words[-1]])


def _unit_apart(words: list[str]) -> tuple[list[str], str]:
    for place, word in enumerate(words):
        if place and (word in UNITS or word[:1] == "#") and _is_unit(words[place:]):
            return words[:place], _unit(words[place:])
    return words, ""


def _is_unit(words: list[str]) -> bool:
    if not words:
        return False
    if words[0][:1] == "#":
        return len("".join(words)) > 1 and len(words) <= 2
    if words[0] not in UNITS:
        return False
    if len(words) == 1:
        return UNITS[words[0]] in UNITS_ALONE
    rest = [word for word in words[1:] if word not in UNITS]
    return len(words) <= 4 and all(re.fullmatch(r"#?[\w/-]{1,6}", word) for word in rest)


def _unit(words: list[str]) -> str:
    """Return a unit: its kind, or # when that is not known (section 213)."""
    if words[0][:1] == "#":
        return f"# {' '.join(words)[1:].strip()}"
    parts = [UNITS.get(word, word.lstrip("#")) for word in words]
    return " ".join(part for part in parts if part)
