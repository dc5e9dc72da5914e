"""How many people the rows of a file are about, and what they lost."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from breaches.leaks.identities import RULES
from breaches.leaks.models import SourceFile, SourceRow


def people_by_rule(file: SourceFile) -> dict[str, int]:
    """Return how many distinct people each rule finds in a file, the surest rule first.

    A row whose name and birth date stand in a row that a surer rule has counted adds nobody.
    """
    return distinct(SourceRow.objects.filter(source_file=file))


def distinct(rows: QuerySet[SourceRow]) -> dict[str, int]:
    """Return how many distinct people each rule finds among some rows."""
    counted = {}
    surer: list[str] = []
    for rule in RULES:
        found = rows.filter(identity__startswith=rule)
        if surer and found.exists():
            known = rows.filter(_any_of(surer)).exclude(name_key="").values("name_key")
            found = found.exclude(name_key__in=known)
        if number := found.values("identity").distinct().count():
            counted[rule] = number
        surer.append(rule)
    return counted


def _any_of(rules: Collection[str]) -> Q:
    return reduce(or_, (Q(identity__startswith=rule) for rule in rules))
