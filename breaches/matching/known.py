"""Pairs whose answer is known, shown now and then to measure reviewers.

The answer is known by a number that is hidden: the certain rule linked the row, so that its own
pair is right, and every other pair of that row is wrong.
"""

from random import Random

from django.contrib.auth.models import User
from django.db.models import QuerySet

from breaches.incidents.models import Incident
from breaches.matching.models import DECIDED, Candidate, CandidateStatus, Judgement, KnownAnswer

EVERY = 20  # one pair in twenty, which is 5 %
CERTAIN = "identifier"


def right(incident: Incident) -> QuerySet[Candidate]:
    """Return the pairs that a number proves."""
    rows = Candidate.objects.filter(incident=incident, rule=CERTAIN, is_judged=False)
    return rows.filter(status=CandidateStatus.CONFIRMED)


def wrong(incident: Incident) -> QuerySet[Candidate]:
    """Return the other pairs of those rows."""
    rows = Candidate.objects.filter(incident=incident, row__in=right(incident).values("row"))
    return rows.exclude(status=CandidateStatus.CONFIRMED).filter(judgements=None)


def answers(incident: Incident) -> QuerySet[KnownAnswer]:
    """Return what reviewers said of known pairs."""
    return KnownAnswer.objects.filter(candidate__incident=incident)


def due(incident: Incident, user: User) -> Candidate | None:
    """Return the known pair that it is time to show, or None. Right and wrong ones take turns."""
    said = Judgement.objects.filter(incident=incident, by=user, value__in=DECIDED).count()
    seen = answers(incident).filter(by=user)
    number = seen.count()
    if said < (number + 1) * (EVERY - 1):
        return None
    kinds = [right(incident), wrong(incident)]
    for rows in kinds if number % 2 == 0 else reversed(kinds):
        left = rows.exclude(pk__in=seen.values("candidate")).order_by("pk")
        if pks := list(left.values_list("pk", flat=True)[:1000]):
            # Not a secret: which pair comes only must not be guessed from the page.
            return left.get(pk=Random(f"{user.pk}:{number}").choice(pks))  # noqa: S311
    return None


def is_known(candidate: Candidate) -> bool:
    """Say whether the answer of a pair is known by a number."""
    either = right(candidate.incident) | wrong(candidate.incident)
    return either.filter(pk=candidate.pk).exists()
