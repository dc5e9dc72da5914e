"""The list of facilities."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.errors import Refused
from breaches.people.models import Facility


class NameTaken(Refused):
    """There is a facility of this name."""


def keep_facility(
    facility: Facility, given: Mapping[str, Any], *, by: User, at: datetime
) -> Facility:
    """Write down what a facility asks of an envelope. Raises NameTaken."""
    event = "facility.changed" if facility.pk else "facility.added"
    for name, value in given.items():
        setattr(facility, name, value)
    try:
        with transaction.atomic():
            facility.save()
            log.record(facility, event, by=by, at=at, fields=sorted(given))
    except IntegrityError as clash:
        raise NameTaken("There is a facility of this name already; change that one.") from clash
    return facility
