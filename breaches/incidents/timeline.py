"""What happened when, for a picture with a table beside it. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

WIDTH, LEFT, RIGHT = 900, 20, 880


class Moment(NamedTuple):
    """One dated thing."""

    at: datetime
    words: str
    source: str = ""


class Mark(NamedTuple):
    """A moment in the picture: its place from the left, and its number in the table."""

    x: float
    number: int
    moment: Moment


class Band(NamedTuple):
    """The time in which the data stood open."""

    x: float
    width: float


def marks(moments: Sequence[Moment]) -> list[Mark]:
    """Return the moments in order of time, placed between LEFT and RIGHT."""
    ordered = sorted(moments, key=lambda moment: moment.at)
    return [
        Mark(place(moment.at, ordered), number, moment) for number, moment in enumerate(ordered, 1)
    ]


def band(opened: datetime, closed: datetime, moments: Sequence[Moment]) -> Band:
    """Return where the window of an exposure lies in the picture; at least a hair wide."""
    ordered = sorted(moments, key=lambda moment: moment.at)
    start = place(opened, ordered)
    return Band(start, max(place(closed, ordered) - start, 2.0))


def place(at: datetime, ordered: Sequence[Moment]) -> float:
    """Return how far from the left `at` stands, by its rank between the moments beside it.

    Ranks rather than hours: five hours online and five months of letters must both be seen.
    """
    steps = max(len(ordered) - 1, 1)
    rank = sum(moment.at < at for moment in ordered)
    return round(LEFT + (RIGHT - LEFT) * min(rank / steps, 1.0), 1)
