"""A person's rows as they are, sealed parts still sealed: kept, compared, put back to the byte."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db.models import Model, Q

from breaches.people.models import (
    ContactPoint,
    CustodyPlacement,
    Death,
    Guardianship,
    Identifier,
    NameKey,
    Person,
    Relation,
    Representation,
)

ROWS: tuple[type[Model], ...] = (
    *(Identifier, NameKey, ContactPoint, Representation, Guardianship, Death, CustodyPlacement),
)


def images(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return every row of each person as JSON text."""
    wanted = list(ids)
    rows: dict[UUID, list[Model]] = {one.pk: [one] for one in Person.objects.filter(pk__in=wanted)}
    for kind in ROWS:
        for row in kind._default_manager.filter(person__in=wanted).order_by("pk"):
            rows[getattr(row, "person_id")].append(row)  # noqa: B009  (each kind has it)
    for relation in _relations(wanted).order_by("pk"):
        for pk in {relation.person_id, relation.other_id} & rows.keys():
            rows[pk].append(relation)
    return {pk: serializers.serialize("json", own) for pk, own in rows.items()}


def digest(image: str) -> str:
    """Return the SHA-256 of an image; relations belong to two people and are left out."""
    rows = [row for row in json.loads(image) if row["model"] != "breaches.relation"]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def restore(saved: Iterable[str]) -> None:
    """Make the rows of the people in images what they were, to the byte."""
    objects = [one for image in saved for one in serializers.deserialize("json", image)]
    by_kind: dict[type[Any], set[Any]] = defaultdict(set)
    for one in objects:
        by_kind[type(one.object)].add(one.object.pk)
    people = by_kind[Person]
    for kind in ROWS:
        there = kind._default_manager.filter(person__in=people)
        there.exclude(pk__in=by_kind[kind]).delete()
    _relations(people).exclude(pk__in=by_kind[Relation]).delete()
    for one in objects:
        one.save()


def _relations(people: Iterable[UUID]) -> Any:
    return Relation.objects.filter(Q(person__in=people) | Q(other__in=people))
