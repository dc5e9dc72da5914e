"""Who has a copy, and how each answered."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet

from breaches.downloads.counting import HOLDERS
from breaches.downloads.grades import best
from breaches.downloads.models import Acquisition, ClientClass
from breaches.incidents.models import Incident
from breaches.recipients.models import Demand, DemandStatus, Recipient
from breaches.recipients.rules import Standing

# A robot's copy is a disclosure too; our own check is none.
COUNTING = Q(withdrawn_at=None, grade__in=list(HOLDERS)) & ~Q(client_class=ClientClass.OWN)


class Answered(NamedTuple):
    """One recipient, opened, with its gravest grade and where it stands."""

    recipient: Recipient
    address: str
    network: str
    name: str
    grade: str
    copies: list[Acquisition]
    demand: Demand | None
    standing: Standing
    is_overdue: bool


class Totals(NamedTuple):
    """How far the clawback of one incident is."""

    recipients: int
    sent: int
    answered: int
    overdue: int
    to_approve: int


def unrecognised(incident: Incident) -> QuerySet[Acquisition]:
    """Return the copies that no recipient stands for yet."""
    rows = Acquisition.objects.filter(COUNTING, incident=incident, recipients=None)
    return rows.order_by("first_at", "pk")


def incidents_to_recognise() -> QuerySet[Incident]:
    """Return the incidents with copies that no recipient stands for yet."""
    waiting = Acquisition.objects.filter(COUNTING, incident=OuterRef("pk"), recipients=None)
    return Incident.objects.filter(Exists(waiting))


def known_recipients(incident: Incident) -> QuerySet[Recipient]:
    """Return everybody who has a copy that counts, or was ever written to."""
    through = Recipient.acquisitions.through.objects
    copies = Acquisition.objects.filter(COUNTING)
    holds = through.filter(recipient=OuterRef("pk"), acquisition__in=copies)
    written_to = Demand.objects.filter(recipient=OuterRef("pk"))
    rows = Recipient.objects.filter(Exists(holds) | Exists(written_to), incident=incident)
    demands = Demand.objects.order_by("drafted_at", "pk").select_related("response")
    rows = rows.annotate(first_copy=Min("acquisitions__first_at"))
    return rows.order_by("first_copy", "pk").prefetch_related(
        Prefetch("acquisitions", copies.select_related("exposure").order_by("first_at")),
        Prefetch("demands", demands),
    )


def grade_of(recipient: Recipient) -> str:
    """Return the gravest grade of what a recipient has, or nothing where no copy counts."""
    return best(recipient.acquisitions.filter(COUNTING).values_list("grade", flat=True))


def answered(recipient: Recipient, *, today: date) -> Answered:
    """Return one recipient, opened, and how it answered."""
    document, copies = recipient.document, list(recipient.acquisitions.all())
    demand = next(reversed(list(recipient.demands.all())), None)
    late = demand is not None and demand.is_overdue(today)
    return Answered(
        recipient=recipient,
        address=document["address"],
        network=document["network"] or "unknown network",
        name=document["name"],
        grade=best(row.grade for row in copies),
        copies=copies,
        demand=demand,
        standing=_standing(demand, late=late),
        is_overdue=late,
    )


def totals(incident: Incident, *, today: date) -> Totals:
    """Return how far the clawback of `incident` is."""
    demands = Demand.objects.filter(incident=incident)
    sent = demands.filter(status__in=[DemandStatus.SENT, DemandStatus.ANSWERED])
    late = demands.filter(status=DemandStatus.SENT, due_on__lt=today)
    return Totals(
        recipients=known_recipients(incident).count(),
        sent=sent.values("recipient").distinct().count(),
        answered=demands.filter(status=DemandStatus.ANSWERED)
        .values("recipient")
        .distinct()
        .count(),
        overdue=late.count(),
        to_approve=demands.filter(status=DemandStatus.DRAFT).count(),
    )


def _standing(demand: Demand | None, *, late: bool) -> Standing:
    if demand is None:
        return Standing("NONE", "not written to yet")
    if demand.status == DemandStatus.ANSWERED:
        return demand.response.standing
    if late:
        return Standing("OVERDUE", f"has not answered; the answer was due on {demand.due_on}")
    return Standing(demand.status, f"demand {demand.get_status_display()}")
