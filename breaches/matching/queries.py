"""Who is affected, and what waits for a reviewer."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from breaches.leaks.models import FileStatus, SourceFile
from breaches.matching.models import (
    AffectedPerson,
    Candidate,
    CandidateStatus,
    MatchRun,
    RunStatus,
)

OPEN = (CandidateStatus.REVIEW, CandidateStatus.UNSURE)


class Figures(NamedTuple):
    """How far the matching of one incident is."""

    affected: int
    by_rule: int
    by_reviewer: int
    in_review: int
    rows_in_review: int


def to_match(*, at: datetime) -> QuerySet[MatchRun]:
    """Return the runs that wait for a worker."""
    return leases.waiting(MatchRun, RunStatus.ORDERED, RunStatus.MATCHING, at=at)


def ready_files(incident: Incident) -> QuerySet[SourceFile]:
    """Return the files whose rows can be matched."""
    return SourceFile.objects.filter(incident=incident, status=FileStatus.READY)


def affected(incident: Incident) -> QuerySet[AffectedPerson]:
    """Return the people who are in the leak."""
    rows = AffectedPerson.objects.filter(incident=incident, withdrawn_at=None)
    return rows.select_related("person").order_by("pk")


def review_queue(incident: Incident) -> QuerySet[Candidate]:
    """Return the candidates that wait for a reviewer, the most likely first."""
    rows = Candidate.objects.filter(incident=incident, status__in=OPEN)
    return rows.select_related("row__source_file", "person").order_by("-strength", "row_id", "pk")


def figures(incident: Incident) -> Figures:
    """Return the figures of the People tab."""
    confirmed = Q(status=CandidateStatus.CONFIRMED)
    counted = Candidate.objects.filter(incident=incident).aggregate(
        by_rule=Count("pk", confirmed & Q(is_judged=False)),
        by_reviewer=Count("pk", confirmed & Q(is_judged=True)),
        in_review=Count("pk", Q(status__in=OPEN)),
        rows_in_review=Count("row", Q(status__in=OPEN), distinct=True),
    )
    return Figures(affected=affected(incident).count(), **counted)


def latest_run(incident: Incident) -> MatchRun | None:
    """Return the latest run, or None."""
    return MatchRun.objects.filter(incident=incident).order_by("-pk").first()


def path_to(one: AffectedPerson) -> QuerySet[Candidate]:
    """Return every candidate that led to an affected person, or led away."""
    rows = Candidate.objects.filter(incident=one.incident_id, person=one.person_id)
    return rows.select_related("row").prefetch_related("judgements__by").order_by("pk")
