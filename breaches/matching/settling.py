"""From confirmed rows to affected people: exactly the elements that leaked, no more."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from breaches.incidents.models import Incident
from breaches.leaks.queries import LeakedRow, opener
from breaches.matching.affecting import Known, describe, rows_before, save, withdraw
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus
from breaches.matching.regrouping import regroup
from breaches.people.models import Person
from breaches.people.queries import cards

PIECE = 500


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
    opened = opener(incident)
    for candidate in confirmed.select_related("row"):
        rows_of[candidate.person_id].append(opened(candidate.row))
    known = AffectedPerson.objects.filter(incident=incident, person__in=ids)
    gone = known.exclude(person__in=rows_of).filter(withdrawn_at=None)
    withdraw(gone, at=at)
    by_person = {one.person_id: one for one in known}
    before = rows_before(by_person.values())
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
    regroup(incident, ids, at=at)
