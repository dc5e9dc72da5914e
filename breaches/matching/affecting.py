"""Writing down who is affected, by which rows, and who is not after all."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from breaches.audit import log
from breaches.incidents.models import Incident
from breaches.leaks.queries import LeakedRow
from breaches.matching.models import AffectedPerson

ADDRESS = ("address", "address_2", "address_3", "address_4", "address_5")


class Known(NamedTuple):
    """What is kept in sight about an affected person."""

    name: str
    birth_date: str
    nationality: str
    language: str
    lines: list[str]


def describe(one: AffectedPerson, rows: list[LeakedRow], known: Known) -> AffectedPerson:
    """Give an affected person the elements of their rows and what is known of them."""
    one.elements = sorted(frozenset().union(*(row.elements for row in rows)))
    one.withdrawn_at = None
    return one.with_document(dict(known._asdict()))


def save(
    incident: Incident,
    new: list[AffectedPerson],
    old: list[AffectedPerson],
    rows: dict[UUID, list[LeakedRow]],
    *,
    at: datetime,
) -> None:
    """Write affected people and which rows speak of them."""
    AffectedPerson.objects.bulk_create(new)
    AffectedPerson.objects.bulk_update(old, ["elements", "sealed", "withdrawn_at", "changed_at"])
    through: Any = AffectedPerson.rows.through
    through.objects.filter(affectedperson__in=old).delete()
    through.objects.bulk_create(
        through(affectedperson_id=pk, sourcerow_id=row.pk) for pk in rows for row in rows[pk]
    )
    log.record_many(new, "person.affected", by=None, at=at)


def withdraw(rows: QuerySet[AffectedPerson], *, at: datetime) -> None:
    """Say of some people that they are not affected after all."""
    log.record_many(list(rows), "person.withdrawn", by=None, at=at)
    rows.update(withdrawn_at=at, changed_at=at)


def known_from(rows: list[LeakedRow], birth_date: str) -> Known:
    """Return what the leaked rows themselves say of a person, for a leak without a register."""
    values: dict[str, str] = {}
    for row in rows:
        values = {**row.values, **values}
    parts = ("given_name", "middle_name", "family_name")
    name = " ".join(values[part] for part in parts if values.get(part))
    lines = [values[part] for part in ADDRESS if values.get(part)]
    place = [values[part] for part in ("city", "state", "postcode") if values.get(part)]
    return Known(
        name or values.get("full_name", "") or values.get("native_name", ""),
        birth_date,
        values.get("nationality", ""),
        values.get("language", ""),
        [*lines, " ".join(place)] if lines and place else lines,
    )


def rows_before(people: Iterable[AffectedPerson]) -> dict[UUID, set[UUID]]:
    """Return which rows spoke of each person until now."""
    through: Any = AffectedPerson.rows.through
    found: dict[UUID, set[UUID]] = defaultdict(set)
    held = through.objects.filter(affectedperson__in=[one.pk for one in people])
    for person, row in held.values_list("affectedperson_id", "sourcerow_id"):
        found[person].add(row)
    return found
