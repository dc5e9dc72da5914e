"""Matching the leaked rows of an incident, and what reviewers decide."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import leases, log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.incidents.models import Incident
from breaches.matching.matching_run import match_to_register, match_within
from breaches.matching.models import Candidate, CandidateStatus, Judgement, MatchRun, RunStatus
from breaches.matching.queries import ready_files
from breaches.matching.settling import settle
from breaches.people.queries import the_register


class NothingToMatch(Refused):
    """There are no leaked rows yet."""


class RunUnderWay(Refused):
    """The incident is being matched already."""


class RowTaken(Refused):
    """The row is somebody else's."""


class NeedsSecondReviewer(Refused):
    """The reviewer who was unsure cannot be the second one."""


def start_match(incident: Incident, *, by: User, at: datetime) -> MatchRun:
    """Order the matching of every leaked row of an incident.

    Raises NothingToMatch, RunUnderWay.
    """
    if not ready_files(incident).exists():
        raise NothingToMatch("No leaked file is ready. Hand one in, and name its columns.")
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(incident=incident, status=RunStatus.ORDERED, status_at=at)
            log.record(run, "match_run.ordered", by=by, at=at)
    except IntegrityError as clash:
        raise RunUnderWay("The incident is being matched already.") from clash
    return run


def match(run: MatchRun, *, at: datetime) -> None:
    """Match, and make the affected people. Safe to repeat, to kill and to run twice.

    What a reviewer decided stays. Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(run, RunStatus.MATCHING, at=at)
    register = the_register()
    if register is not None:
        match_to_register(lease, run.incident, register)
    elif run.incident.side == "holder":
        match_within(lease, run.incident)
    move(run, RunStatus.MATCHED, by=None, at=lease.now, claim=None)


def judge(candidate: Candidate, value: str, reason: str, *, by: User, at: datetime) -> Judgement:
    """Say whether row and person are the same; whoever is unsure leaves it to a second reviewer.

    Raises RowTaken, NeedsSecondReviewer, IllegalMove, MovedMeanwhile.
    """
    if candidate.status == CandidateStatus.UNSURE:
        _check_second(candidate, by)
    judgement = Judgement(
        incident=candidate.incident,
        candidate=candidate,
        key_name=candidate.incident.key_name,
        value=value,
        by=by,
        at=at,
    ).with_document({"reason": reason})
    with transaction.atomic():
        _move(candidate, lambda: move(candidate, value, by=by, at=at, is_judged=True))
        judgement.save(force_insert=True)
        earlier = candidate.judgements.filter(superseded_by=None).exclude(pk=judgement.pk)
        earlier.update(superseded_by=judgement)
        settle(candidate.incident, [candidate.person_id], at=at)
    return judgement


def undo(candidate: Candidate, *, by: User, at: datetime) -> None:
    """Put a decided candidate back into the queue. Raises IllegalMove, MovedMeanwhile."""
    with transaction.atomic():
        move(candidate, CandidateStatus.REVIEW, by=by, at=at, is_judged=False)
        settle(candidate.incident, [candidate.person_id], at=at)


def _check_second(candidate: Candidate, by: User) -> None:
    if candidate.judgements.filter(by=by, superseded_by=None).exists():
        raise NeedsSecondReviewer("You were unsure of this one; a second reviewer must decide.")


def _move(candidate: Candidate, act: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            act()
    except IntegrityError as clash:
        raise RowTaken(
            "This row is confirmed as somebody else. Undo that first: one row is one person."
        ) from clash
