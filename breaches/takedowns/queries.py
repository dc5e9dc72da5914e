"""Which copies on the net wait for whom."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from breaches.clawback.models import ClawbackCase
from breaches.clawback.states import CLOSED, State
from breaches.incidents.models import Incident
from breaches.takedowns.models import Sighting, Takedown, TakedownStatus

# What a new sighting puts in doubt: everybody who says, or is shown, to have no copy.
IN_DOUBT = CLOSED - {State.CLOSED_IMPOSSIBLE}


def takedowns_of(incident: Incident) -> QuerySet[Takedown]:
    """Return the copies, those to be looked at first."""
    rows = Takedown.objects.filter(incident=incident).select_related("recipient", "evidence")
    return rows.order_by(F("next_check_at").asc(nulls_last=True), "status_at", "pk")


def to_look_at(incident: Incident, *, at: datetime) -> QuerySet[Takedown]:
    """Return the copies to be asked for, and those to be looked at again by now."""
    waits = [TakedownStatus.TO_ASK, TakedownStatus.EXPIRED, TakedownStatus.BACK]
    return takedowns_of(incident).filter(Q(status__in=waits) | Q(next_check_at__lte=at))


def ended(*, at: datetime) -> QuerySet[Takedown]:
    """Return the removals whose time is over."""
    return Takedown.objects.filter(status=TakedownStatus.GONE, expires_at__lte=at).order_by("pk")


def sightings_of(incident: Incident) -> QuerySet[Sighting]:
    """Return where the file was seen again, the latest first."""
    return Sighting.objects.filter(incident=incident).order_by("-seen_on", "-recorded_at")


def in_doubt(incident: Incident) -> QuerySet[ClawbackCase]:
    """Return the closed cases that a new sighting puts in doubt."""
    rows = ClawbackCase.objects.filter(incident=incident, status__in=IN_DOUBT)
    return rows.select_related("recipient", "incident")
