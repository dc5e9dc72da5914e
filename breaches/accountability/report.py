"""What the report on one incident says of its recipients, on the day it is asked for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from breaches.accountability.rows import Answered
from breaches.clawback.states import CLOSED, PROVEN, State
from breaches.downloads.grades import ENTIRE, GRADES, RANK
from breaches.incidents.models import Incident
from breaches.takedowns.models import Takedown, TakedownStatus
from breaches.takedowns.rules import defanged


class Impossible(NamedTuple):
    """A recipient whose copy cannot be got back, and why."""

    row: Answered
    reason: str
    since: datetime


class Sums(NamedTuple):
    """The sentence that is owed to everybody in the file, as numbers."""

    recipients: int
    is_at_least: bool
    networks: list[str]
    first: datetime | None
    last: datetime | None
    whole: int
    written_to: int
    said_something: int
    proven: int
    impossible: int
    still_open: int


def summed(rows: Sequence[Answered], *, is_at_least: bool) -> Sums:
    """Return the numbers of the report's first sentences."""
    cases = [row.case.status for row in rows if row.case]
    got = [copy.acquisition for row in rows for copy in row.copies if copy.acquisition]
    times = [one.first_at for one in got if one.first_at]
    return Sums(
        recipients=len(rows),
        is_at_least=is_at_least,
        networks=sorted({name for row in rows if (name := row.recipient.document["network"])}),
        first=min(times, default=None),
        last=max(times, default=None),
        whole=sum(row.grade in ENTIRE for row in rows if row.grade),
        written_to=sum(row.demand is not None for row in rows),
        said_something=sum(row.response is not None for row in rows),
        proven=sum(status in PROVEN for status in cases),
        impossible=cases.count(State.CLOSED_IMPOSSIBLE),
        still_open=sum(map(_is_open, rows)),
    )


def by_grade(rows: Iterable[Answered]) -> list[tuple[str, str, int]]:
    """Return how many recipients have how much: (grade, words, number), the gravest first."""
    found = Counter(row.grade for row in rows)
    graded = [(grade, f"the client {GRADES[grade]}", found[grade]) for grade in RANK]
    return [*graded, ("none", "no copy of theirs counts", found[""])]


def impossible(rows: Iterable[Answered]) -> list[Impossible]:
    """Return whose copy cannot be got back, with the reason that was recorded."""
    return [
        Impossible(row, last.document["reason"], last.at)
        for row in rows
        if row.case and row.case.status == State.CLOSED_IMPOSSIBLE
        for last in row.case.events.filter(to=State.CLOSED_IMPOSSIBLE).order_by("-seq")[:1]
    ]


def hidden_for_a_time(incident: Incident) -> list[tuple[Takedown, str]]:
    """Return the copies on the net that are hidden only until a day, the nearest first.

    Each with its address, written so that nobody follows it by mistake.
    """
    hidden = Takedown.objects.filter(incident=incident, status=TakedownStatus.GONE)
    hidden = hidden.filter(expires_at__isnull=False).order_by("expires_at")
    return [(one, defanged(one.document["address"])) for one in hidden]


def passed_on(rows: Iterable[Answered]) -> list[Answered]:
    """Return who has it from another recipient and whose case is not closed."""
    return [row for row in rows if row.recipient.parent_id and _is_open(row)]


def _is_open(row: Answered) -> bool:
    return row.case is None or row.case.status not in CLOSED
