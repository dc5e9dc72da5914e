"""Whose records an account could open: its scope against the places where people were held."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from breaches.insiders import rules
from breaches.insiders.models import AccessGrant
from breaches.people.models import CustodyPlacement

Span = tuple[datetime | None, datetime | None]
PIECE = 500
EVERYONE = "all records"
UNPLACED = "no place of this person is known, so none can be ruled out"


class Grant(NamedTuple):
    """One grant, opened as far as its reach goes; `places` None means all records."""

    account: str
    places: frozenset[str] | None
    span: Span


class Stay(NamedTuple):
    """Where somebody was, under every name of that place, and when."""

    label: str
    names: frozenset[str]
    span: Span


def grants(rows: Iterable[AccessGrant]) -> list[Grant]:
    """Open the reach of grants."""
    return [
        Grant(
            row.account,
            rules.scope_of(row.document.get("scope", "")),
            (row.granted_at, row.revoked_at),
        )
        for row in rows
    ]


def stays(people: Iterable[UUID]) -> dict[UUID, list[Stay]]:
    """Return where each of `people` was held, as far as the register knows."""
    rows = CustodyPlacement.objects.filter(person__in=list(people)).select_related("facility")
    found: dict[UUID, list[Stay]] = defaultdict(list)
    for row in rows:
        if row.facility:
            spellings = [row.facility.name, *row.facility.also_called.splitlines()]
            names = frozenset(rules.place(name) for name in spellings if name.strip())
            span = (_midnight(row.from_on), _midnight(row.to_on, days=1))
            found[row.person_id].append(Stay(row.facility.name, names, span))
    return found


def why(grant: Grant, where: Iterable[Stay]) -> str:
    """Return why a grant reached somebody who was at `where`, or nothing if it did not."""
    known = list(where)
    if grant.places is None:
        return EVERYONE
    if not known:
        return UNPLACED
    return next(
        (f"held at {stay.label}" for stay in known
         if stay.names & grant.places and rules.overlap(stay.span, grant.span)),
        "",
    )  # fmt: skip


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC) + timedelta(days=days)
