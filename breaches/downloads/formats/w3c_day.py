"""The day of lines that hold a clock alone, by the #Date line above them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from breaches.downloads.formats.line import NotALine
from breaches.downloads.formats.moments import iso

CLOCK = rb"(\d\d:\d\d:\d\d)"
MIDNIGHT = timedelta(hours=12)  # a clock that goes back by more has passed it
# Lines are not quite in order of time: one that is ahead by more is of the day before.
LATE = timedelta(hours=23)
DAY = timedelta(days=1)


class Day(NamedTuple):
    """The latest time that a log has reached, UTC: at first that of its header."""

    latest: datetime

    def at(self, clock: str) -> datetime:
        """Return the time of the next line, which holds this clock. Raises NotALine."""
        at = iso(f"{self.latest.date().isoformat()} {clock}".encode())
        try:
            if self.latest - at > MIDNIGHT:
                return at + DAY
            return at - DAY if at - self.latest > LATE else at
        except OverflowError as fault:
            raise NotALine("time") from fault

    def stamp(self, columns: Sequence[str]) -> Callable[[bytes], int | None]:
        """Return what reads a line's time in seconds since 1970."""
        place = _place(columns)

        def stamp(line: bytes) -> int | None:
            found = place.match(b"\n" + line)
            try:
                return int(self.at(found[1].decode()).timestamp()) if found else None
            except NotALine:
                return None

        return stamp

    def hours(self, columns: Sequence[str], text: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield where each new hour begins in `text`, and at its end, and the #Date line for it.

        The lines between two of them are read by the first: none is an hour ahead of it.
        """
        lines, day, at = b"\n" + text, self, 0
        while found := _place(columns, day.latest.hour).search(lines, at):
            at = found.end()
            day = day.reached(_clock_before(lines, found.start(), columns))
            later = day.reached(found[1])
            if later.latest > day.latest:
                day = later
                yield found.start(), day.header
        yield len(text), day.reached(_clock_before(lines, len(lines), columns)).header

    def reached(self, clock: bytes) -> Day:
        """Return the Day after a line with this clock."""
        try:
            return Day(max(self.latest, self.at(clock.decode())))
        except NotALine:
            return self

    @property
    def header(self) -> bytes:
        """Return the line that a log could go on after."""
        return f"#Date: {self.latest.replace(tzinfo=None).isoformat(' ')}".encode()


def _place(columns: Sequence[str], hour: int | None = None) -> re.Pattern[bytes]:
    """Return what finds the clock of each line after a line end, but none in this hour."""
    words = rb"\n(?:[^ \t#\r\n][^ \t\r\n]*[ \t]+){%d}" % columns.index("time")
    return re.compile(words + (b"" if hour is None else b"(?!%02d:)" % hour) + CLOCK)


def _clock_before(lines: bytes, stop: int, columns: Sequence[str]) -> bytes:
    """Return the clock of the last line before `stop`, or nothing."""
    start = lines.rfind(b"\n", 0, max(stop - 1, 0))
    found = _place(columns).match(lines, start) if start >= 0 else None
    return found[1] if found else b""


def day_of(header: bytes) -> Day | None:
    """Return the Day of a #Date line, or None if it names none; without a clock it is noon."""
    said = header.partition(b":")[2].strip()
    for text in (said, said + b" 12:00:00"):
        try:
            return Day(iso(text).astimezone(UTC))
        except NotALine:
            continue
    return None
