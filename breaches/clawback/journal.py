"""The only door through which a case moves: one event, chained, with its clocks, at once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.audit.lifecycle import IllegalMove, MovedMeanwhile, move
from breaches.audit.rules import FIRST, link
from breaches.clawback import machine, timing
from breaches.clawback.models import CaseEvent, ClawbackCase
from breaches.clawback.states import CLOSED, WORDS
from breaches.errors import Refused
from breaches.evidence.models import Evidence
from breaches.vault import keys


class NoProof(Refused):
    """A case closes on a document, or not at all."""


class ChildrenOpen(Refused):
    """Somebody to whom the file was passed on is not settled."""


@dataclass(frozen=True)
class Grounds:
    """What an event rests on; `facts` are sealed with it, `due` are dates that somebody set."""

    reason: str = ""
    evidence: Evidence | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    due: dict[str, datetime] = field(default_factory=dict)
    by_government: bool = False


def take_step(
    case: ClawbackCase,
    event: str,
    *,
    by: User | None,
    at: datetime,
    to: str = "",
    grounds: Grounds | None = None,
) -> CaseEvent:
    """Add one event to a case: move it, chain the event, set and stop clocks.

    `to` is needed where the event may lead to several states. Raises IllegalMove, NoProof,
    ChildrenOpen, MovedMeanwhile.
    """
    grounds = grounds or Grounds()
    was, seq = case.status, case.last_seq
    to = _checked_target(case, event, to)
    if to in CLOSED and to != was:
        _check_may_close(case, grounds.evidence)
    try:
        with transaction.atomic():
            made = _chained(case, event, to, grounds, by, at)
            changes: dict[str, Any] = {"last_seq": made.seq}
            if to in CLOSED and to != was:
                changes["closed_on"] = grounds.evidence
            if to == was:
                _stay(case, event, by=by, at=at, **changes)
            else:
                move(case, to, by=by, at=at, **changes)
            timing.follow(case, event, grounds.due, by_government=grounds.by_government, at=at)
    except IntegrityError as clash:
        case.status, case.last_seq = was, seq
        raise MovedMeanwhile(f"{str(case).capitalize()} was changed by someone else.") from clash
    return made


def check_follows(case: ClawbackCase, event: str, to: str = "") -> None:
    """Refuse an event that cannot follow now. Raises IllegalMove."""
    allowed = machine.targets_of(event, case.status)
    if not allowed or (to and to not in allowed):
        words = machine.STEPS[event].words
        raise IllegalMove(f"“{words}” cannot follow while the case is {WORDS[case.status]}.")


def _checked_target(case: ClawbackCase, event: str, to: str) -> str:
    check_follows(case, event, to)
    allowed = machine.targets_of(event, case.status)
    if not to and len(allowed) > 1:
        raise ValueError(f"{event} needs its target")
    return to or next(iter(allowed))


def _check_may_close(case: ClawbackCase, evidence: Evidence | None) -> None:
    if evidence is None:
        raise NoProof("A case closes on a document: hand in what proves it.")
    children = ClawbackCase.objects.filter(recipient__parent=case.recipient_id)
    if number := children.exclude(status__in=CLOSED).count():
        raise ChildrenOpen(
            f"{number} to whom the file was passed on {'is' if number == 1 else 'are'} not "
            "settled; this case cannot close before."
        )


def _chained(
    case: ClawbackCase, event: str, to: str, grounds: Grounds, by: User | None, at: datetime
) -> CaseEvent:
    last = CaseEvent.objects.filter(case=case).order_by("-seq").first()
    made = CaseEvent(
        id=uuid4(),
        incident=case.incident,
        case=case,
        key_name=case.incident.key_name,
        seq=case.last_seq + 1,
        event=event,
        was=case.status,
        to=to,
        at=at,
        by=by,
        evidence=grounds.evidence,
    ).with_document({"reason": grounds.reason, **grounds.facts})
    made.mac = link(keys.audit_key(), last.mac if last else FIRST, made.seq, made.body)
    made.save(force_insert=True)  # the unique number decides between two at once
    return made


def _stay(case: ClawbackCase, event: str, *, by: User | None, at: datetime, **changes: Any) -> None:
    same = ClawbackCase.objects.filter(pk=case.pk, status=case.status, last_seq=case.last_seq)
    if not same.update(**changes):
        raise MovedMeanwhile(f"{str(case).capitalize()} was changed by someone else; reload it.")
    log.record(case, f"clawbackcase.{event}", by=by, at=at)
    case.last_seq = changes["last_seq"]
