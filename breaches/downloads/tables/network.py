"""What a dated table says of one address. Pure."""

from datetime import date
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple, Protocol

Address = IPv4Address | IPv6Address


class Entry(NamedTuple):
    """One row of a table; fields that the table lacks stay empty."""

    name: str = ""
    country: str = ""  # ISO 3166-1, two letters
    number: int | None = None  # of the autonomous system
    flags: tuple[str, ...] = ()


class NetworkTable(Protocol):
    """A table on this machine, and the day that it describes."""

    @property
    def dated(self) -> date:
        """Return the day the table describes."""

    def find(self, address: Address) -> Entry | None:
        """Return what the table says of `address`, if anything."""


class Unreadable(Exception):
    """The table cannot be read; the text says why."""
