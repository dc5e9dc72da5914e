"""From records that were opened, or could be, to the affected people of an incident."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from breaches.insiders.models import SeenDecision
from breaches.insiders.reach import PIECE
from breaches.matching.affecting import Known, save, withdraw
from breaches.matching.models import AffectedPerson
from breaches.people.models import Person
from breaches.people.queries import cards


def settle(decision: SeenDecision, people: Iterator[UUID], *, at: datetime) -> int:
    """Make `people` the affected people of the decision's incident; return how many there are.

    Piece by piece, and safe to repeat: nobody is made twice. Whoever came from a leaked file
    stays as that file says.
    """
    wanted: set[UUID] = set()
    while piece := set(islice(people, PIECE)):
        with transaction.atomic():
            _settle(decision, piece - wanted, at)
        wanted |= piece
    gone = [pk for pk, person in _made_here(decision).values_list("pk", "person_id")
            if person not in wanted]  # fmt: skip
    with transaction.atomic():
        _withdraw(decision, gone, at)
        SeenDecision.objects.filter(pk=decision.pk).update(settled_at=at)
    return len(wanted)


def _settle(decision: SeenDecision, ids: set[UUID], at: datetime) -> None:
    incident, named = decision.incident, cards(ids)
    held = AffectedPerson.objects.filter(incident=incident, person__in=ids)
    known = {one.person_id: one for one in held}
    by_file = set(held.exclude(rows=None).values_list("person_id", flat=True))
    people = Person.objects.in_bulk(list(ids - by_file))
    rows = {pk: known.get(pk) or AffectedPerson(incident=incident, person=person,
                                                key_name=incident.key_name, found_at=at)
            for pk, person in people.items()}  # fmt: skip
    for pk, one in rows.items():
        if pk in known and one.elements != decision.elements:
            one.changed_at = at
        one.elements, one.withdrawn_at = decision.elements, None
        card = named[pk]
        facts = Known(card.name, card.birth_date, card.nationality, card.language, [])
        one.seal(dict(facts._asdict()))
    new = [one for pk, one in rows.items() if pk not in known]
    old = [one for pk, one in rows.items() if pk in known]
    save(incident, new, old, {}, at=at)


def _made_here(decision: SeenDecision) -> QuerySet[AffectedPerson]:
    rows = AffectedPerson.objects.filter(incident=decision.incident, withdrawn_at=None, rows=None)
    return rows.exclude(person=None)


def _withdraw(decision: SeenDecision, gone: list[UUID], at: datetime) -> None:
    for start in range(0, len(gone), PIECE):
        withdraw(AffectedPerson.objects.filter(pk__in=gone[start : start + PIECE]), at=at)
