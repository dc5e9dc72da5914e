"""Which network an address belonged to, from a dated table kept on this machine. Pure.

Nothing is asked of anybody: a look-up elsewhere would tell others whom we look for. Without a
table the answer is "unknown network" and nothing waits for it.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from breaches.downloads.addresses import plain
from breaches.downloads.tables.csv_table import CsvTable
from breaches.downloads.tables.libloc import MAGIC, LibLoc
from breaches.downloads.tables.mmdb import Mmdb
from breaches.downloads.tables.network import NetworkTable, Unreadable


class NetworkName(NamedTuple):
    """A network's name, by which table, and of which day that table is."""

    name: str = ""
    country: str = ""
    source: str = ""
    dated: date | None = None
    number: int | None = None  # of the autonomous system
    flags: tuple[str, ...] = ()

    @property
    def operator(self) -> str:
        """Return what all networks of one operator have in common, "" where it is not known."""
        return f"AS{self.number}" if self.number else self.name

    @property
    def words(self) -> str:
        """Return the network as it is printed, always with the date of the table."""
        if self.dated is None:
            return "unknown network"
        as_of = f"(table of {self.dated.isoformat()})"
        if not self.name and self.number is None:
            return f"unknown network {as_of}"
        number = f"AS{self.number}" if self.number else ""
        parts = [self.name, number, self.country, *self.flags]
        return f"{', '.join(part for part in parts if part)} {as_of}"


UNKNOWN = NetworkName()


def name_of(address: str, path: str) -> NetworkName:
    """Return the network of `address` by the table at `path`, UNKNOWN without a good table."""
    found = plain(address.partition("/")[0])
    try:
        table = table_at(path)
    except Unreadable:
        return UNKNOWN
    if table is None:
        return UNKNOWN
    entry = table.find(found) if found else None
    source = Path(path).name
    if entry is None:
        return NetworkName(source=source, dated=table.dated)
    return NetworkName(entry.name, entry.country, source, table.dated, entry.number, entry.flags)


def dated(path: str) -> date | None:
    """Return the day that the table at `path` describes, or None without a good table."""
    try:
        table = table_at(path)
    except Unreadable:
        return None
    return table.dated if table else None


@lru_cache(maxsize=2)
def table_at(path: str) -> NetworkTable | None:
    """Return the table at `path` by its first bytes, or None where there is none.

    Raises Unreadable.
    """
    place = Path(path)
    if not path or not place.is_file():
        return None
    with place.open("rb") as file:
        first = file.read(len(MAGIC))
    try:
        if first == MAGIC:
            return LibLoc(place)
        if first.startswith(b"#"):
            return CsvTable(place.read_text().splitlines())
        return Mmdb(place)
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"The table of networks at {path} cannot be read.") from fault
