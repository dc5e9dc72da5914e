"""The day of lines that hold a clock alone, by the #Date line above them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from breaches.downloads.formats.line import NotALine
from breaches.downloads.formats.moments import iso

CLOCK = rb"(\d\d:\d\d:\d\d)"


class Day(NamedTuple):
    """When a header was written, UTC. A log goes on past midnight under the same header."""

    since: datetime

    def at(self, clock: str) -> str:
        """Return the ISO time of the first such clock after the header. Raises NotALine."""
        at = iso(f"{self.since:%Y-%m-%d} {clock}".encode())
        return (at if at >= self.since else at + timedelta(days=1)).isoformat()

    def stamp(self, columns: Sequence[str]) -> Callable[[bytes], int | None]:
        """Return what reads a line's time in seconds since 1970."""
        before = columns.index("time")
        place = re.compile(rb"(?:[^ \t#][^ \t]*[ \t]+){%d}" % before + CLOCK)

        def stamp(line: bytes) -> int | None:
            found = place.match(line)
            try:
                return int(iso(self.at(found[1].decode()).encode()).timestamp()) if found else None
            except NotALine:
                return None

        return stamp


def day_of(header: bytes) -> Day | None:
    """Return the Day of a #Date line, or None if it names none; without a clock it is midnight."""
    said = header.partition(b":")[2].strip()
    for text in (said, said + b" 00:00:00"):
        try:
            return Day(iso(text).astimezone(UTC))
        except NotALine:
            continue
    return None
