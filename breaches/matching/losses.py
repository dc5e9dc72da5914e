"""What the affected people lost: by element, by combination, by how dangerous it is."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from breaches.incidents.models import Incident
from breaches.leaks.vocabulary import DANGERS, ELEMENTS, Element, by_danger
from breaches.matching.models import AffectedPerson

MOST_COMBINATIONS = 10
AS_TEXT = Cast("elements", TextField())  # what a database groups and finds at once

Sets = dict[frozenset[str], int]


class Lost(NamedTuple):
    """One element, how many people lost it, and what share of all (per cent)."""

    element: Element
    people: int
    share: float


class Combination(NamedTuple):
    """Some elements, and how many people lost just these together."""

    elements: list[Element]
    people: int


class Losses(NamedTuple):
    """What the people of an incident lost."""

    people: int
    levels: list[tuple[str, int]]
    elements: list[Lost]
    combinations: list[Combination]


def losses(incident: Incident) -> Losses:
    """Return what the affected people of an incident lost, the most dangerous first."""
    sets = _sets(incident)
    people = sum(sets.values())
    by_element: Counter[str] = Counter()
    for codes, number in sets.items():
        by_element.update(dict.fromkeys(codes, number))
    found = [Lost(ELEMENTS[code], n, 100 * n / people) for code, n in by_element.items()]
    found.sort(key=lambda one: (-one.element.sensitivity, -one.people, one.element.label))
    frequent = sorted(sets.items(), key=lambda one: (-one[1], sorted(one[0])))
    combinations = [Combination(by_danger(codes), n) for codes, n in frequent[:MOST_COMBINATIONS]]
    return Losses(people, list(_levels(sets)), found, combinations)


def who_lost(
    incident: Incident, elements: Collection[str], level: int = 0
) -> QuerySet[AffectedPerson]:
    """Return who lost every one of `elements` and something of a sensitivity of `level` or more."""
    wanted = [
        text
        for text in _counted(incident)
        if set(elements) <= set(codes := json.loads(text)) and _level(codes) >= level
    ]
    rows = _rows(incident).annotate(written=AS_TEXT).filter(written__in=wanted)
    return rows.select_related("person").order_by("pk")


def _rows(incident: Incident) -> QuerySet[AffectedPerson]:
    return AffectedPerson.objects.filter(incident=incident, withdrawn_at=None)


def _sets(incident: Incident) -> Sets:
    """Return how many people lost each set of elements; there are few sets, however many people."""
    found: Counter[frozenset[str]] = Counter()
    for text, number in _counted(incident).items():
        found[frozenset(json.loads(text))] += number
    return dict(found)


def _counted(incident: Incident) -> dict[str, int]:
    rows = _rows(incident).order_by().annotate(written=AS_TEXT).values_list("written")
    return dict(rows.annotate(number=Count("pk")))


def _levels(sets: Sets) -> Iterable[tuple[str, int]]:
    for level, words in DANGERS.items():
        yield words, sum(number for codes, number in sets.items() if _level(codes) >= level)


def _level(codes: Collection[str]) -> int:
    return max((ELEMENTS[code].sensitivity for code in codes), default=0)
