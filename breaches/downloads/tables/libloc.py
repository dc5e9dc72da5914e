"""The location database of IPFire (Debian: libloc-database, CC BY-SA 4.0), version 1. Pure.

Layout, all numbers big-endian, from libloc's src/libloc/format.h: "LOCDBXX" and a version byte;
a header of offsets; a binary tree over the 128 bits of an address (IPv4 as ::ffff:0:0/96) whose
nodes may point at a network (country, number of the autonomous system, flags); the names of
the systems sorted by number; a pool of texts, each ended by a zero byte.
"""

import struct
from datetime import UTC, date, datetime
from ipaddress import IPv4Address
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from breaches.downloads.tables.network import Address, Entry, Unreadable

MAGIC = b"LOCDBXX\x01"
HEADER = struct.Struct(">Q3I10I")
NODE = struct.Struct(">3I")
NETWORK = struct.Struct(">2s2xIH2x")
SYSTEM = struct.Struct(">2I")
NOWHERE = 0xFFFFFFFF
FLAGS = {
    1: "anonymous proxy",
    2: "satellite provider",
    4: "anycast",
    8: "hostile network, by the table's maker",
}
V4_INSIDE_V6 = 0xFFFF << 32


class Part(NamedTuple):
    """A part of the file, in bytes."""

    offset: int
    length: int


class LibLoc:
    """The database, mapped into memory and read where it is asked."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raises OSError, Unreadable."""
        with path.open("rb") as file:
            self.data = mmap(file.fileno(), 0, access=ACCESS_READ)
        if self.data[: len(MAGIC)] != MAGIC:
            raise Unreadable("The table is not a location database of version 1.")
        created, _, _, _, *parts = HEADER.unpack_from(self.data, len(MAGIC))
        self.created: int = created
        pairs = zip(parts[::2], parts[1::2], strict=True)
        self.systems, self.networks, self.tree, _, self.pool = (Part(*pair) for pair in pairs)

    @property
    def dated(self) -> date:
        """Return the day on which the database was made."""
        return datetime.fromtimestamp(self.created, UTC).date()

    def find(self, address: Address) -> Entry | None:
        """Return the smallest network around `address` that the database knows."""
        bits = int(address) | (V4_INSIDE_V6 if isinstance(address, IPv4Address) else 0)
        node, found, left = 0, NOWHERE, 128
        while True:
            zero, one, network = NODE.unpack_from(self.data, self.tree.offset + node * NODE.size)
            found = network if network != NOWHERE else found
            left -= 1
            node = 0 if left < 0 else one if bits >> left & 1 else zero
            if not node:
                break
        return None if found == NOWHERE else self._entry(found)

    def _entry(self, number: int) -> Entry:
        at = self.networks.offset + number * NETWORK.size
        country, system, flags = NETWORK.unpack_from(self.data, at)
        return Entry(
            name=self._name(system),
            country=country.decode("ascii", "replace").strip("\0"),
            number=system or None,
            flags=tuple(words for bit, words in FLAGS.items() if flags & bit),
        )

    def _name(self, sought: int) -> str:
        low, high = 0, self.systems.length // SYSTEM.size
        while low < high:
            middle = (low + high) // 2
            at = self.systems.offset + middle * SYSTEM.size
            number, name = SYSTEM.unpack_from(self.data, at)
            if number == sought:
                return self._text(name)
            low, high = (middle + 1, high) if number < sought else (low, middle)
        return ""

    def _text(self, offset: int) -> str:
        start = self.pool.offset + offset
        return self.data[start : self.data.find(b"\0", start)].decode("utf-8", "replace")
