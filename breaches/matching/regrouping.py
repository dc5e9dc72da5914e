"""Leaked rows that were people before there was a register, once the register knows whose they are.

Nobody is told twice: a row that is confirmed to a person is taken from the group it was in, and
given back when that is undone while the group has no other row.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from breaches.incidents.models import Incident
from breaches.leaks.models import SourceRow
from breaches.leaks.queries import LeakedRow, opener
from breaches.matching.affecting import describe, known_from, rows_before, save, withdraw
from breaches.matching.engine import from_values
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus


def regroup(incident: Incident, people: Iterable[UUID], *, at: datetime) -> None:
    """Leave the groups of an incident only rows that are confirmed to nobody.

    `people` are those whose confirmed rows may have changed.
    """
    spoken_of = Candidate.objects.filter(incident=incident, person__in=people).values("row")
    touched = AffectedPerson.objects.filter(incident=incident, person=None, rows__in=spoken_of)
    groups = {one.pk: one for one in touched.distinct()}
    held = rows_before(groups.values())
    free = _free({row for rows in held.values() for row in rows})
    empty = [pk for pk in groups if not held[pk] & free]
    withdraw(AffectedPerson.objects.filter(pk__in=empty, withdrawn_at=None), at=at)
    left = {pk: held[pk] & free for pk, one in groups.items() if _differs(one, held[pk], free)}
    _keep(incident, [groups[pk] for pk in left if left[pk]], left, at)


def _free(rows: set[UUID]) -> set[UUID]:
    """Return the rows that are confirmed to nobody."""
    confirmed = Candidate.objects.filter(row__in=rows, status=CandidateStatus.CONFIRMED)
    return rows - set(confirmed.values_list("row", flat=True))


def _differs(one: AffectedPerson, held: set[UUID], free: set[UUID]) -> bool:
    return one.withdrawn_at is not None or not held <= free


def _keep(
    incident: Incident, groups: list[AffectedPerson], left: dict[UUID, set[UUID]], at: datetime
) -> None:
    opened, said = opener(incident), dict[UUID, list[LeakedRow]]()
    for one in groups:
        rows = SourceRow.objects.filter(pk__in=left[one.pk])
        found = [opened(row) for row in rows.order_by("source_file", "table", "row_number")]
        said[one.pk] = found
        describe(
            one, found, known_from(found, from_values(found[0].pk, found[0].values).birth_date)
        )
        one.changed_at = at
    save(incident, [], groups, said, at=at)
