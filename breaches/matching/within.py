"""A leak without a register: the leaked rows themselves become people, each once."""

from django.db import transaction

from breaches.audit.leases import Lease
from breaches.incidents.models import Incident
from breaches.leaks.queries import LeakedRow, leaked_rows
from breaches.matching import scoring, subjects
from breaches.matching.affecting import describe, known_from, save
from breaches.matching.engine import Subject, from_values, groups
from breaches.matching.models import AffectedPerson
from breaches.matching.weighing import ENOUGH_ROWS
from breaches.vault import blind


def match_within(lease: Lease, incident: Incident) -> None:
    """Make the leaked rows themselves, one group a person, the affected people."""
    rows = {row.pk: row for row in leaked_rows(incident)}
    lease.keep(total=len(rows))
    doubted = _doubted(list(rows.values()))
    subjects_of = [from_values(row.pk, row.values) for row in rows.values()]
    named = [subject for subject in subjects_of if subject.tokens or subject.numbers]
    new: list[AffectedPerson] = []
    old: list[AffectedPerson] = []
    said = {}
    for group in groups(named, lambda one, other: frozenset((one.hex, other.hex)) in doubted):
        one, is_known = _person(lease, incident, group)
        (old if is_known else new).append(one)
        said[one.pk] = [rows[subject.pk] for subject in group]
        describe(one, said[one.pk], known_from(said[one.pk], group[0].birth_date))
    with transaction.atomic():
        lease.keep(done=len(rows))
        save(incident, new, old, said, at=lease.now)


def _person(lease: Lease, incident: Incident, group: list[Subject]) -> tuple[AffectedPerson, bool]:
    """Return the person of a group, and whether an earlier run made them."""
    key = blind.index(incident.key_name, "group", str(group[0].pk))
    known = AffectedPerson.objects.filter(incident=incident, group=key).first()
    new = {"group": key, "key_name": incident.key_name, "found_at": lease.now}
    return known or AffectedPerson(incident=incident, **new), known is not None


def _doubted(rows: list[LeakedRow]) -> set[frozenset[str]]:
    """Return the pairs of rows that the model would not join; none where it cannot learn."""
    if len(rows) < ENOUGH_ROWS:
        return set()
    return scoring.doubted(subjects.table(subjects.of_row(one.pk, one.values) for one in rows))
