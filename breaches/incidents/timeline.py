"""What happened when, for a picture with a table beside it. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

LEFT, RIGHT = 16, 884
AXIS, NEAR, FAR = 48, 78, 100
MOST_LABELS = 12  # more dates than these would lie on each other


class Moment(NamedTuple):
    """One dated thing; of some only the day is known."""

    at: datetime
    words: str
    source: str = ""
    is_day: bool = False


class Mark(NamedTuple):
    """A moment in the picture: its place, its number in the table, and where its date stands."""

    x: float
    number: int
    moment: Moment
    anchor: str
    y: int


class Band(NamedTuple):
    """The time in which the data stood open."""

    x: float
    width: float


class Picture(NamedTuple):
    """A timeline, ready to be drawn."""

    marks: list[Mark]
    bands: list[Band]
    has_labels: bool


def picture(moments: Sequence[Moment], windows: Sequence[tuple[datetime, datetime]]) -> Picture:
    """Place moments and windows between LEFT and RIGHT."""
    ordered = sorted(moments, key=lambda moment: moment.at)
    bands = [_band(opened, closed, ordered) for opened, closed in windows]
    marks = [_mark(index, ordered) for index in range(len(ordered))]
    return Picture(marks, bands, len(ordered) <= MOST_LABELS)


def _mark(index: int, ordered: Sequence[Moment]) -> Mark:
    last = len(ordered) - 1
    anchor = "start" if index == 0 else "end" if index == last else "middle"
    return Mark(_along(index, last), index + 1, ordered[index], anchor, FAR if index % 2 else NEAR)


def _band(opened: datetime, closed: datetime, ordered: Sequence[Moment]) -> Band:
    last = len(ordered) - 1
    start = _along(sum(moment.at < opened for moment in ordered), last)
    end = _along(sum(moment.at < closed for moment in ordered), last)
    return Band(start, max(end - start, 2.0))


def _along(rank: int, last: int) -> float:
    # By rank, not by hours: five hours online and five months of letters must both be seen.
    return round(LEFT + (RIGHT - LEFT) * min(rank / max(last, 1), 1.0), 1)
