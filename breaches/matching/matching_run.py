"""One pass over the leaked rows, a piece at a time, under a lease."""

from itertools import islice
from uuid import UUID

from django.db import transaction

from breaches.audit.leases import Lease
from breaches.incidents.models import Incident
from breaches.leaks.queries import leaked_rows, row_counts
from breaches.matching import names
from breaches.matching.decisions import CONFIRM, RULES
from breaches.matching.engine import Index, Pair, Subject, from_values, groups
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus
from breaches.matching.settling import describe, known_from, save, settle
from breaches.people.models import Register
from breaches.people.queries import persons_of
from breaches.vault import blind

PIECE = 500


def match_to_register(lease: Lease, incident: Incident, register: Register) -> None:
    """Propose and confirm candidates for each leaked row, then settle who is affected."""
    index = register_index(register)
    lease.keep(total=row_counts(incident).rows)
    rows = leaked_rows(incident)
    for _ in islice(rows, lease.row.done):
        pass  # matched before a worker was killed
    while piece := list(islice(rows, PIECE)):
        with transaction.atomic():
            for row in piece:
                _propose(incident, row.pk, index.pairs(from_values(row.pk, row.values)), lease)
            lease.keep(done=lease.row.done + len(piece))
    confirmed = Candidate.objects.filter(incident=incident, status=CandidateStatus.CONFIRMED)
    with transaction.atomic():
        lease.keep()
        settle(incident, confirmed.values_list("person", flat=True).distinct(), at=lease.now)


def register_index(register: Register) -> Index:
    """Return the whole register, prepared for comparison; it lives in memory only."""
    index = Index()
    for person in persons_of(register):
        written = names.tokens(f"{person.given} {person.family}".strip() or person.full)
        subject = Subject(person.pk, written, person.birth_date, person.identifiers)
        index.add(subject, names.tokens(person.native))
    return index


def match_within(lease: Lease, incident: Incident) -> None:
    """Make the leaked rows themselves, one group a person, the affected people."""
    rows = {row.pk: row for row in leaked_rows(incident)}
    subjects = (from_values(row.pk, row.values) for row in rows.values())
    named = [subject for subject in subjects if subject.tokens or subject.numbers]
    new: list[AffectedPerson] = []
    old: list[AffectedPerson] = []
    said = {}
    for group in groups(named):
        key = blind.index(incident.key_name, "group", str(group[0].pk))
        one = AffectedPerson.objects.filter(incident=incident, group=key).first()
        (old if one else new).append(
            one := one
            or AffectedPerson(
                incident=incident, group=key, key_name=incident.key_name, found_at=lease.now
            )
        )
        said[one.pk] = [rows[subject.pk] for subject in group]
        describe(one, said[one.pk], known_from(said[one.pk], group[0].birth_date))
    with transaction.atomic():
        lease.keep(total=len(rows), done=len(rows))
        save(incident, new, old, said, at=lease.now)


def _propose(incident: Incident, row_pk: UUID, pairs: list[Pair], lease: Lease) -> None:
    """Write the candidates of one row; of two that would confirm, both go to review."""
    certain = [pair for pair in pairs if RULES[pair.rule].decides == CONFIRM]
    settled = Candidate.objects.filter(row=row_pk, status=CandidateStatus.CONFIRMED).exists()
    alone = len(certain) == 1 and not settled
    kept = certain if alone else pairs
    Candidate.objects.bulk_create(
        [
            Candidate(
                incident=incident,
                row_id=row_pk,
                person_id=pair.pk,
                rule=pair.rule,
                strength=RULES[pair.rule].strength,
                reasons=pair.reasons,
                status=CandidateStatus.CONFIRMED if alone else CandidateStatus.REVIEW,
                status_at=lease.now,
            )
            for pair in kept
        ],
        ignore_conflicts=True,  # a pair that was proposed, or decided, before stays as it is
    )
