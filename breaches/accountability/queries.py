"""Each recipient with all that was done about it, and what was promised against what was done."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Prefetch, Q, QuerySet, When

from breaches.accountability import report
from breaches.accountability.measures import COUNTED, Done
from breaches.accountability.models import Unknown, UnknownStatus
from breaches.accountability.rows import answered
from breaches.clawback.models import CaseClock, ClawbackCase, ClockStatus
from breaches.clawback.queries import overdue, to_confirm
from breaches.clawback.states import CLOSED, PROOF, State
from breaches.demands import queries as demands
from breaches.demands.models import Demand
from breaches.downloads.queries import counts
from breaches.incidents.models import Incident, Statement
from breaches.incidents.promises import PROMISES
from breaches.matching.models import AffectedPerson
from breaches.matching.queries import affected
from breaches.people.countries import country as country_code
from breaches.recipients.models import Recipient
from breaches.recipients.queries import known_recipients
from breaches.takedowns.models import Takedown, TakedownStatus
from breaches.takedowns.queries import to_look_at


class Totals(NamedTuple):
    """How far the clawback of one incident is."""

    recipients: int
    sent: int
    answered: int
    overdue: int
    to_approve: int
    to_confirm: int
    closed: int
    to_look_at: int


class Promise(NamedTuple):
    """What somebody promised, when and where, and how far it is."""

    statement: Statement
    text: str
    source: str
    promised: str
    done: Done


def recipients_with_all(incident: Incident) -> QuerySet[Recipient]:
    """Return everybody who is known to have a copy, with what was done about each loaded along."""
    alive = [ClockStatus.FIRED, ClockStatus.RUNNING, ClockStatus.PAUSED]
    clocks = CaseClock.objects.filter(status__in=alive).order_by("due_at")
    return (
        known_recipients(incident)
        .select_related("case", "incident")
        .prefetch_related(demands.newest_answers(), Prefetch("case__clocks", clocks))
    )


def totals(incident: Incident, *, at: datetime) -> Totals:
    """Return how far the clawback of `incident` is."""
    return Totals(
        recipients=known_recipients(incident).count(),
        sent=demands.written_to(incident),
        answered=demands.answered(incident),
        overdue=overdue(incident, at=at).count(),
        to_approve=demands.to_approve(incident).count(),
        to_confirm=to_confirm(incident).count(),
        to_look_at=to_look_at(incident, at=at).count(),
        closed=ClawbackCase.objects.filter(incident=incident, status__in=CLOSED).count(),
    )


def may_be_feared_by(recipient: Recipient) -> list[AffectedPerson]:
    """Return the affected people whose nationality is the country of a recipient's network.

    Nationality stands in for the feared actor, which nobody has written down. Everybody is
    opened, one at a time, and nothing is kept.
    """
    country = recipient.document.get("country", "")
    if not country:
        return []
    people = affected(recipient.incident).iterator(chunk_size=2000)
    return [one for one in people if country_of(one) == country]


def country_of(one: AffectedPerson) -> str:
    """Return the code of the country of an affected person's nationality, or nothing."""
    return country_code(one.document.get("nationality", ""))


def unknowns_of(incident: Incident) -> QuerySet[Unknown]:
    """Return what is not known, the open first."""
    rows = Unknown.objects.filter(incident=incident).select_related("recipient", "evidence")
    return rows.order_by(Case(When(status=UnknownStatus.SETTLED, then=1), default=0), "noted_at")


def open_unknowns(incident: Incident) -> QuerySet[Unknown]:
    """Return what nobody knows yet."""
    return unknowns_of(incident).exclude(status=UnknownStatus.SETTLED)


def by_proof(incident: Incident) -> list[tuple[int, str, int]]:
    """Return how many recipients' deletions are proven how far: (level, words, number)."""
    levels = Counter(case.proof for case in ClawbackCase.objects.filter(incident=incident))
    return [(level, words, levels[level]) for level, words in PROOF.items()]


def promises(incident: Incident) -> list[Promise]:
    """Return what was promised, the oldest first, each with how far it is today."""
    said = Statement.objects.filter(incident=incident, about__in=list(PROMISES))
    done = measure(incident)
    return [
        Promise(row, opened["text"], opened["source"], PROMISES[row.about], done[row.about])
        for row in said.order_by("said_on", "recorded_at")
        for opened in [row.document]
    ]


def measure(incident: Incident) -> dict[str, Done]:
    """Return how far everything is that can be promised."""
    known = known_recipients(incident)
    everybody = known.count()
    cases = Counter(ClawbackCase.objects.filter(incident=incident).values_list("status", flat=True))
    proven, checked = State.CLOSED_ATTESTED, (State.CLOSED_VERIFIED, State.CLOSED_ORDERED)
    verified = sum(cases[state] for state in checked)
    asked = Demand.objects.filter(
        incident=incident, purpose="preservation", sent_on__isnull=False
    ).values("recipient")
    preserved = known.filter(Q(pk__in=asked) | Q(case__status__in=CLOSED)).count()
    copies = Takedown.objects.filter(incident=incident)
    gone = copies.filter(status__in=[TakedownStatus.GONE, TakedownStatus.CANNOT])
    numbers = {
        "contact_downloaders": demands.written_to(incident),
        "preserve": preserved,
        "get_answers": demands.answered(incident),
        "get_deleted": cases[proven] + verified,
        "verify": verified,
        "obey_orders": cases[State.CLOSED_ORDERED],
        "take_down": gone.count(),
        "name_recipients": sum(bool(row.document["name"]) for row in known),
    }
    ordered = [State.ORDERED, State.ORDER_STAYED, State.NON_COMPLIANT, State.CLOSED_ORDERED]
    of = dict.fromkeys(numbers, everybody) | {
        "obey_orders": sum(cases[one] for one in ordered),
        "take_down": copies.count(),
    }
    return {code: Done(COUNTED[code], numbers[code], of[code]) for code in PROMISES}


def facts_for_page(incident: Incident, *, at: datetime) -> dict[str, Any]:
    """Return what stands over the list of recipients."""
    return {"totals": totals(incident, at=at), "proof": by_proof(incident)}


def facts_for_report(incident: Incident, *, at: datetime) -> dict[str, Any]:
    """Return what the report shows: how many, from where, when, how complete, what was done."""
    rows = [answered(row, at=at) for row in recipients_with_all(incident)]
    return {
        "rows": rows,
        "sums": report.summed(rows, is_at_least=counts(incident).is_at_least),
        "grades": report.by_grade(rows),
        "proof": by_proof(incident),
        "impossible": report.impossible(rows),
        "passed_on": report.passed_on(rows),
        "hidden": report.hidden_for_a_time(incident),
        "unknowns": [(one, one.document) for one in open_unknowns(incident)],
        "at": at,
    }
