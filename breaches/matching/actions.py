"""Matching the leaked rows of an incident, and what reviewers decide."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import leases, log
from breaches.audit.lifecycle import move, move_all
from breaches.errors import Refused
from breaches.incidents.models import Incident
from breaches.matching.gates import draw, standing
from breaches.matching.known import is_known
from breaches.matching.limits import change
from breaches.matching.matching_run import match_to_register, match_within
from breaches.matching.models import (
    DECIDED,
    WAITING,
    AffectedPerson,
    Candidate,
    CandidateStatus,
    Gate,
    GateStatus,
    Judgement,
    KnownAnswer,
    MatchRun,
    RunStatus,
    Thresholds,
)
from breaches.matching.proposals import Limits
from breaches.matching.queries import ready_files, standing_judgements
from breaches.matching.sampling import MOST_ERRORS, needed
from breaches.matching.settling import settle
from breaches.people.queries import the_register


class NothingToMatch(Refused):
    """There are no leaked rows yet."""


class RunUnderWay(Refused):
    """The incident is being matched already."""


class GateShut(Refused):
    """Something is still missing before a model may link by itself."""


class NotKnown(Refused):
    """The answer of this pair is not known."""


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
        match_to_register(lease, run, register)
    elif run.incident.side == "holder":
        match_within(lease, run.incident)
    move(run, RunStatus.MATCHED, by=None, at=lease.now, claim=None)


def open_gate(gate: Gate, *, by: User, at: datetime) -> MatchRun | None:
    """Let a model link by itself, and order the run that links what waited.

    Returns None when a run is under way; that run, or the next, links them.
    Raises GateShut, IllegalMove, MovedMeanwhile.
    """
    if missing := standing(gate).missing:
        raise GateShut(" ".join(["The gate stays shut.", *missing]))
    move(gate, GateStatus.OPEN, by=by, at=at)
    with suppress(RunUnderWay):
        return start_match(gate.incident, by=by, at=at)
    return None


def set_limits(incident: Incident, limits: Limits, *, by: User, at: datetime) -> None:
    """Set the thresholds of an incident, and move the pairs that nobody judged."""
    found = change(incident, limits)
    moves = [
        (list(found.to_review), CandidateStatus.REVIEW, {}),
        (list(found.to_reject), CandidateStatus.REJECTED, {"is_pending": False}),
        (list(found.unlinked), CandidateStatus.REVIEW, {"is_pending": False}),
    ]
    with transaction.atomic():
        row = Thresholds.objects.create(incident=incident, by=by, at=at, **limits._asdict())
        log.record(row, "thresholds.set", by=by, at=at, **limits._asdict())
        found.from_pending.update(is_pending=False)
        found.to_pending.update(is_pending=True)
        for pairs, to, fields in moves:
            move_all(pairs, to, by=by, at=at, **fields)
        settle(incident, {one.person_id for one in moves[-1][0]}, at=at)


def draw_more(gate: Gate, *, by: User, at: datetime) -> None:
    """Enlarge the blind sample to what its errors ask for. Raises GateShut."""
    sample = standing(gate).sample
    if sample.left or sample.passes or sample.is_all or sample.wrong > MOST_ERRORS:
        raise GateShut("The sample is not enlarged: " + " ".join(standing(gate).missing))
    with transaction.atomic():
        gate.size = needed(sample.wrong)
        gate.save(update_fields=["size"])
        draw(gate)
        log.record(gate, "gate.enlarged", by=by, at=at, size=gate.size)


def judge(candidate: Candidate, value: str, reason: str, *, by: User, at: datetime) -> Judgement:
    """Say whether row and person are the same; whoever is unsure leaves it to somebody else.

    Where a mistake would hurt most, two people must say the same before anything is decided.
    Raises RowTaken, NeedsSecondReviewer, IllegalMove, MovedMeanwhile.
    """
    standing = standing_judgements(candidate)
    if candidate.status in WAITING and standing.filter(by=by).exists():
        raise NeedsSecondReviewer("You have judged this pair; somebody else must look at it now.")
    to = _outcome(candidate, value)
    with transaction.atomic():
        if to == candidate.status and to in WAITING:
            log.record(candidate, "candidate.judged", by=by, at=at)
        else:
            _move(candidate, lambda: move(candidate, to, by=by, at=at, is_judged=to in DECIDED))
        judgement = _judgement(candidate, value, reason, by=by, at=at)
        if to in DECIDED:
            candidate.judgements.filter(superseded_by=None).exclude(value=to).update(
                superseded_by=judgement
            )
            settle(candidate.incident, [candidate.person_id], at=at)
    return judgement


def answer_known(candidate: Candidate, value: str, *, by: User, at: datetime) -> KnownAnswer:
    """Write down what a reviewer says of a known pair; nothing is decided by it.

    Raises NotKnown.
    """
    if not is_known(candidate):
        raise NotKnown("This pair has been decided meanwhile.")
    is_right = value == candidate.status or (
        value == CandidateStatus.REJECTED and candidate.status != CandidateStatus.CONFIRMED
    )
    with transaction.atomic():
        said, is_new = KnownAnswer.objects.get_or_create(
            candidate=candidate,
            by=by,
            defaults={"value": value, "is_right": is_right, "at": at},
        )
        if is_new:
            log.record(candidate, "candidate.measured", by=by, at=at)
    return said


def look_at(one: AffectedPerson, *, by: User, at: datetime) -> None:
    """Note that somebody looked at everything that hung on a changed match."""
    one.changed_at = None
    with transaction.atomic():
        one.save(update_fields=["changed_at"])
        log.record(one, "person.looked_at", by=by, at=at)


def undo(candidate: Candidate, *, by: User, at: datetime, reason: str = "") -> Judgement:
    """Put a judged or linked candidate back into the queue; what was said stays on record.

    Raises IllegalMove, MovedMeanwhile.
    """
    with transaction.atomic():
        move(candidate, CandidateStatus.REVIEW, by=by, at=at, is_judged=False)
        back = _judgement(candidate, CandidateStatus.REVIEW, reason, by=by, at=at)
        standing = candidate.judgements.filter(superseded_by=None)
        standing.exclude(pk=back.pk).update(superseded_by=back)
        settle(candidate.incident, [candidate.person_id], at=at)
    return back


def _outcome(candidate: Candidate, value: str) -> str:
    if value == CandidateStatus.UNSURE:
        return value
    said = standing_judgements(candidate)
    if said.filter(value=value).count() + 1 >= candidate.reviewers_needed:
        return value
    return CandidateStatus.UNSURE if said.exclude(value=value).exists() else CandidateStatus.SECOND


def _judgement(
    candidate: Candidate, value: str, reason: str, *, by: User, at: datetime
) -> Judgement:
    judgement = Judgement(
        incident=candidate.incident,
        candidate=candidate,
        key_name=candidate.incident.key_name,
        value=value,
        by=by,
        at=at,
    ).with_document({"reason": reason})
    judgement.save(force_insert=True)
    return judgement


def _move(candidate: Candidate, act: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            act()
    except IntegrityError as clash:
        raise RowTaken(
            "This row is confirmed as somebody else. Undo that first: one row is one person."
        ) from clash
