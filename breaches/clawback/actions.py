"""Opening a case, sorting it, recording what happened, and what a clock does."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.audit.lifecycle import move
from breaches.clawback import machine
from breaches.clawback.clocks import CLOCKS
from breaches.clawback.journal import Grounds, check_follows, take_step
from breaches.clawback.models import (
    CaseClock,
    CaseEvent,
    ClawbackCase,
    ClockStatus,
    Proposal,
    ProposalStatus,
)
from breaches.clawback.states import State
from breaches.errors import Refused
from breaches.recipients import queries as recipients
from breaches.recipients import rules
from breaches.recipients.models import Recipient


class HasCase(Refused):
    """There is a case for this recipient."""


class NeedsReason(Refused):
    """The step must say why, or bring a document."""


class NeedsSecondPerson(Refused):
    """Another person must do this."""


class NotForThisKind(Refused):
    """The step does not exist for such a recipient."""


def open_case(recipient: Recipient, *, by: User | None, at: datetime) -> ClawbackCase:
    """Open the case of a recipient; an unknown subscriber's is sorted at once.

    Raises HasCase.
    """
    try:
        with transaction.atomic():
            case = ClawbackCase.objects.create(
                incident=recipient.incident,
                recipient=recipient,
                status=State.DRAFT,
                status_at=at,
                opened_at=at,
                owner=by,
            )
            log.record(case, "clawbackcase.opened", by=by, at=at)
            take_step(case, "opened", by=by, at=at)
            # The clock of 24 hours must not wait for a person.
            at_once = recipient.kind in rules.SORTED_AT_ONCE or recipient.parent_id is not None
            if at_once and recipients.grade_of(recipient) != "E":
                classify(case, by=by, at=at)
    except IntegrityError as clash:
        raise HasCase("There is a case for this recipient already.") from clash
    return case


def classify(case: ClawbackCase, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Sort a case by what is known of its recipient.

    Raises NeedsReason for somebody who only learned that the file exists; IllegalMove.
    """
    recipient = case.recipient
    if recipients.grade_of(recipient) == "E" and not reason.strip():
        raise NeedsReason("They only learned that the file exists: say why a case is needed.")
    to = State.READY if rules.is_known(recipient.kind, recipient.identity_level) else None
    to = to or State.NEEDS_IDENTITY
    take_step(case, "classified", to=to, by=by, at=at, grounds=Grounds(reason))
    if by and case.owner_id is None:
        ClawbackCase.objects.filter(pk=case.pk, owner=None).update(owner=by)
        case.owner = by


def record(
    case: ClawbackCase, event: str, grounds: Grounds, *, by: User, at: datetime
) -> CaseEvent | Proposal:
    """Record a step that a person saw happen; one that takes two people is only proposed.

    Raises NeedsReason, NeedsSecondPerson, NotForThisKind, IllegalMove, NoProof, ChildrenOpen,
    MovedMeanwhile.
    """
    step = machine.BY_HAND[event]
    check_possible(case, event, by)
    _check_brought(step, grounds)
    if step.two_people:
        return _propose(case, event, grounds, by=by, at=at)
    return take_step(case, event, by=by, at=at, grounds=grounds)


def check_possible(case: ClawbackCase, event: str, by: User) -> None:
    """Refuse a step that cannot follow now, or not by this person.

    Raises IllegalMove, NeedsSecondPerson, NotForThisKind.
    """
    check_follows(case, event)
    if guard := GUARDS.get(event):
        guard(case, by)


def confirm(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Take a step that somebody else proposed.

    Raises NeedsSecondPerson, IllegalMove, NoProof, ChildrenOpen, MovedMeanwhile.
    """
    if by.pk == proposal.proposed_by_id:
        raise NeedsSecondPerson("You proposed this step; a second person must confirm it.")
    grounds = Grounds(reason=proposal.document["reason"], evidence=proposal.evidence)
    with transaction.atomic():
        move(proposal, ProposalStatus.CONFIRMED, by=by, at=at, decided_by=by)
        take_step(proposal.case, proposal.event, by=by, at=at, grounds=grounds)


def decline(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Leave the case as it is. Raises IllegalMove, MovedMeanwhile."""
    move(proposal, ProposalStatus.DECLINED, by=by, at=at, decided_by=by)


def run_out(clock: CaseClock, *, at: datetime) -> None:
    """Do what a clock is for, once: of two workers the slower gets MovedMeanwhile.

    Raises IllegalMove, MovedMeanwhile.
    """
    case, event = clock.case, CLOCKS[clock.code].fires
    to = ""
    if event == "taken_up":
        known = rules.is_known(case.recipient.kind, case.recipient.identity_level)
        to = State.READY if known else State.NEEDS_IDENTITY
    with transaction.atomic():
        move(clock, ClockStatus.FIRED, by=None, at=at)
        take_step(case, event, to=to, by=None, at=at, grounds=Grounds(facts={"clock": clock.code}))


def _propose(
    case: ClawbackCase, event: str, grounds: Grounds, *, by: User, at: datetime
) -> Proposal:
    proposal = Proposal(
        incident=case.incident,
        case=case,
        key_name=case.incident.key_name,
        status=ProposalStatus.PROPOSED,
        status_at=at,
        event=event,
        evidence=grounds.evidence,
        proposed_by=by,
        proposed_at=at,
    ).with_document({"reason": grounds.reason})
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
            log.record(proposal, "proposal.made", by=by, at=at, step=event)
    except IntegrityError as clash:
        raise NeedsSecondPerson(
            "This step is proposed already; a second person decides."
        ) from clash
    return proposal


def _check_brought(step: machine.Step, grounds: Grounds) -> None:
    if "reason" in step.asks and not grounds.reason.strip():
        raise NeedsReason("Say what happened, in a sentence.")
    if "evidence" in step.asks and grounds.evidence is None:
        raise NeedsReason("Hand in the document that shows it.")


def _check_reviewer(case: ClawbackCase, by: User) -> None:
    if by.pk == case.owner_id:
        raise NeedsSecondPerson("You look after this case; a second person must accept it.")
    brought = case.events.filter(event="attested").order_by("-seq").first()
    if brought and brought.by_id == by.pk:
        raise NeedsSecondPerson("You recorded this statement; a second person must accept it.")


def _check_removable(case: ClawbackCase, by: User) -> None:
    if case.recipient.kind not in rules.SERVICES:
        raise NotForThisKind("Only a search engine, cache, archive or crawler removes a copy.")


def _check_not_renewed(case: ClawbackCase, by: User) -> None:
    if case.events.filter(event="renewed").exists():
        raise NotForThisKind("A preservation can be renewed once; ask the court now.")


def _check_can_be_named(case: ClawbackCase, by: User) -> None:
    copies = recipients.counting_copies(case.recipient)
    timed = any(copy.acquisition and copy.acquisition.first_at for copy in copies)
    if not timed or not case.recipient.document["address"]:
        raise NotForThisKind(
            "A provider names a subscriber by address and UTC time; our records lack one of them."
        )


GUARDS: dict[str, Callable[[ClawbackCase, User], None]] = {
    "process_started": _check_can_be_named,
    "accepted": _check_reviewer,
    "removal_confirmed": _check_removable,
    "renewed": _check_not_renewed,
}
