"""Writing to a recipient: drafted, approved by a second person, sent."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import log as audit
from breaches.audit.lifecycle import IllegalMove, move
from breaches.clawback import machine
from breaches.clawback.journal import Grounds, take_step
from breaches.clawback.models import CaseClock, ClawbackCase
from breaches.clawback.states import WORDS
from breaches.demands import records, rules
from breaches.demands.models import Demand, DemandStatus
from breaches.demands.queries import sent_to
from breaches.errors import Refused
from breaches.recipients.models import Recipient, RecipientContact
from breaches.recipients.rules import NEVER_WRITTEN_TO


class DemandOpen(Refused):
    """A letter to this recipient is being prepared."""


class NotToBeWritten(Refused):
    """Nobody writes to this recipient, or not this text."""


class NeedsSecondPerson(Refused):
    """The author cannot approve."""


class BadDates(Refused):
    """The dates cannot be."""


@dataclass(frozen=True)
class Wish:
    """What is to be written, on what legal basis, and where to."""

    purpose: str = "demand"
    basis: str = "consent"
    contact: RecipientContact | None = None


def draft_demand(case: ClawbackCase, wish: Wish, *, by: User, at: datetime) -> Demand:
    """Write a letter to the recipient of `case` for a second person to approve.

    Raises DemandOpen, NotToBeWritten, IllegalMove.
    """
    return _draft(case, wish, author=by, by=by, at=at)


def draft_reminder(clock: CaseClock, *, at: datetime) -> Demand:
    """Write the reminder or final notice that a clock is for, like the letter before it.

    It stands in the name of whoever wrote that letter, so somebody else must approve it before
    it goes. Raises DemandOpen, NotToBeWritten, IllegalMove.
    """
    before = sent_to(clock.case.recipient).first()
    if before is None:
        raise NotToBeWritten("No letter went out that could be recalled.")
    wish = Wish(rules.CLOCKS[clock.code], before.basis, before.contact)
    return _draft(clock.case, wish, author=before.author, by=None, at=at)


def _draft(
    case: ClawbackCase, wish: Wish, *, author: User, by: User | None, at: datetime
) -> Demand:
    recipient = case.recipient
    check_may_be_written_to(recipient)
    _check_follows(case, wish)
    lines = _records(recipient)
    demand = Demand(
        incident=case.incident,
        recipient=recipient,
        purpose=wish.purpose,
        basis=wish.basis,
        contact=wish.contact,
        key_name=recipient.key_name,
        status=DemandStatus.DRAFT,
        status_at=at,
        text_sha256=sha256("\n".join(lines).encode()).hexdigest(),
        author=author,
        drafted_at=at,
    ).with_document({"records": lines})
    try:
        with transaction.atomic():
            demand.save(force_insert=True)
            audit.record(demand, "demand.drafted", by=by, at=at, purpose=wish.purpose)
    except IntegrityError as clash:
        raise DemandOpen("A letter to this recipient is being prepared already.") from clash
    return demand


def approve_demand(demand: Demand, *, by: User, at: datetime) -> None:
    """Approve a letter that somebody else wrote.

    Raises NeedsSecondPerson, NotToBeWritten, IllegalMove, MovedMeanwhile.
    """
    if by.pk == demand.author_id:
        raise NeedsSecondPerson("You wrote this demand; a second person must approve it.")
    check_may_be_written_to(demand.recipient)
    if demand.contact is None or demand.contact.verified_at is None:
        raise NotToBeWritten("Nobody has checked that the contact is theirs: check it first.")
    move(demand, DemandStatus.APPROVED, by=by, at=at, approved_by=by)


def withdraw_demand(demand: Demand, *, by: User, at: datetime) -> None:
    """Take back a letter that has not gone out. Raises IllegalMove, MovedMeanwhile."""
    move(demand, DemandStatus.WITHDRAWN, by=by, at=at)


def mark_sent(
    demand: Demand, channel: str, *, sent_on: date, due_on: date, by: User, at: datetime
) -> None:
    """Record that a letter went out, and by when an answer is due; the case follows.

    Raises BadDates, IllegalMove, MovedMeanwhile.
    """
    if due_on < sent_on:
        raise BadDates("The answer cannot be due before the demand was sent.")
    case, event = demand.recipient.case, rules.SENDING[demand.purpose]
    grounds = Grounds(
        facts={"demand": str(demand.pk), "channel": channel},
        by_government=demand.basis == "usc_2703f",
    )
    with transaction.atomic():
        move(
            demand, DemandStatus.SENT, by=by, at=at, channel=channel, sent_on=sent_on, due_on=due_on
        )
        # The letter is out, wherever the case has gone meanwhile: a hold, an order.
        if machine.targets_of(event, case.status):
            take_step(case, event, by=by, at=at, grounds=grounds)


def check_may_be_written_to(recipient: Recipient) -> None:
    """Refuse to write where it would endanger people. Raises NotToBeWritten."""
    if recipient.kind in NEVER_WRITTEN_TO:
        raise NotToBeWritten(
            "Nobody writes to a foreign government: it would confirm the list to it."
        )
    if recipient.risk == "persecutor":
        raise NotToBeWritten(
            "Nobody writes to whoever persecutes these people, or answers to one who does: it "
            "would confirm the list."
        )
    if not recipient.risk:
        raise NotToBeWritten(
            "First say whether writing to them could endanger the people in the file."
        )


def _check_follows(case: ClawbackCase, wish: Wish) -> None:
    event = rules.SENDING[wish.purpose]
    if not machine.targets_of(event, case.status):
        raise IllegalMove(
            f"A letter to “{rules.PURPOSES[wish.purpose]}” does not follow while the case is "
            f"{WORDS[case.status]}."
        )
    if wish.purpose == "preservation" and wish.basis not in rules.BASES_TO_PRESERVE:
        raise NotToBeWritten(
            "Say on what basis they must preserve: a government agency under 18 U.S.C. 2703(f), "
            "anybody else by a civil hold letter."
        )


def _records(recipient: Recipient) -> list[str]:
    copies = records.of(recipient)
    if not copies:
        raise NotToBeWritten("No copy counts for this recipient any more.")
    lines = rules.record_lines(recipient.document["address"], copies)
    if problem := rules.text_problem("\n".join(lines)):
        raise NotToBeWritten(problem)
    return lines
