"""What reviewers decide, and take back."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.audit.lifecycle import MovedMeanwhile, move
from breaches.errors import Refused
from breaches.incidents.models import Incident
from breaches.matching.bulk import NEVER, sample
from breaches.matching.known import is_known
from breaches.matching.models import (
    DECIDED,
    WAITING,
    AffectedPerson,
    Candidate,
    CandidateStatus,
    Judgement,
    KnownAnswer,
)
from breaches.matching.queries import standing_judgements
from breaches.matching.settling import settle

JUDGED = "You have judged this pair; somebody else must look at it now."


class RowTaken(Refused):
    """The row is somebody else's."""


class NeedsSecondReviewer(Refused):
    """The reviewer who was unsure cannot be the second one."""


class NotKnown(Refused):
    """The answer of this pair is not known."""


class BulkChanged(Refused):
    """Other pairs would be confirmed than those that were shown."""


def judge(candidate: Candidate, value: str, reason: str, *, by: User, at: datetime) -> Judgement:
    """Say whether row and person are the same; whoever is unsure leaves it to somebody else.

    Where a mistake would hurt most, two people must say the same before anything is decided.
    Raises RowTaken, NeedsSecondReviewer, IllegalMove, MovedMeanwhile.
    """
    with transaction.atomic():
        _check_may_judge(candidate, by)
        to = _outcome(candidate, value)
        if to == candidate.status and to in WAITING:
            log.record(candidate, "candidate.judged", by=by, at=at)
        else:
            _move(candidate, lambda: move(candidate, to, by=by, at=at, is_judged=to in DECIDED))
        judgement = _judgement(candidate, value, reason, by=by, at=at)
        if to in DECIDED:
            _supersede(candidate, judgement, value=to)
        _save(judgement)
        if to in DECIDED:
            settle(candidate.incident, [candidate.person_id], at=at)
    return judgement


def _check_may_judge(candidate: Candidate, by: User) -> None:
    """Let one judgement of a pair be made at a time, on the pair as it was shown."""
    now = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if now.status != candidate.status:
        raise MovedMeanwhile("This pair was changed by someone else; reload it.")
    if now.status in WAITING and standing_judgements(candidate).filter(by=by).exists():
        raise NeedsSecondReviewer(JUDGED)


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


def confirm_all(
    incident: Incident, code: str, shown: int, *, by: User, at: datetime
) -> list[Candidate]:
    """Confirm the pairs of one rule together, after a sample of the `shown` was looked at.

    Raises BulkChanged; and RowTaken or MovedMeanwhile, and then confirms none.
    """
    pks, few = sample(incident, code)
    if code in NEVER or len(pks) != shown or not pks:
        raise BulkChanged(
            "Nothing is confirmed: the pairs of this rule are others by now. Look again."
        )
    looked = f"bulk of {len(pks)} by the rule {code}, {few.count()} looked at"
    pairs = list(Candidate.objects.filter(pk__in=pks).select_related("incident"))
    with transaction.atomic():
        for pair in pairs:
            judge(pair, CandidateStatus.CONFIRMED, looked, by=by, at=at)
        log.record(incident, "candidates.confirmed", by=by, at=at, rule=code, count=len(pairs))
    return pairs


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
        _supersede(candidate, back)
        _save(back)
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
    return Judgement(
        incident=candidate.incident,
        candidate=candidate,
        key_name=candidate.incident.key_name,
        value=value,
        by=by,
        at=at,
    ).with_document({"reason": reason})


def _supersede(candidate: Candidate, judgement: Judgement, value: str = "") -> None:
    """Let what was said before, but for the same value, give way to an unsaved judgement.

    Before it is saved, as one reviewer has one judgement that stands; its key is checked later.
    """
    standing = candidate.judgements.filter(superseded_by=None)
    standing.exclude(value=value).update(superseded_by_id=judgement.pk)


def _save(judgement: Judgement) -> None:
    try:
        with transaction.atomic():
            judgement.save(force_insert=True)
    except IntegrityError as clash:
        raise NeedsSecondReviewer(JUDGED) from clash


def _move(candidate: Candidate, act: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            act()
    except IntegrityError as clash:
        raise RowTaken(
            "This row is confirmed as somebody else. Undo that first: one row is one person."
        ) from clash
