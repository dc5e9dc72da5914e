"""Reading the mapped columns of a CSV. Pure.

A file that cannot be read for certain is refused: cells in the wrong columns would link people to
strangers.
"""

import csv
import io
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.mapping import BadMap, Mapping, columns

DELIMITERS = ",;\t|"
csv.field_size_limit(1_000_000)  # as in breaches/leaks/texts.py: what one reads, the other links
SHOWN = 5  # line numbers


class Record(NamedTuple):
    """The cells of a row with the first and the last line that it stands on."""

    begins: int
    ends: int
    cells: list[str]


def read(path: Path, mapping: Mapping) -> tuple[Table, list[str]]:
    """Return the mapped columns and what is doubtful about the file.

    Raises BadMap when it cannot be read, a column is not there or a row has no id.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return _read(path.name, file, mapping)
    except UnicodeDecodeError as fault:
        raise BadMap(f"{path.name} is not UTF-8 text: save it as a CSV in UTF-8.") from fault
    except io.UnsupportedOperation as fault:
        raise BadMap(f"{path.name} can be read only once: save it as a file first.") from fault


def _read(name: str, file: TextIO, mapping: Mapping) -> tuple[Table, list[str]]:
    wanted = columns(mapping)
    records = _records(name, file, _delimiter(file, wanted))
    places = _places(name, next(records, Record(1, 1, [])).cells, wanted)
    table: Table = {column: [] for column in wanted}
    lines, broken = array("Q"), array("Q")
    for begins, ends, cells in records:
        if not any(map(str.strip, cells)):
            continue
        lines.append(begins)
        if ends > begins:
            broken.append(begins)
        for column, place in places.items():
            table[column].append(cells[place].strip() if place < len(cells) else "")
    return table, [*_of_breaks(name, broken), *_of_ids(name, table[mapping.id], lines)]


def _delimiter(file: TextIO, wanted: list[str]) -> str:
    """Return what the columns are separated by: that which separates most of those wanted."""

    def missing(delimiter: str) -> int:
        file.seek(0)
        try:
            header = next(csv.reader(file, delimiter=delimiter, skipinitialspace=True), [])
        except csv.Error:
            return len(wanted)
        return len(set(map(_plain, wanted)) - set(map(_plain, header)))

    return min(DELIMITERS, key=missing)


def _records(name: str, file: TextIO, delimiter: str) -> Iterator[Record]:
    """Yield the header and the rows. Raises BadMap at a quotation that swallows what follows."""
    file.seek(0)
    reader = csv.reader(file, delimiter=delimiter, skipinitialspace=True, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield Record(begins, reader.line_num, cells)
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise BadMap(
            f"{name} cannot be read from line {begins} on: a quotation mark that opens there is "
            f"not closed at the end of its cell ({fault}). Remove it, or write those inside of a "
            "quoted cell twice."
        ) from fault


def _places(name: str, header: list[str], wanted: list[str]) -> dict[str, int]:
    """Return where each column stands. Raises BadMap when it does so nowhere or twice.

    The header is not quoted: a file without one has a person in that place.
    """
    found = [_plain(column) for column in header]
    if not any(found):
        raise BadMap(f"{name} is empty: its first line must name the columns.")
    for column in wanted:
        count = found.count(_plain(column))
        if not count:
            raise BadMap(f"{name} has no column {column!r}; its first line must name the columns.")
        if count > 1:
            raise BadMap(f"{name} has {count} columns named {column!r}: rename all but one.")
    return {column: found.index(_plain(column)) for column in wanted}


def _plain(column: str) -> str:
    return " ".join(column.split())


def _of_breaks(name: str, lines: Sequence[int]) -> Iterator[str]:
    if lines:
        yield (
            f"{name}: rows that run over several lines: {len(lines):,} ({_first(lines)}). If they "
            "should not, a quotation mark there stands where none belongs."
        )


def _of_ids(name: str, ids: list[str], lines: Sequence[int]) -> Iterator[str]:
    """Yield what is said of ids that several rows share: they may be one person's.

    Raises BadMap when a row has none: its pairs would lead to nobody.
    """
    without = [line for one, line in zip(ids, lines, strict=True) if not one]
    if without:
        raise BadMap(
            f"{name}: rows without an id: {len(without):,} ({_first(without)}). Nobody could tell "
            "which row a pair means: give each an id, such as its number."
        )
    counts = Counter(ids)
    if len(counts) < len(ids):
        shared = [line for one, line in zip(ids, lines, strict=True) if counts[one] > 1]
        yield (
            f"{name}: rows that share their id with another: {len(shared):,} ({_first(shared)}). "
            "Pairs name the id alone: unless it means one person, nobody can tell these rows apart."
        )


def _first(lines: Sequence[int]) -> str:
    shown = ", ".join(map(str, lines[:SHOWN]))
    return f"line{'s' * (len(lines) > 1)} {shown}{' and more' * (len(lines) > SHOWN)}"
