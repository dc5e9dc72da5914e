"""How right the matching is, and how much of it waits for people."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Avg, Count, Q, QuerySet

from breaches.incidents.models import Incident
from breaches.leaks.queries import row_counts
from breaches.matching.correcting import Correction, correction
from breaches.matching.indexes import latest_model
from breaches.matching.known import answers as answers_known
from breaches.matching.models import (
    DECIDED,
    OPEN,
    Candidate,
    CandidateStatus,
    Judgement,
    MatchModel,
)
from breaches.matching.sampling import lower_bound, upper_bound

EDGES = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0)
HEIGHT, WIDTH = 200, 400  # of a drawing


class Bin(NamedTuple):
    """The judged pairs of one stretch of posterior."""

    low: float
    high: float
    pairs: int
    believed: float
    right: int

    @property
    def share(self) -> float:
        """Return the share that reviewers confirmed."""
        return self.right / self.pairs

    @property
    def least(self) -> float:
        """Return the lower end of the interval (Clopper and Pearson, 90 % two-sided)."""
        return lower_bound(self.right, self.pairs)

    @property
    def most(self) -> float:
        """Return the upper end of the interval."""
        return upper_bound(self.right, self.pairs)

    @property
    def x(self) -> float:
        """Return where the bin stands in the drawing."""
        return round(WIDTH * self.believed, 1)

    @property
    def ys(self) -> dict[str, float]:
        """Return the heights of its point and of the ends of its interval."""
        ends = {"share": self.share, "least": self.least, "most": self.most}
        return {name: round(HEIGHT * (1 - value), 1) for name, value in ends.items()}


class Column(NamedTuple):
    """How many pairs have a posterior in one stretch."""

    low: float
    high: float
    linked: int
    open: int
    rejected: int
    x: float
    y: float
    height: float

    @property
    def pairs(self) -> int:
        """Return all of them."""
        return self.linked + self.open + self.rejected


class Load(NamedTuple):
    """How much waits for people, and how much they did."""

    rows: int
    open: int
    open_rows: int
    second: int
    judged: int

    @property
    def share(self) -> float:
        """Return the share of leaked rows that wait."""
        return self.open_rows / self.rows if self.rows else 0.0


class Reviewer(NamedTuple):
    """What one reviewer said, and how often the other of two agreed."""

    user: User
    judged: int
    together: int
    agreed: int
    known: int
    known_right: int


def calibration(incident: Incident) -> list[Bin]:
    """Return, by stretch of posterior, what was believed and what reviewers found."""
    judged = _weighed(incident).filter(is_judged=True)
    found = []
    for low, high in pairwise(EDGES):
        counted = judged.filter(_between(low, high)).aggregate(
            pairs=Count("pk"),
            believed=Avg("posterior"),
            right=Count("pk", Q(status=CandidateStatus.CONFIRMED)),
        )
        if counted["pairs"]:
            found.append(Bin(low, high, **counted))
    return found


def judged_pairs(incident: Incident) -> tuple[MatchModel | None, Correction]:
    """Return the model of an incident, and what the pairs judged under it say of it."""
    model = latest_model(incident)
    judged = _weighed(incident).filter(is_judged=True, model=model)
    pairs = judged.values_list("posterior", "status")
    is_match = [(posterior, status == CandidateStatus.CONFIRMED) for posterior, status in pairs]
    return model, correction([(float(posterior or 0), found) for posterior, found in is_match])


def spread(incident: Incident) -> list[Column]:
    """Return how many pairs there are in each stretch of posterior, to be drawn."""
    counted = [_counted(incident, low, high) for low, high in pairwise(EDGES)]
    most = max((sum(numbers) for _, _, *numbers in counted), default=0) or 1
    step = WIDTH / len(counted)
    drawn = []
    for place, (low, high, linked, waiting, rejected) in enumerate(counted):
        height = round(HEIGHT * (linked + waiting + rejected) / most, 1)
        x, y = round(place * step, 1), round(HEIGHT - height, 1)
        drawn.append(Column(low, high, linked, waiting, rejected, x, y, height))
    return drawn


def load(incident: Incident) -> Load:
    """Return how much waits for people."""
    pairs = Candidate.objects.filter(incident=incident)
    taken = pairs.filter(status=CandidateStatus.CONFIRMED).values("row")
    waiting = pairs.filter(status__in=OPEN).exclude(row__in=taken)
    return Load(
        rows=row_counts(incident).rows,
        open=waiting.count(),
        open_rows=waiting.values("row").distinct().count(),
        second=waiting.exclude(status=CandidateStatus.REVIEW).count(),
        judged=pairs.filter(is_judged=True).count(),
    )


def reviewers(incident: Incident) -> list[Reviewer]:
    """Return what each reviewer said, and how often the other of two agreed."""
    said = Judgement.objects.filter(incident=incident, value__in=DECIDED).select_related("by")
    first: dict[tuple[int, int], str] = {}
    for one in said.order_by("at", "pk"):
        first.setdefault((one.candidate_id, one.by_id), one.value)
    by_pair: dict[int, list[tuple[int, str]]] = {}
    for (pair, by), value in first.items():
        by_pair.setdefault(pair, []).append((by, value))
    judged, together, agreed = Counter[int](), Counter[int](), Counter[int]()
    for said_of_one in by_pair.values():
        for place, (by, value) in enumerate(said_of_one):
            judged[by] += 1
            others = [other for at, (_, other) in enumerate(said_of_one) if at != place]
            together[by] += len(others)
            agreed[by] += others.count(value)
    users = User.objects.in_bulk(judged)
    measured, right = Counter[int](), Counter[int]()
    for by, is_right in answers_known(incident).values_list("by", "is_right"):
        measured[by] += 1
        right[by] += is_right
    counted = (judged, together, agreed, measured, right)
    rows = [Reviewer(users[pk], *(numbers[pk] for numbers in counted)) for pk in judged]
    return sorted(rows, key=lambda row: (-row.judged, row.user.pk))


def _counted(incident: Incident, low: float, high: float) -> tuple[float, float, int, int, int]:
    rows = _weighed(incident).filter(_between(low, high))
    counted = rows.aggregate(
        linked=Count("pk", Q(status=CandidateStatus.CONFIRMED)),
        open=Count("pk", Q(status__in=OPEN)),
        rejected=Count("pk", Q(status=CandidateStatus.REJECTED)),
    )
    return low, high, counted["linked"], counted["open"], counted["rejected"]


def _weighed(incident: Incident) -> QuerySet[Candidate]:
    return Candidate.objects.filter(incident=incident).exclude(posterior=None)


def _between(low: float, high: float) -> Q:
    top = Q(posterior__lte=high) if high == 1 else Q(posterior__lt=high)
    return Q(posterior__gte=low) & top
