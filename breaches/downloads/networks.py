"""Which network an address belonged to, from a dated table kept on this machine. Pure.

The table is a CSV with the columns network, name, country; its first line is `# ` and the date
it describes. Without a table the answer is "unknown network" and nothing waits for it.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import NamedTuple

from breaches.downloads.addresses import plain


class NetworkName(NamedTuple):
    """A network's name, and of which day the table is."""

    name: str
    country: str
    source: str
    dated: date | None


UNKNOWN = NetworkName("", "", "", None)


class Row(NamedTuple):
    """One range of addresses; versions apart because their numbers overlap."""

    version: int
    first: int
    last: int
    name: str
    country: str


class Table:
    """A dated table in memory, looked up by bisection."""

    def __init__(self, lines: Iterable[str], source: str) -> None:
        head, *rest = lines
        self.dated = date.fromisoformat(head.lstrip("# ").strip())
        self.source = source
        self.rows = sorted(_row(*fields[:3]) for fields in csv.reader(rest) if len(fields) >= 3)
        self.keys = [row[:2] for row in self.rows]

    def name_of(self, address: str) -> NetworkName:
        """Return the name of the network of `address`, or UNKNOWN."""
        found = plain(address.partition("/")[0])
        if found is None:
            return UNKNOWN
        place = bisect_right(self.keys, (found.version, int(found))) - 1
        row = self.rows[place] if place >= 0 else None
        if row is None or row.version != found.version or row.last < int(found):
            return UNKNOWN
        return NetworkName(row.name, row.country, self.source, self.dated)


@lru_cache(maxsize=2)
def table(path: str) -> Table | None:
    """Return the table at `path`, or None where there is none."""
    if not path or not Path(path).is_file():
        return None
    return Table(Path(path).read_text().splitlines(), Path(path).name)


def name_of(address: str, path: str) -> NetworkName:
    """Return the network of `address` by the table at `path`, UNKNOWN without a table."""
    found = table(path)
    return found.name_of(address) if found else UNKNOWN


def _row(text: str, name: str, country: str) -> Row:
    net = ip_network(text.strip(), strict=False)
    return Row(
        net.version, int(net.network_address), int(net.broadcast_address), name.strip(), country
    )
