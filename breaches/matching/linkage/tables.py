"""Reading the two files and writing the pairs. Pure."""

import csv
from collections.abc import Iterable
from pathlib import Path

from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.mapping import BadMap, Mapping, columns

DELIMITERS = ",;\t|"


def read(path: Path, mapping: Mapping) -> Table:
    """Return the mapped columns of a CSV. Raises BadMap when one is not there."""
    try:
        return _read(path, columns(mapping))
    except UnicodeDecodeError as fault:
        raise BadMap(f"{path.name} is not UTF-8 text: save it as a CSV in UTF-8.") from fault
    except csv.Error as fault:
        raise BadMap(f"{path.name} is not a CSV that can be read: {fault}.") from fault


def _read(path: Path, wanted: list[str]) -> Table:
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = csv.reader(file, delimiter=_delimiter(path, file.readline(), wanted),
                           skipinitialspace=True)  # fmt: skip
        file.seek(0)
        header = [name.strip() for name in next(lines)]
        places = {name: header.index(name) for name in wanted}
        table: Table = {name: [] for name in wanted}
        for line in lines:
            if not line:
                continue
            for name, place in places.items():
                table[name].append(line[place].strip() if place < len(line) else "")
    return table


def _delimiter(path: Path, header: str, wanted: list[str]) -> str:
    """Return what the columns are separated by. Raises BadMap when one of them is not there.

    The header is not quoted: a file without one has a person in that place.
    """
    if not header.strip():
        raise BadMap(f"{path.name} is empty: its first line must name the columns.")
    missing = wanted
    for delimiter in DELIMITERS:
        names = {name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])}
        left = [name for name in wanted if name not in names]
        if not left:
            return delimiter
        missing = min(missing, left, key=len)
    raise BadMap(f"{path.name} has no column {missing[0]!r}; its first line must name the columns.")


def write(path: Path, header: list[str], lines: Iterable[list[object]]) -> None:
    """Write a CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(lines)
