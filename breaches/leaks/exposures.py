"""What was lost: rows and people by element, by combination, by how dangerous it is."""

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, QuerySet

from breaches.incidents.models import Incident
from breaches.leaks.counting import distinct
from breaches.leaks.models import ElementSet, SourceRow
from breaches.leaks.vocabulary import ELEMENTS, Element


class Lost(NamedTuple):
    """One element, and how many rows it stood in."""

    element: Element
    rows: int


class Losers(NamedTuple):
    """The rows of the people who lost every one of some elements, in whatever rows of theirs."""

    rows: QuerySet[SourceRow]
    people: int
    nameless: int


def lost_elements(incident: Incident) -> list[Lost]:
    """Return what was lost in an incident, the most dangerous first."""
    rows = SourceRow.objects.filter(incident=incident).order_by().values_list("exposed")
    by_set = dict(rows.annotate(rows=Count("pk")))
    counted: Counter[str] = Counter()
    for one in ElementSet.objects.filter(pk__in=[pk for pk in by_set if pk]):
        counted.update(dict.fromkeys(one.elements, by_set[one.pk]))
    found = [Lost(ELEMENTS[code], number) for code, number in counted.items()]
    return sorted(found, key=lambda one: (-one.element.sensitivity, -one.rows, one.element.label))


def who_lost(incident: Incident, elements: Collection[str]) -> Losers:
    """Return who lost every one of `elements`, be it in one row or in several.

    A row in which nothing identifies anybody stands for itself alone.
    """
    rows = SourceRow.objects.filter(incident=incident)
    named, bare = rows.exclude(identity=""), rows.filter(identity="")
    for code in elements:
        having = SourceRow.objects.filter(exposed__in=sets_with(incident, {code}))
        named = named.filter(identity__in=having.filter(incident=incident).values("identity"))
        bare = bare.filter(exposed__in=sets_with(incident, {code}))
    return Losers(named, sum(distinct(named).values()), bare.count())


def who_lost_as_much(incident: Incident, sensitivity: int) -> Losers:
    """Return who lost at least one element of a sensitivity (1 to 3) or above."""
    codes = {code for code, one in ELEMENTS.items() if one.sensitivity >= sensitivity}
    rows = SourceRow.objects.filter(incident=incident, exposed__in=sets_with(incident, codes))
    named = rows.exclude(identity="")
    return Losers(named, sum(distinct(named).values()), rows.filter(identity="").count())


def sets_with(incident: Incident, codes: Collection[str]) -> list[int]:
    """Return the sets of elements of an incident that have any of `codes`."""
    sets = ElementSet.objects.filter(source_file__incident=incident)
    return [one.pk for one in sets if not set(codes).isdisjoint(one.elements)]
