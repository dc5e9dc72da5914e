"""Long work on one row: one worker holds it, and another may take over when it falls silent.

What a worker writes is committed together with its progress, under its claim. Killed between
two pieces it loses nothing; overtaken it writes nothing more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from breaches.audit.lifecycle import Lifecycle, move
from breaches.errors import Refused


class TakenOver(Refused):
    """Another worker has this row now."""


class Leased(Lifecycle):
    """A row that is worked on in the background, and how far the work is."""

    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Leased)


@dataclass
class Lease:
    """The hold of one worker on one row."""

    row: Leased
    token: UUID
    at: datetime
    started: float

    @property
    def now(self) -> datetime:
        """Return the time on this worker's clock."""
        return self.at + timedelta(seconds=monotonic() - self.started)

    def keep(self, **progress: Any) -> None:
        """Renew the hold and store progress; call inside the transaction of the piece done.

        Raises TakenOver.
        """
        held = type(self.row)._default_manager.filter(pk=self.row.pk, claim=self.token)
        if not held.update(claimed_at=self.now, **progress):
            raise TakenOver(f"Another worker has {self.row}.")
        for name, value in progress.items():
            setattr(self.row, name, value)


Item = TypeVar("Item")


def pieces(items: Iterable[Item], *, done: int, size: int) -> Iterator[list[Item]]:
    """Yield `items` in lists of `size`, but for the first `done`: an earlier worker did those."""
    left = islice(items, done, None)
    while piece := list(islice(left, size)):
        yield piece


def take(row: Leased, working: str, *, at: datetime) -> Lease:
    """Move a waiting row to `working`, or take it over from a worker that fell silent.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    token = uuid4()
    if row.status == working:
        stale = type(row)._default_manager.filter(_silent(at), pk=row.pk, status=working)
        if not stale.update(claim=token, claimed_at=at):
            raise TakenOver(f"Another worker has {row}.")
    else:
        move(row, working, by=None, at=at, claim=token, claimed_at=at)
    row.refresh_from_db()
    return Lease(row, token, at, monotonic())


def waiting(model: type[Row], ready: str, working: str, *, at: datetime) -> QuerySet[Row]:
    """Return the rows that nobody works on and somebody should, oldest first."""
    rows = model._default_manager.filter(Q(status=ready) | Q(_silent(at), status=working))
    return rows.order_by("pk")


def _silent(at: datetime) -> Q:
    since = at - timedelta(seconds=settings.LEASE_SECONDS)
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=since)
