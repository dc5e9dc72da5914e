"""Status changes: allowed, made once, and written down in the same transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction

from breaches.audit import log
from breaches.errors import Refused


class IllegalMove(Refused):
    """The status table does not allow this change."""


class MovedMeanwhile(Refused):
    """Someone else changed the row first."""


class Lifecycle(models.Model):
    """A row with a status, and the table of the moves it may make."""

    MOVES: ClassVar[Mapping[str, Collection[str]]]

    status = models.CharField(max_length=20)
    status_at = models.DateTimeField()

    class Meta:
        abstract = True

    def check_move(self, to: str) -> None:
        """Raise IllegalMove unless `to` may follow the present status."""
        if to not in self.MOVES[self.status]:
            what = str(self).capitalize()
            raise IllegalMove(f"{what} is {_prose(self.status)}; it cannot become {_prose(to)}.")


def move(row: Lifecycle, to: str, *, by: User | None, at: datetime, **fields: Any) -> None:
    """Change the status of `row` once, with its other `fields`, and audit it.

    Raises IllegalMove, or MovedMeanwhile if another worker was faster.
    """
    if not move_all([row], to, by=by, at=at, **fields):
        raise MovedMeanwhile(f"{str(row).capitalize()} was changed by someone else; reload it.")


Row = TypeVar("Row", bound=Lifecycle)


def move_all(
    rows: Sequence[Row], to: str, *, by: User | None, at: datetime, **fields: Any
) -> list[Row]:
    """Change the status of each row that nobody changed meanwhile; return those.

    One transaction, one event a row. Raises IllegalMove before anything is done.
    """
    changes = {"status": to, "status_at": at, **fields}
    with transaction.atomic():
        for row in rows:
            row.check_move(to)
        moved = [row for row in rows if _compare_and_set(row, changes)]
        if moved:
            event = f"{moved[0]._meta.model_name}.{to.lower()}"
            log.record_many(moved, event, by=by, at=at, fields=sorted(fields))
    for row in moved:
        for name, value in changes.items():
            setattr(row, name, value)
    return moved


def _compare_and_set(row: Lifecycle, changes: Mapping[str, Any]) -> bool:
    # Compare-and-set rather than a row lock: it also holds on SQLite.
    same = type(row)._default_manager.filter(pk=row.pk, status=row.status)
    return bool(same.update(**changes))


def _prose(status: str) -> str:
    return status.lower().replace("_", " ")
