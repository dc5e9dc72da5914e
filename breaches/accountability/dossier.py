"""The page of one recipient, put together for its template."""

from datetime import datetime
from typing import Any, NamedTuple

from breaches.accountability.rows import Answered, called
from breaches.clawback import machine
from breaches.clawback.models import CaseEvent, ClawbackCase, Proposal, ProposalStatus
from breaches.clawback.queries import events_of, replayed
from breaches.clawback.states import PROOF, State
from breaches.clawback.working_days import knows
from breaches.demands.queries import demands_of, statements_of
from breaches.downloads import registry
from breaches.incidents.timeline import Moment, picture
from breaches.recipients.queries import contacts_of
from breaches.recipients.rules import SERVICES

FOR_SERVICES = {"removal_confirmed"}


class Possible(NamedTuple):
    """A step that a person can record now."""

    event: str
    words: str
    two_people: bool


class Happened(NamedTuple):
    """One event of the case with what it rests on."""

    number: int
    event: CaseEvent
    words: str
    reason: str


def of(row: Answered, *, at: datetime) -> dict[str, Any]:
    """Return what the page of one recipient shows."""
    recipient, case = row.recipient, row.case
    facts: dict[str, Any] = {
        "contacts": [(one, one.document) for one in contacts_of(recipient)],
        "parent": recipient.parent and (recipient.parent, called(recipient.parent)),
        "children": [
            (child, called(child)) for child in recipient.children.order_by("recognised_at")
        ],
        "registered": registry.of_network(recipient.incident_id, recipient.network),
        "risk_because": recipient.document.get("risk_because", ""),
        "knows_holidays": knows(recipient.jurisdiction),
        "demands": [(one, list(one.responses.all())) for one in demands_of(recipient)],
        "statements": [(one, one.document) for one in statements_of(recipient)],
        "at": at,
    }
    return {**facts, **_of_case(case)} if case else facts


def _of_case(case: ClawbackCase) -> dict[str, Any]:
    happened = _happened(case)
    moments = [Moment(one.event.at, one.words) for one in happened]
    return {
        "steps": _possible(case),
        "proposals": _proposals(case),
        "clocks": list(case.clocks.all()),
        "happened": happened,
        "picture": picture(moments, []) if len(moments) > 1 else None,
        "proof": PROOF[case.proof],
        "is_whole": _is_whole(case),
        "is_draft": case.status == State.DRAFT,
    }


def _possible(case: ClawbackCase) -> list[Possible]:
    found = []
    for event in machine.possible_by_hand(case.status):
        if event in FOR_SERVICES and case.recipient.kind not in SERVICES:
            continue
        step = machine.STEPS[event]
        found.append(Possible(event, step.words, step.two_people))
    return found


def _happened(case: ClawbackCase) -> list[Happened]:
    return [
        Happened(number, event, machine.STEPS[event.event].words, event.document["reason"])
        for number, event in enumerate(events_of(case), 1)
    ]


def _proposals(case: ClawbackCase) -> list[tuple[Proposal, str, str]]:
    waiting = case.proposals.filter(status=ProposalStatus.PROPOSED).select_related("proposed_by")
    return [
        (one, machine.STEPS[one.event].words, one.document["reason"])
        for one in waiting.order_by("proposed_at")
    ]


def _is_whole(case: ClawbackCase) -> bool:
    try:
        return replayed(case) == case.status
    except machine.NotReplayable:
        return False
