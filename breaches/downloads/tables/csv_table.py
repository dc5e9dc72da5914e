"""A table that a person wrote: CSV with the columns network, name, country. Pure.

Its first line is `# ` and the date it describes. A fourth column may give the number of the
autonomous system.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from ipaddress import ip_network
from typing import NamedTuple

from breaches.downloads.tables.network import Address, Entry, Unreadable


class Row(NamedTuple):
    """One range of addresses; versions apart because their numbers overlap."""

    version: int
    first: int
    last: int
    entry: Entry


class CsvTable:
    """A table in memory, looked up by bisection; its ranges must not overlap."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Read the lines. Raises Unreadable."""
        head, *rest = [*lines, ""]
        try:
            self.dated = date.fromisoformat(head.lstrip("# ").strip())
            self.rows = sorted(_row(fields) for fields in csv.reader(rest) if len(fields) >= 3)
        except ValueError as fault:
            raise Unreadable(f"The table of networks cannot be read: {fault}.") from fault
        self.keys = [row[:2] for row in self.rows]
        self.names = sorted({row.entry.name for row in self.rows})

    def find(self, address: Address) -> Entry | None:
        """Return the row that holds `address`, if any."""
        place = bisect_right(self.keys, (address.version, int(address))) - 1
        row = self.rows[place] if place >= 0 else None
        if row is None or row.version != address.version or row.last < int(address):
            return None
        return row.entry


def _row(fields: list[str]) -> Row:
    text, name, country, *more = (field.strip() for field in fields)
    net = ip_network(text, strict=False)
    number = int(more[0]) if more and more[0].isdecimal() else None
    entry = Entry(name, country, number)
    return Row(net.version, int(net.network_address), int(net.broadcast_address), entry)
