"""Ask for the end of an incident, withdraw that, or confirm it as the second person."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.incidents.actions import end_incident
from breaches.incidents.models import Incident
from notifications.endings.models import Ending, EndingStatus
from notifications.endings.queries import in_the_way


class StillNeeded(Refused):
    """Something still needs the records of the incident."""


class AskedAlready(Refused):
    """Somebody asked for the same before."""


class NeedsSecondPerson(Refused):
    """Whoever asked for it cannot confirm it."""


def ask(incident: Incident, ground: str, *, by: User, at: datetime) -> Ending:
    """Ask for the end of a closed incident. Raises StillNeeded, AskedAlready."""
    _check(incident)
    status = EndingStatus.ASKED
    ending = Ending(incident=incident, ground=ground, status=status, status_at=at)
    ending.asked_by, ending.asked_at = by, at
    try:
        with transaction.atomic():
            ending.save(force_insert=True)
            log.record(ending, "ending.asked", by=by, at=at, ground=ground)
    except IntegrityError as other:
        raise AskedAlready("Somebody has asked for it already; reload the page.") from other
    return ending


def withdraw(ending: Ending, *, by: User, at: datetime) -> None:
    """Take a request back. Raises IllegalMove, MovedMeanwhile."""
    move(ending, EndingStatus.WITHDRAWN, by=by, at=at, settled_by=by)


@transaction.atomic
def confirm(ending: Ending, *, by: User, at: datetime) -> None:
    """Confirm a request as the second person; the key is destroyed.

    Raises NeedsSecondPerson, StillNeeded, IllegalMove, MovedMeanwhile.
    """
    if by == ending.asked_by:
        raise NeedsSecondPerson("You asked for it; a second person must confirm it.")
    _check(ending.incident)
    move(ending, EndingStatus.CONFIRMED, by=by, at=at, settled_by=by)
    end_incident(ending.incident, by=by, at=at)


def _check(incident: Incident) -> None:
    if reasons := in_the_way(incident):
        raise StillNeeded("It cannot be ended yet. " + " ".join(reasons))
