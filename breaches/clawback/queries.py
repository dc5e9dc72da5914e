"""Where the cases of an incident stand, what is due, and whether the events bear it out."""

from datetime import datetime

from django.db.models import Q, QuerySet

from breaches.audit.rules import FIRST, link
from breaches.clawback import machine
from breaches.clawback.models import (
    CaseClock,
    CaseEvent,
    ClawbackCase,
    ClockStatus,
    Proposal,
    ProposalStatus,
)
from breaches.clawback.states import State
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient
from breaches.vault import keys


def without_case() -> QuerySet[Recipient]:
    """Return the recipients for whom nobody has opened a case."""
    return Recipient.objects.filter(case=None).select_related("incident").order_by("pk")


def events_of(case: ClawbackCase) -> QuerySet[CaseEvent]:
    """Return everything that happened to a case, oldest first."""
    rows = CaseEvent.objects.filter(case=case).select_related("by", "evidence")
    return rows.order_by("seq")


def ran_out(*, at: datetime) -> QuerySet[CaseClock]:
    """Return the clocks whose date has passed and that nobody has noticed."""
    rows = CaseClock.objects.filter(status=ClockStatus.RUNNING, due_at__lte=at)
    return rows.order_by("due_at", "pk")


def dates_of(incident: Incident) -> QuerySet[CaseClock]:
    """Return the clocks that run, stand or wait for a person, the nearest date first."""
    alive = [ClockStatus.FIRED, ClockStatus.RUNNING, ClockStatus.PAUSED]
    rows = CaseClock.objects.filter(incident=incident, status__in=alive)
    return rows.select_related("case__recipient").order_by("due_at", "pk")


def overdue(incident: Incident, *, at: datetime) -> QuerySet[CaseClock]:
    """Return the clocks that have run out and that nobody has dealt with."""
    past = Q(status=ClockStatus.FIRED) | Q(status=ClockStatus.RUNNING, due_at__lte=at)
    return dates_of(incident).filter(past)


def next_date(incident: Incident, *, at: datetime) -> CaseClock | None:
    """Return the clock that runs out next, or None."""
    rows = dates_of(incident).filter(status=ClockStatus.RUNNING, due_at__gt=at)
    return rows.first()


def to_confirm(incident: Incident) -> QuerySet[Proposal]:
    """Return the steps that wait for a second person."""
    rows = Proposal.objects.filter(incident=incident, status=ProposalStatus.PROPOSED)
    return rows.select_related("case__recipient", "proposed_by").order_by("proposed_at", "pk")


def replayed(case: ClawbackCase) -> State:
    """Return the state that the stored events lead to, each checked against its chain.

    Raises NotReplayable.
    """
    events, key, previous = list(events_of(case)), keys.audit_key(), FIRST
    for number, event in enumerate(events, 1):
        if event.seq != number or link(key, previous, event.seq, event.body) != event.mac:
            raise machine.NotReplayable(f"event {number} of case {case.pk} was changed or is lost")
        previous = event.mac
    return machine.replay((event.event, event.was, event.to) for event in events)
