"""Columns that nobody needs any more are destroyed, once it is settled who is in the file."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User

from breaches.errors import Refused
from breaches.leaks import retention
from breaches.leaks.models import Destruction, SourceFile
from breaches.matching.queries import settled


class StillNeeded(Refused):
    """Matching may still need it."""


def minimise(
    file: SourceFile, columns: Collection[str], reason: str, *, by: User, at: datetime
) -> Destruction:
    """Decide that what some columns hold is destroyed, by their keys.

    Raises StillNeeded, OnHold, NotKept.
    """
    if not columns:
        raise StillNeeded("Choose at least one column.")
    if not settled(file.incident):
        raise StillNeeded(
            "It is not settled yet who is in the file: match it, and decide every pair that waits "
            "for a reviewer. Until then a column may be needed."
        )
    return retention.order_destruction(file, columns, reason, by=by, at=at)
