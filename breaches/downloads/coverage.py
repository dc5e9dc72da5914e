"""What a log covers: first and last time, silent spans, broken clocks. Pure, O(hours) memory."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import log
from typing import Any, NamedTuple

import numpy as np

from breaches.downloads.formats.moments import stamp_clf
from breaches.downloads.lines import Lines, Piece

LEAST_LINES, MOST_LINES = 16, 2048  # between two times that are read
EACH = 1000  # so many lines first are all read: a short log shows its clock too
UNUSUAL_LINES = 12  # so many usual steps more than it has lines, and each line is read
HOUR = 3600
LEAST_GAP = 60
KEPT_GAPS = 60
BACKWARDS = 60
LEAST_SAMPLES = 100


class Gap(NamedTuple):
    """A span without a line, in seconds since 1970."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        return self.end - self.start


@dataclass
class Coverage:
    """Gathered block by block; goes to JSON and back so that a reading can be resumed."""

    first: int | None = None
    last: int | None = None
    latest: int | None = None  # of the newest sample, in the order of the file
    samples: int = 0
    backwards: int = 0
    pace: float = 0.0  # seconds from line to line, lately
    minutes: Counter[int] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)
    gaps: list[Gap] = field(default_factory=list)
    stamp: Callable[[bytes], int | None] = stamp_clf  # reads the times of this log's format

    def feed(self, block: Lines) -> None:
        """Take in the times of one block."""
        pieces = list(block.pieces(self.step))
        times = [self.stamp(block.line_at(piece.start)) for piece in pieces]
        times.append(self.stamp(block.last_line))
        for piece, at, until in zip(pieces, times, times[1:], strict=False):
            if at is not None:
                self._sample(block, piece, at, at if until is None else until)
        self._step(times[-1])

    @property
    def step(self) -> int:
        """Return after how many lines the next time is read.

        So many as usually come in half the shortest gap: then a piece that holds a gap lasts
        longer than the shortest gap, and all its lines are read.
        """
        if self.samples < EACH:
            return 1
        usual = int(LEAST_GAP / 2 / self.pace) if self.pace > 0 else LEAST_LINES
        return min(max(usual, LEAST_LINES), MOST_LINES)

    def _sample(self, block: Lines, piece: Piece, at: int, until: int) -> None:
        self.samples += 1
        self.minutes[at // 60 % 60] += 1
        if max(at if self.latest is None else self.latest, at) - min(at, until) > BACKWARDS:
            self.backwards += 1
        self._step(at)
        lasts = until - at
        usual = (piece.lines + UNUSUAL_LINES) * self.pace
        if lasts >= max(LEAST_GAP, usual):
            self._each_line(block.text[piece.start : piece.stop])
        else:
            self._steadily(piece.lines, at, until)
        self.pace += (max(lasts, 0) / piece.lines - self.pace) / 16

    def _steadily(self, lines: int, at: int, until: int) -> None:
        """Take lines as spread evenly from `at` to `until`, be there a full hour between or not."""
        next_hour = (at // HOUR + 1) * HOUR
        early = lines if until < next_hour else lines * (next_hour - at) // (until - at)
        self.hours[at // HOUR] += early
        if early < lines:
            self.hours[until // HOUR] += lines - early
        self._reach(until)

    def _each_line(self, text: bytes) -> None:
        for line in text.split(b"\n"):
            if (at := self.stamp(line)) is not None:
                self._step(at)
                self.hours[at // HOUR] += 1

    def _step(self, at: int | None) -> None:
        if at is None:
            return
        if self.latest is not None and at - self.latest >= LEAST_GAP:
            self.gaps.append(Gap(self.latest, at))
            if len(self.gaps) > 2 * KEPT_GAPS:
                self._keep_longest()
        self._reach(at)

    def _reach(self, at: int) -> None:
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)
        self.latest = at

    def _keep_longest(self) -> None:
        self.gaps = sorted(self.gaps, key=lambda gap: -gap.seconds)[:KEPT_GAPS]

    @property
    def clock_fault(self) -> str:
        """Say what is wrong with the times: "constant minute", "unordered" or nothing."""
        span = (self.last or 0) - (self.first or 0)
        # A few lines show it only if they stand in several hours.
        if self.samples >= LEAST_SAMPLES or (
            min(self.samples, len(self.hours)) > 3 and span > 6 * HOUR
        ):
            if span > 3 * HOUR and max(self.minutes.values()) >= 0.99 * self.samples:
                return "constant minute"
            if self.backwards > max(5, 0.02 * self.samples):
                return "unordered"
        return ""

    def silences(self, opened: int | None, closed: int | None) -> list[Gap]:
        """Return the silent spans that touch the window and are far from usual, in order."""
        if self.clock_fault:
            return []
        touching = [
            gap
            for gap in self.gaps
            if (closed is None or gap.start < closed) and (opened is None or gap.end > opened)
        ]
        return sorted(gap for gap in touching if gap.seconds >= self._unusual(gap))

    def _unusual(self, gap: Gap) -> float:
        """Return the seconds of silence that chance alone hardly brings at this time of day.

        For n lines at a steady rate the longest silence is about ln(n)/rate; three times that
        is kept as the mark.
        """
        at_this_time = [
            lines
            for hour, lines in self.hours.items()
            if hour % 24 == gap.start // HOUR % 24 and hour != gap.start // HOUR
        ]
        usual = float(np.median(at_this_time or [*self.hours.values()] or [0]))
        if usual < 1:
            return float("inf")
        return max(LEAST_GAP, 3 * HOUR * log(max(sum(self.hours.values()), 3)) / usual)

    def to_json(self) -> dict[str, Any]:
        """Return numbers only, fit for a JSON column."""
        self._keep_longest()
        return {
            "first": self.first,
            "last": self.last,
            "latest": self.latest,
            "samples": self.samples,
            "backwards": self.backwards,
            "pace": self.pace,
            "minutes": {str(key): count for key, count in self.minutes.items()},
            "hours": {str(key): count for key, count in self.hours.items()},
            "gaps": [list(gap) for gap in self.gaps],
            "fault": self.clock_fault,
        }


def together(covers: Iterable[Coverage]) -> Coverage:
    """Return what several logs cover together: all their lines, and the spans between them.

    Silences inside one log are its own: beside another server's log they are silences still.
    """
    made = Coverage()
    dated = [cover for cover in covers if cover.first is not None]
    for cover in sorted(dated, key=lambda cover: cover.first or 0):
        if made.last is not None and cover.first and cover.first - made.last >= LEAST_GAP:
            made.gaps.append(Gap(made.last, cover.first))
        made.hours += cover.hours
        made.first = cover.first if made.first is None else made.first
        made.last = max(cover.last or 0, made.last if made.last is not None else cover.last or 0)
    return made


def from_json(data: dict[str, Any]) -> Coverage:
    """Return the Coverage that `to_json` wrote, or an empty one."""
    if not data:
        return Coverage()
    made = Coverage(**{name: data[name] for name in PLAIN})
    made.minutes = Counter({int(minute): count for minute, count in data["minutes"].items()})
    made.hours = Counter({int(hour): lines for hour, lines in data["hours"].items()})
    made.gaps = [Gap(*gap) for gap in data["gaps"]]
    return made


PLAIN = ("first", "last", "latest", "samples", "backwards", "pace")
