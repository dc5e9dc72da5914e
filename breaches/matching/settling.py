"""From confirmed rows to affected people: exactly the elements that leaked, no more."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from breaches.audit import log
from breaches.incidents.models import Incident
from breaches.leaks.models import SourceFile
from breaches.leaks.queries import LeakedRow, element_by_column, open_row
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus
from breaches.people.models import Person
from breaches.people.queries import cards

PIECE = 500
ADDRESS = ("address", "address_2", "address_3", "address_4", "address_5")


class Known(NamedTuple):
    """What is kept in sight about an affected person."""

    name: str
    birth_date: str
    nationality: str
    language: str
    lines: list[str]


def settle(incident: Incident, people: Iterable[UUID], *, at: datetime) -> None:
    """Make the affected people of `incident` among `people` what their confirmed rows say."""
    ids = list(people)
    for start in range(0, len(ids), PIECE):
        _settle_piece(incident, ids[start : start + PIECE], at)


def _settle_piece(incident: Incident, ids: list[UUID], at: datetime) -> None:
    confirmed = Candidate.objects.filter(
        incident=incident, person__in=ids, status=CandidateStatus.CONFIRMED
    )
    rows_of: dict[UUID, list[LeakedRow]] = defaultdict(list)
    mappings = {
        file.pk: element_by_column(file) for file in SourceFile.objects.filter(incident=incident)
    }
    for candidate in confirmed.select_related("row"):
        row = candidate.row
        rows_of[candidate.person_id].append(open_row(row, mappings[row.source_file_id]))
    known = AffectedPerson.objects.filter(incident=incident, person__in=ids)
    gone = known.exclude(person__in=rows_of).filter(withdrawn_at=None)
    withdraw(gone, at=at)
    by_person = {one.person_id: one for one in known}
    before = _rows_before(by_person.values())
    named = cards(rows_of)
    people = Person.objects.in_bulk(list(rows_of))
    new: list[AffectedPerson] = []
    old: list[AffectedPerson] = []
    said = {}
    for pk, rows in rows_of.items():
        one = by_person.get(pk) or AffectedPerson(
            incident=incident, person=people[pk], key_name=incident.key_name, found_at=at
        )
        card = named[pk]
        facts = Known(card.name, card.birth_date, card.nationality, card.language, [])
        if pk in by_person and before[one.pk] != {row.pk for row in rows}:
            one.changed_at = at
        (old if pk in by_person else new).append(describe(one, rows, facts))
        said[one.pk] = rows
    save(incident, new, old, said, at=at)


def _rows_before(people: Iterable[AffectedPerson]) -> dict[UUID, set[UUID]]:
    """Return which rows spoke of each person until now."""
    through: Any = AffectedPerson.rows.through
    found: dict[UUID, set[UUID]] = defaultdict(set)
    held = through.objects.filter(affectedperson__in=[one.pk for one in people])
    for person, row in held.values_list("affectedperson_id", "sourcerow_id"):
        found[person].add(row)
    return found


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
