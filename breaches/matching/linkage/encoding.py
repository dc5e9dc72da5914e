"""Files as whole numbers over shared vocabularies, so that strings are compared once. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import spelling
from breaches.matching.linkage.mapping import Mapping
from breaches.matching.linkage.vocabulary import Array, Vocabulary
from breaches.people import dates

Table = dict[str, list[str]]
PARTS = ("given", "family", "year", "month", "day")


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


EXPONENT = re.compile(r"\d(\.\d+)?E\+?\d{1,2}")
DECIMALS = re.compile(r"\.0+$")
OTHER = re.compile(r"[^0-9A-Z]")
A_NUMBER = re.compile(r"A\d{7,9}")


def identifier(text: str) -> str:
    """Return an identifier in capitals, letters and digits, as it was before a spreadsheet.

    Spreadsheets add ".0", write long numbers as 2.00428102E+08, and drop leading zeros; an
    A-number is written with and without its letter and with 7 to 9 digits (8 CFR 1.2).
    """
    text = text.strip().upper()
    if not text.isalnum():
        if EXPONENT.fullmatch(text):
            text = f"{float(text):.0f}"
        text = OTHER.sub("", DECIMALS.sub("", text))
    if text.startswith("A") and A_NUMBER.fullmatch(text):
        text = text[1:]
    return text.lstrip("0") or text[:1]


def attribute(text: str) -> str:
    """Return any other value in Latin small letters with single spaces."""
    return " ".join(spelling.latin(text).split())


def words_for(mapping: Mapping) -> Words:
    """Return empty vocabularies for what the map names."""
    count = len(mapping.ids) + len(mapping.compared)
    return Words(Vocabulary(), [Vocabulary() for _ in range(count)])


def encode(table: Table, mapping: Mapping, words: Words) -> Side:
    """Return one file, or a piece of one, as numbers."""
    count = len(table[mapping.id])
    given, family = _names(table, mapping, words.names, count)
    born = _born(table, mapping, count)
    columns = []
    for place, name in enumerate([*mapping.ids, *mapping.compared]):
        normal = identifier if place < len(mapping.ids) else attribute
        columns.append(words.columns[place].encode(table[name], normal))
    return Side(given, family, born[0], born[1], born[2], columns)


def together(sides: Sequence[Side]) -> Side:
    """Return the pieces of one file as one."""
    columns = zip(*(side.columns for side in sides), strict=True)
    return side_of(
        {part: np.concatenate([getattr(side, part) for side in sides]) for part in PARTS},
        [np.concatenate(pieces) for pieces in columns],
    )


def some_rows(side: Side, rows: Array) -> Side:
    """Return some rows of a file."""
    parts = {part: getattr(side, part)[rows] for part in PARTS}
    return side_of(parts, [column[rows] for column in side.columns])


def side_of(parts: dict[str, Array], columns: list[Array]) -> Side:
    """Return a file from its parts by name."""
    return Side(columns=columns, **parts)


def _names(table: Table, mapping: Mapping, names: Vocabulary, count: int) -> tuple[Array, Array]:
    given, family = (
        names.encode(table[name], _joined_tokens) if name else np.zeros(count, np.int32)
        for name in (mapping.given, mapping.family)
    )
    if mapping.full:
        rows = np.flatnonzero((given == 0) & (family == 0)).tolist()
        texts = [table[mapping.full][row] for row in rows]
        parts = {text: spelling.split(text) for text in dict.fromkeys(texts)}
        names.take(name for pair in parts.values() for name in pair)
        given[rows] = [names.numbers[parts[text][0]] for text in texts]
        family[rows] = [names.numbers[parts[text][1]] for text in texts]
    return given, family


def _joined_tokens(text: str) -> str:
    return " ".join(spelling.tokens(text))


def _born(table: Table, mapping: Mapping, count: int) -> Array:
    if not mapping.birth_date:
        return np.zeros((3, count), np.int32)
    columns = [table[name] for name in mapping.birth_date]
    if len(columns) == 1:
        known = {text: birth_date(text) for text in dict.fromkeys(columns[0])}
        numbers = {text: place for place, text in enumerate(known)}
        places = np.fromiter(map(numbers.__getitem__, columns[0]), np.int64, count)
        parts = np.array(list(known.values()), np.int32).reshape(-1, 3)
        return np.ascontiguousarray(parts.T[:, places])
    parts = np.array([_whole(key) for key in zip(*columns, strict=True)], np.int32).reshape(-1, 3)
    return np.ascontiguousarray(parts.T)


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
