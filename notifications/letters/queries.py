"""Questions about letters."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from breaches.incidents.models import Incident
from notifications.letters.models import Hold, Letter, Status
from notifications.notices.models import Notice
from notifications.notices.queries import ready


def letters_of(incident: Incident) -> QuerySet[Letter]:
    """Return the letters of an incident in the order of their references."""
    return Letter.objects.filter(incident=incident).order_by("reference")


def to_order(incident: Incident) -> QuerySet[Notice]:
    """Return the notices that may go out and have no letter, or one that was held."""
    waiting = ready(incident).filter(Q(letter__isnull=True) | Q(letter__status=Status.HELD))
    return waiting.select_related("affected", "version", "letter", "incident")


def unclaimed(*, at: datetime) -> QuerySet[Letter]:
    """Return the letters nobody is making: new ones, and those whose worker fell silent."""
    since = at - timedelta(seconds=settings.LEASE_SECONDS)
    idle = Q(claimed_at__isnull=True) | Q(claimed_at__lt=since)
    return Letter.objects.filter(idle, status=Status.ORDERED)


def under_way(*, at: datetime) -> int:
    """Return how many letters a worker has, or has waiting in its queue."""
    since = at - timedelta(seconds=settings.LEASE_SECONDS)
    return Letter.objects.filter(status=Status.ORDERED, claimed_at__gte=since).count()


def claimed(token: UUID) -> QuerySet[Letter]:
    """Return the letters of one claim that are still to be made."""
    waiting = Letter.objects.filter(claim=token, status=Status.ORDERED)
    return waiting.select_related("version", "notice").order_by("pk")


def counts(incident: Incident) -> dict[str, int]:
    """Return how many letters of `incident` stand where."""
    letters = Letter.objects.filter(incident=incident)
    found = Counter(dict(letters.values_list("status").annotate(Count("pk")).order_by()))
    return {status: found[status] for status in Status.values}


def held_by_reason(incident: Incident) -> list[tuple[str, str, int]]:
    """Return (code, reason in words, how many) for the letters that wait for a person."""
    held = Letter.objects.filter(incident=incident, status=Status.HELD)
    found = held.values_list("hold").annotate(number=Count("pk")).order_by("-number", "hold")
    return [(code, Hold(code).label, number) for code, number in found]
