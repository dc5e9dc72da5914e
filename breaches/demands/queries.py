"""What was asked of a recipient and what was answered."""

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from breaches.clawback.models import CaseClock, ClockStatus
from breaches.demands.models import (
    BEING_PREPARED,
    Attestation,
    Demand,
    DemandStatus,
    Response,
)
from breaches.demands.rules import CLOCKS
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient

OUT = (DemandStatus.SENT, DemandStatus.ANSWERED)


def newest_answers() -> Prefetch:
    """Return the demands of recipients with their answers, to be loaded along."""
    answers = Response.objects.order_by("received_on", "recorded_at")
    demands = Demand.objects.exclude(status=DemandStatus.WITHDRAWN).order_by("drafted_at", "pk")
    return Prefetch("demands", demands.prefetch_related(Prefetch("responses", answers)))


def demands_of(recipient: Recipient) -> QuerySet[Demand]:
    """Return every letter to a recipient, the newest first, with its answers."""
    rows = Demand.objects.filter(recipient=recipient).select_related("author", "approved_by")
    return rows.prefetch_related("responses").order_by("-drafted_at", "-pk")


def sent_to(recipient: Recipient) -> QuerySet[Demand]:
    """Return the letters that went out to a recipient, the newest first."""
    rows = Demand.objects.filter(recipient=recipient, status__in=OUT)
    return rows.select_related("author", "contact").order_by("-sent_on", "-pk")


def reminders_due() -> QuerySet[CaseClock]:
    """Return the clocks that ran out and whose letter nobody has written since.

    A draft that was withdrawn since is an answer too: somebody did not want it.
    """
    written = Demand.objects.filter(
        recipient=OuterRef("case__recipient"), drafted_at__gte=OuterRef("status_at")
    )
    being = Demand.objects.filter(recipient=OuterRef("case__recipient"), status__in=BEING_PREPARED)
    rows = CaseClock.objects.filter(code__in=CLOCKS, status=ClockStatus.FIRED)
    rows = rows.filter(~Exists(written) & ~Exists(being)).select_related("case__recipient")
    return rows.order_by("due_at", "pk")


def statements_of(recipient: Recipient) -> QuerySet[Attestation]:
    """Return what a recipient signed, the newest first."""
    rows = Attestation.objects.filter(recipient=recipient).select_related("evidence")
    return rows.order_by("-recorded_at")


def written_to(incident: Incident) -> int:
    """Return to how many recipients a letter went out."""
    rows = Demand.objects.filter(incident=incident, status__in=OUT)
    return rows.values("recipient").distinct().count()


def answered(incident: Incident) -> int:
    """Return how many recipients have answered."""
    rows = Demand.objects.filter(incident=incident, status=DemandStatus.ANSWERED)
    return rows.values("recipient").distinct().count()


def late(incident: Incident, *, today: date) -> QuerySet[Demand]:
    """Return the letters whose answer is overdue."""
    return Demand.objects.filter(incident=incident, status=DemandStatus.SENT, due_on__lt=today)


def to_approve(incident: Incident) -> QuerySet[Demand]:
    """Return the letters that wait for a second person."""
    rows = Demand.objects.filter(incident=incident, status=DemandStatus.DRAFT)
    return rows.select_related("recipient").order_by("drafted_at")
