"""Which pairs of one rule may be confirmed together, after a sample of them was looked at."""

from random import Random
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from breaches.incidents.models import Incident
from breaches.matching.decisions import RULES, Rule
from breaches.matching.models import OPEN, Candidate, CandidateStatus

NEVER = {"identifier_conflict"}  # each of these contradicts itself in its own way
MOST, SAMPLE = 500, 10


class Bulk(NamedTuple):
    """One rule, and how many of its pairs may be confirmed together."""

    code: str
    rule: Rule
    number: int


def confirmable(incident: Incident, code: str) -> QuerySet[Candidate]:
    """Return the pairs of one rule that may be confirmed together.

    Nobody judged them, one reviewer is enough, and nobody else may be meant by the row.
    """
    others = Candidate.objects.filter(row=OuterRef("row")).exclude(pk=OuterRef("pk"))
    in_the_way = others.filter(status__in=(*OPEN, CandidateStatus.CONFIRMED))
    rows = Candidate.objects.filter(incident=incident, rule=code, status=CandidateStatus.REVIEW)
    rows = rows.filter(judgements=None, harm=0, is_sampled=False, is_competing=False)
    return rows.exclude(Exists(in_the_way)).order_by("pk")


def rules_in(incident: Incident) -> list[Bulk]:
    """Return the rules of which pairs may be confirmed together."""
    found = [
        Bulk(code, rule, confirmable(incident, code).count())
        for code, rule in RULES.items()
        if code not in NEVER
    ]
    return [one for one in found if one.number]


def sample(incident: Incident, code: str) -> tuple[list[int], QuerySet[Candidate]]:
    """Return the pairs that would be confirmed, and a random few to look at first."""
    pks = list(confirmable(incident, code).values_list("pk", flat=True)[:MOST])
    # The same few for the same pairs, so that what was looked at is what is confirmed.
    few = Random(str(pks)).sample(pks, min(SAMPLE, len(pks)))  # noqa: S311
    return pks, Candidate.objects.filter(pk__in=few)
