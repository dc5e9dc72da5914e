"""The picture of the downloads: window, acquisitions, coverage and gaps on one time line. Pure.

Only numbers are made here; the template draws them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

WIDTH, LEFT, ROW, TOP = 960, 12, 22, 30
INNER = WIDTH - 2 * LEFT
STEPS = [
    timedelta(minutes=minutes)
    for minutes in (1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200, 525600)
]
LANES = 6


class Mark(NamedTuple):
    """An acquisition on the line."""

    x: int
    y: int
    grade: str
    label: str


class Band(NamedTuple):
    """A span on the line."""

    x: int
    width: int
    label: str


class Tick(NamedTuple):
    """A time under the line."""

    x: int
    label: str


class Picture(NamedTuple):
    """Everything the template needs to draw."""

    width: int
    height: int
    axis: int
    window: Band | None
    marks: list[Mark]
    covered: list[Band]
    gaps: list[Band]
    ticks: list[Tick]


class Dated(NamedTuple):
    """An acquisition to place: when, its grade, and what to call it."""

    at: datetime
    grade: str
    label: str


Span = tuple[datetime, datetime]


def draw(
    window: tuple[datetime | None, datetime | None],
    acquisitions: Sequence[Dated],
    covered: Sequence[Span],
    gaps: Sequence[Span],
) -> Picture | None:
    """Return the picture, or None while there is no time to draw."""
    moments = [at for at in window if at] + [row.at for row in acquisitions]
    moments = moments or [at for span in covered for at in span]
    if not moments:
        return None
    scale = _Scale(min(moments), max(moments))
    marks, lanes = _lanes(acquisitions, scale)
    axis = TOP + lanes * ROW
    opened = window[0] or scale.start
    closed = window[1] or scale.end
    return Picture(
        width=WIDTH,
        height=axis + 64,
        axis=axis,
        window=scale.band((opened, closed), "exposure window") if any(window) else None,
        marks=marks,
        covered=[band for span in covered if (band := scale.band(span, "log covers"))],
        gaps=[band for span in gaps if (band := scale.band(span, "silent"))],
        ticks=_ticks(scale),
    )


class _Scale:
    """Time to pixels, with a margin on both sides."""

    def __init__(self, first: datetime, last: datetime) -> None:
        margin = max((last - first) * 0.04, timedelta(minutes=1))
        self.start, self.end = first - margin, last + margin

    def x(self, at: datetime) -> int:
        return LEFT + round(INNER * ((at - self.start) / (self.end - self.start)))

    def band(self, span: Span, label: str) -> Band | None:
        """Return the visible part of `span`, if any."""
        first, last = max(span[0], self.start), min(span[1], self.end)
        if first >= last:
            return None
        return Band(self.x(first), max(2, self.x(last) - self.x(first)), label)


def _lanes(acquisitions: Sequence[Dated], scale: _Scale) -> tuple[list[Mark], int]:
    """Place marks so that neighbours do not cover one another; return them and the lanes used."""
    free = [-ROW] * LANES
    placed: list[tuple[int, int, Dated]] = []
    for row in sorted(acquisitions):
        x = scale.x(row.at)
        lane = next((number for number, end in enumerate(free) if end + ROW <= x), 0)
        free[lane] = x
        placed.append((x, lane, row))
    used = 1 + max((lane for _, lane, _ in placed), default=0)
    marks = [
        Mark(x, TOP + (used - 1 - lane) * ROW + ROW // 2, row.grade, row.label)
        for x, lane, row in placed
    ]
    return marks, used


def _ticks(scale: _Scale) -> list[Tick]:
    span = scale.end - scale.start
    step = next((step for step in STEPS if span / step <= 9), STEPS[-1])
    form = "%H:%M" if step < timedelta(days=1) and span < timedelta(days=2) else "%d %b %Y"
    if step < timedelta(days=1) <= span:
        form = "%d %b %H:%M"
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    at = epoch + step * -(-(scale.start - epoch) // step)
    ticks = []
    while at <= scale.end:
        ticks.append(Tick(scale.x(at), at.astimezone(UTC).strftime(form)))
        at += step
    return ticks
