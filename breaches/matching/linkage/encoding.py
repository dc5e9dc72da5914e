"""Two files as whole numbers over shared vocabularies, so that strings are compared once. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from breaches.matching.linkage import spelling
from breaches.matching.linkage.mapping import Mapping
from breaches.people import dates

Array = npt.NDArray[Any]
Table = dict[str, list[str]]


@dataclass
class Vocabulary:
    """Distinct values, each with its number; number 0 is the empty one."""

    values: list[str] = field(default_factory=lambda: [""])
    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def number(self, value: str) -> int:
        """Return the number of a value, a new one when it was never seen."""
        found = self.numbers.get(value)
        if found is None:
            found = self.numbers[value] = len(self.values)
            self.values.append(value)
        return found

    def encode(self, texts: Iterable[str], normal: Callable[[str], str]) -> Array:
        """Return the numbers of `texts` in their normal form."""
        known: dict[str, int] = {}
        out = []
        for text in texts:
            if text not in known:
                known[text] = self.number(normal(text))
            out.append(known[text])
        return np.array(out, np.int64)


@dataclass
class Side:
    """One file, encoded; columns are the ids and then the attributes, in the order of the map."""

    given: Array
    family: Array
    year: Array
    month: Array
    day: Array
    columns: list[Array]

    def __len__(self) -> int:
        return len(self.given)

    @property
    def dates(self) -> Array:
        """Return each birth date as one number; unknown parts are 0."""
        return np.asarray(self.year * 10_000 + self.month * 100 + self.day)


@dataclass
class Words:
    """The vocabularies of both files: one for names, one for each other column."""

    names: Vocabulary
    columns: list[Vocabulary]


def identifier(text: str) -> str:
    """Return an identifier in capitals, letters and digits; ".0" comes from spreadsheets."""
    return re.sub(r"[^0-9A-Z]", "", re.sub(r"\.0$", "", text.strip()).upper())


def attribute(text: str) -> str:
    """Return any other value in Latin small letters with single spaces."""
    return " ".join(spelling.latin(text).split())


def words_for(mapping: Mapping) -> Words:
    """Return empty vocabularies for what the map names."""
    count = len(mapping.ids) + len(mapping.compared)
    return Words(Vocabulary(), [Vocabulary() for _ in range(count)])


def encode(table: Table, mapping: Mapping, words: Words) -> Side:
    """Return one file as numbers."""
    count = len(table[mapping.id])
    given, family = _names(table, mapping, words.names, count)
    born = _born(table, mapping, count)
    columns = []
    for place, name in enumerate([*mapping.ids, *mapping.compared]):
        normal = identifier if place < len(mapping.ids) else attribute
        columns.append(words.columns[place].encode(table[name], normal))
    return Side(given, family, born[:, 0], born[:, 1], born[:, 2], columns)


def _names(table: Table, mapping: Mapping, names: Vocabulary, count: int) -> tuple[Array, Array]:
    nothing = [""] * count
    parts = [table[name] if name else nothing for name in (mapping.given, mapping.family)]
    full = table[mapping.full] if mapping.full else nothing
    known: dict[tuple[str, str, str], tuple[int, int]] = {}
    out = np.zeros((count, 2), np.int64)
    for row, key in enumerate(zip(*parts, full, strict=True)):
        if key not in known:
            given, family = spelling.split(*key)
            known[key] = names.number(given), names.number(family)
        out[row] = known[key]
    return out[:, 0].copy(), out[:, 1].copy()


def _born(table: Table, mapping: Mapping, count: int) -> Array:
    if not mapping.birth_date:
        return np.zeros((count, 3), np.int64)
    known: dict[tuple[str, ...], tuple[int, int, int]] = {}
    out = np.zeros((count, 3), np.int64)
    for row, key in enumerate(zip(*(table[name] for name in mapping.birth_date), strict=True)):
        if key not in known:
            known[key] = _whole(key) if len(key) == 3 else birth_date(key[0])
        out[row] = known[key]
    return out


def _whole(parts: Sequence[str]) -> tuple[int, int, int]:
    found = [re.match(r"\s*(\d{1,4})(\.0)?\s*$", part) for part in parts]
    year, month, day = (int(number[1]) if number else 0 for number in found)
    return year, month, day


def birth_date(text: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is unknown; impossible days stay as written."""
    text = re.sub(r"\.0$", "", text.strip())
    digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text) or re.fullmatch(
        r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?)?", text
    )
    if digits:
        year, month, day = (int(part or 0) for part in digits.groups())
        return year, month, day
    parsed = dates.parse(text)
    return _whole(parsed.split("-")) if parsed else (0, 0, 0)
