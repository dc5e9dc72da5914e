"""Who is affected, and what waits for a reviewer."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from breaches.leaks.models import FileStatus, SourceFile, SourceRow
from breaches.matching import names
from breaches.matching.decisions import RULES, Rule
from breaches.matching.models import (
    DECIDED,
    OPEN,
    WAITING,
    AffectedPerson,
    Candidate,
    CandidateStatus,
    Judgement,
    MatchRun,
    RunStatus,
)

SAMPLE = "sample"
NAME_PARTS = ("given", "middle", "family", "full", "native")


class Figures(NamedTuple):
    """How far the matching of one incident is."""

    affected: int
    by_rule: int
    by_reviewer: int
    in_review: int
    rows_in_review: int


class ByRule(NamedTuple):
    """What became of the candidates of one rule."""

    rule: Rule
    confirmed: int
    in_review: int
    rejected: int


class Place(NamedTuple):
    """Where a candidate stands in the review queue."""

    number: int
    total: int
    before: int | None
    after: int | None


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


def review_queue(incident: Incident, user: User | None = None) -> QuerySet[Candidate]:
    """Return the candidates that wait for a reviewer: the most harm first, then the most doubt.

    A row that is confirmed as somebody is nobody else: its other candidates wait no more,
    until the confirmation is undone; only who came up later is raised. A user does not see
    again what they have judged and somebody else must decide.
    """
    rows = Candidate.objects.filter(_waits(), incident=incident)
    if user is not None:
        mine = Judgement.objects.filter(candidate=OuterRef("pk"), by=user, superseded_by=None)
        rows = rows.exclude(Exists(mine.exclude(value=CandidateStatus.REVIEW)))
    rows = rows.select_related("row__source_file", "person")
    return rows.order_by("-harm", "-doubt", "-strength", "row_id", "pk")


def standing_judgements(candidate: Candidate) -> QuerySet[Judgement]:
    """Return what reviewers say of a candidate now."""
    rows = candidate.judgements.filter(superseded_by=None)
    return rows.exclude(value=CandidateStatus.REVIEW)


def figures(incident: Incident) -> Figures:
    """Return the figures of the People tab."""
    confirmed = Q(status=CandidateStatus.CONFIRMED)
    counted = Candidate.objects.filter(incident=incident).aggregate(
        by_rule=Count("pk", confirmed & Q(is_judged=False)),
        by_reviewer=Count("pk", confirmed & Q(is_judged=True)),
    )
    waiting = review_queue(incident).order_by()
    counted |= waiting.aggregate(in_review=Count("pk"), rows_in_review=Count("row", distinct=True))
    return Figures(affected=affected(incident).count(), **counted)


def by_rule(incident: Incident) -> list[ByRule]:
    """Return what became of the candidates of each rule, the strongest rule first."""
    found = Candidate.objects.filter(incident=incident).order_by().values_list("rule")
    counted = found.annotate(
        confirmed=Count("pk", Q(status=CandidateStatus.CONFIRMED)),
        in_review=Count("pk", _waits()),
        rejected=Count("pk", Q(status=CandidateStatus.REJECTED)),
    )
    rows = [ByRule(RULES[code], *numbers) for code, *numbers in counted]
    return sorted(rows, key=lambda row: -row.rule.strength)


def settled(incident: Incident) -> bool:
    """Say whether everybody is matched and nobody waits for a reviewer."""
    run = latest_run(incident)
    matched = run is not None and run.status == RunStatus.MATCHED
    return matched and not review_queue(incident).exists()


def place_in_queue(
    incident: Incident, candidate_id: int | None, user: User, only: str = ""
) -> tuple[int | None, Place]:
    """Return the candidate to show `user`, `candidate_id` when it still waits, and its place.

    `only` is a part of the queue: "sample" for the blind sample, "" for everything.
    """
    rows = review_queue(incident, user)
    rows = rows.filter(is_sampled=True) if only == SAMPLE else rows
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return None, Place(0, 0, None, None)
    here = ids.index(candidate_id) if candidate_id in ids else 0
    after = ids[here + 1] if here + 1 < len(ids) else None
    return ids[here], Place(here + 1, len(ids), ids[here - 1] if here else None, after)


def latest_judgement(incident: Incident, by: User) -> Judgement | None:
    """Return what `by` decided last and can still take back, or None."""
    mine = Judgement.objects.filter(incident=incident, by=by, superseded_by=None)
    undoable = Q(candidate__status__in=WAITING) | Q(
        candidate__status__in=DECIDED, candidate__is_judged=True
    )
    mine = mine.filter(undoable).exclude(value=CandidateStatus.REVIEW)
    return mine.select_related("candidate").order_by("-at", "-pk").first()


def called(incident: Incident, text: str, most: int = 200) -> list[AffectedPerson]:
    """Return the affected people whose name has every word of `text`, in any script.

    Names are sealed, so everybody is opened, one at a time, and nothing is kept.
    """
    wanted = set(names.tokens(text))
    found = []
    for one in affected(incident).iterator(chunk_size=2000):
        if wanted <= set(names.tokens(one.document["name"])):
            found.append(one)
        if len(found) == most:
            break
    return found


def pairs_of(incident: Incident, status: str) -> QuerySet[Candidate]:
    """Return the pairs of one status, the rejected ones too, the likeliest first."""
    rows = Candidate.objects.filter(incident=incident, status=status)
    return rows.order_by(F("posterior").desc(nulls_last=True), "-strength", "pk")


def meaning(rows: QuerySet[Candidate], text: str, most: int = 200) -> list[int]:
    """Return which pairs mean somebody whose name has every word of `text`, in any script."""
    wanted, found = set(names.tokens(text)), []
    for one in rows.select_related("person").iterator(chunk_size=2000):
        facts = one.person.document
        called_so = names.tokens(" ".join(facts[part] for part in NAME_PARTS))
        if wanted <= set(called_so):
            found.append(one.pk)
        if len(found) == most:
            break
    return found


def latest_run(incident: Incident) -> MatchRun | None:
    """Return the latest run, or None."""
    return MatchRun.objects.filter(incident=incident).order_by("-pk").first()


def every_affected(incident: Incident) -> QuerySet[AffectedPerson]:
    """Return whoever was ever found to be in the leak, the withdrawn too."""
    return AffectedPerson.objects.filter(incident=incident)


def changed(incident: Incident) -> QuerySet[AffectedPerson]:
    """Return whose match changed after they were found: what hung on it is to be looked at."""
    return every_affected(incident).exclude(changed_at=None).order_by("changed_at", "pk")


def path_to(one: AffectedPerson) -> QuerySet[Candidate]:
    """Return every candidate that led to an affected person, or led away."""
    if one.person_id is None:
        return Candidate.objects.none()
    rows = Candidate.objects.filter(incident=one.incident_id, person=one.person_id)
    return rows.order_by("-strength", "pk")


def rows_of(one: AffectedPerson) -> QuerySet[SourceRow]:
    """Return the leaked rows that speak of somebody, in file order."""
    rows = one.rows.select_related("source_file__evidence")
    return rows.order_by("source_file", "sheet", "row_number")


def _waits() -> Q:
    confirmed = Candidate.objects.filter(row=OuterRef("row"), status=CandidateStatus.CONFIRMED)
    return Q(Q(~Exists(confirmed)) | Q(is_competing=True), status__in=OPEN)
