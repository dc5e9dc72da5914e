"""The user's own table in MaxMind's format (GeoLite2-ASN, dbip-asn and the like). Pure."""

from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from breaches.downloads.tables.network import Address, Entry, Unreadable

NAMES = ("autonomous_system_organization", "as_name", "asn_name", "organization", "name")
NUMBERS = ("autonomous_system_number", "asn")


class Mmdb:
    """A database in MaxMind's format; `find` takes what its record calls itself."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises OSError, Unreadable."""
        # A sixth of what the command needs to start, for a table that few bring.
        maxminddb = import_module("maxminddb")
        try:
            self.reader = maxminddb.open_database(path)
        except maxminddb.InvalidDatabaseError as fault:
            raise Unreadable(f"The table of networks cannot be read: {fault}.") from fault

    @property
    def dated(self) -> date:
        """Return the day on which the database was made."""
        return datetime.fromtimestamp(self.reader.metadata().build_epoch, UTC).date()

    def find(self, address: Address) -> Entry | None:
        """Return what the database says of `address`, if anything."""
        found = self.reader.get(address)
        if not isinstance(found, dict):
            return None
        record: dict[str, Any] = found
        country = record.get("country") or record.get("country_code") or ""
        if isinstance(country, dict):
            country = country.get("iso_code") or ""
        number = "".join(filter(str.isdecimal, str(_first(record, NUMBERS) or "")))
        return Entry(
            name=str(_first(record, NAMES) or ""),
            country=str(country),
            number=int(number) if number else None,
        )


def _first(record: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((record[name] for name in names if record.get(name)), None)
