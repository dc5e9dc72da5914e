"""Which copies on the net wait for whom."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from breaches.clawback.models import ClawbackCase
from breaches.clawback.states import CLOSED, State
from breaches.downloads.clients import tags_of
from breaches.downloads.models import ClientClass
from breaches.incidents.models import Incident
from breaches.recipients.models import DisclosureCopy, Recipient
from breaches.recipients.queries import COUNTS
from breaches.takedowns import rules
from breaches.takedowns.models import Sighting, Takedown, TakedownStatus
from breaches.vault import blind


class Fetched(NamedTuple):
    """A robot that fetched the file: which service has a copy since, and from where."""

    service: str
    address: str
    recipient: Recipient
    agent: str
    at: datetime | None

    @property
    def name(self) -> str:
        """Return the service as it is printed."""
        return rules.SERVICES[self.service].name


# What a new sighting puts in doubt: everybody who says, or is shown, to have no copy.
IN_DOUBT = CLOSED - {State.CLOSED_IMPOSSIBLE}


def takedowns_of(incident: Incident) -> QuerySet[Takedown]:
    """Return the copies, those to be looked at first."""
    rows = Takedown.objects.filter(incident=incident)
    rows = rows.select_related("incident", "recipient", "evidence")
    return rows.order_by(F("next_check_at").asc(nulls_last=True), "status_at", "pk")


def to_look_at(incident: Incident, *, at: datetime) -> QuerySet[Takedown]:
    """Return the copies to be asked for, and those to be looked at again by now."""
    waits = [TakedownStatus.TO_ASK, TakedownStatus.EXPIRED, TakedownStatus.BACK]
    return takedowns_of(incident).filter(Q(status__in=waits) | Q(next_check_at__lte=at))


def ended(*, at: datetime) -> QuerySet[Takedown]:
    """Return the removals whose time is over."""
    return Takedown.objects.filter(status=TakedownStatus.GONE, expires_at__lte=at).order_by("pk")


def proposed(incident: Incident) -> list[Fetched]:
    """Return the robots that fetched the file and whose copy is not on the list yet."""
    rows = DisclosureCopy.objects.filter(
        incident=incident, acquisition__client_class=ClientClass.BOT
    ).filter(COUNTS)
    listed = set(Takedown.objects.filter(incident=incident).values_list("service", "place"))
    found: dict[tuple[str, str], Fetched] = {}
    rows = rows.select_related("acquisition__exposure", "recipient").order_by(
        "acquisition__first_at", "pk"
    )
    for row in rows:
        for one in _fetched(row):
            key = one.service, place_of(incident, one.address)
            if key not in listed:
                found.setdefault(key, one)
    return list(found.values())


def place_of(incident: Incident, address: str) -> str:
    """Return the blind index by which one address of a copy is known again."""
    return blind.index(incident.key_name, "place", rules.normal(address))


def _fetched(row: DisclosureCopy) -> Iterator[Fetched]:
    got = row.acquisition
    for agent in got.document["agents"] if got else ():
        service = rules.service_of(agent, tags_of(agent))
        if got and service:
            yield Fetched(service, got.exposure.locator, row.recipient, agent, got.first_at)


def sightings_of(incident: Incident) -> QuerySet[Sighting]:
    """Return where the file was seen again, the latest first."""
    return Sighting.objects.filter(incident=incident).order_by("-seen_on", "-recorded_at")


def in_doubt(incident: Incident) -> QuerySet[ClawbackCase]:
    """Return the closed cases that a new sighting puts in doubt."""
    rows = ClawbackCase.objects.filter(incident=incident, status__in=IN_DOUBT)
    return rows.select_related("recipient", "incident")
