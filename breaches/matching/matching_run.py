"""One pass over the leaked rows, a piece at a time, under a lease."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from breaches.audit.leases import Lease
from breaches.audit.lifecycle import move_all
from breaches.incidents.models import Incident
from breaches.leaks.queries import LeakedRow, leaked_rows
from breaches.matching import engine, gates, harm, indexes, names, scoring, subjects
from breaches.matching.engine import Subject, from_values, groups
from breaches.matching.models import (
    AffectedPerson,
    Candidate,
    CandidateStatus,
    Gate,
    GateStatus,
    MatchModel,
    MatchRun,
)
from breaches.matching.proposals import Limits, Weighed, decided, weighed_by_row
from breaches.matching.settling import describe, known_from, save, settle
from breaches.matching.trying import Tried, try_decoys
from breaches.matching.writing import Piece, write
from breaches.people.models import Register
from breaches.people.queries import RegisterPerson, persons_of
from breaches.vault import blind

PIECE = 500
BREATH = 20_000  # people between two renewals of the lease

ENOUGH_ROWS, ENOUGH_PEOPLE = 100, 100  # with fewer there is nothing to learn from: rules alone


class Both(NamedTuple):
    """Both sides, opened."""

    register: Register
    people: list[RegisterPerson]
    rows: list[LeakedRow]


@dataclass
class Weights:
    """What the model says of each row, by its place; nothing where there is no model."""

    model: MatchModel | None = None
    by_row: dict[int, dict[UUID, Weighed]] = field(default_factory=dict)
    tried: list[Tried] = field(default_factory=list)

    def of(self, place: int) -> dict[UUID, Weighed] | None:
        """Return the weighed people of one row, or None when the rules decide alone."""
        return self.by_row.get(place, {}) if self.model else None


def match_to_register(lease: Lease, run: MatchRun, register: Register) -> None:
    """Propose and confirm candidates for each leaked row, then settle who is affected."""
    rows = list(leaked_rows(run.incident))
    lease.keep(total=len(rows))
    people = people_of(register, lease)
    weights = _weighed(lease, run, Both(register, people, rows))
    index = register_index(people)
    while lease.row.done < len(rows):
        first = lease.row.done
        piece = rows[first : first + PIECE]
        found = {}
        for place, row in enumerate(piece, first):
            pairs = index.pairs(from_values(row.pk, row.values))
            found[row.pk] = decided(pairs, weights.of(place), Limits())
        harms = {row.pk: harm.harm(row.values, lease.at.date()) for row in piece}
        with transaction.atomic():
            write(Piece(run.incident, weights.model, found, harms), at=lease.now)
            lease.keep(done=first + len(piece))
    _pass_gate(lease, run.incident, weights)
    confirmed = Candidate.objects.filter(incident=run.incident, status=CandidateStatus.CONFIRMED)
    with transaction.atomic():
        lease.keep()
        settle(run.incident, confirmed.values_list("person", flat=True).distinct(), at=lease.now)


def _pass_gate(lease: Lease, incident: Incident, weights: Weights) -> None:
    """Link what waits for the gate, if it is open; a new model's gate is made, and shut."""
    if weights.model is None:
        return
    with transaction.atomic():
        lease.keep()
        gate = gates.make(incident, weights.model, weights.tried, at=lease.now)
    while gate.status == GateStatus.OPEN and (pairs := list(gates.to_link(gate)[:PIECE])):
        with transaction.atomic():
            lease.keep()
            move_all(pairs, CandidateStatus.CONFIRMED, by=None, at=lease.now)


def people_of(register: Register, lease: Lease) -> list[RegisterPerson]:
    """Return the whole register, opened; it lives in memory only."""
    found = []
    for person in persons_of(register):
        found.append(person)
        if len(found) % BREATH == 0:
            lease.keep()
    return found


def register_index(people: Iterable[RegisterPerson]) -> engine.Index:
    """Return the register prepared for the rules."""
    index = engine.Index()
    for person in people:
        written = names.tokens(f"{person.given} {person.family}".strip() or person.full)
        subject = Subject(person.pk, written, person.birth_date, person.identifiers)
        index.add(subject, names.tokens(person.native))
    return index


def _weighed(lease: Lease, run: MatchRun, both: Both) -> Weights:
    """Weigh all rows at once, because they compete; learn first when there is no model yet."""
    if len(both.rows) < ENOUGH_ROWS or len(both.people) < ENOUGH_PEOPLE:
        return Weights()
    row, index = indexes.index_of(both.register, both.people, at=lease.now)
    lease.keep()
    known = run.model or indexes.latest_model(run.incident)
    is_known = known is not None and known.index_id == row.pk
    model = scoring.from_json(known.body) if known and is_known else None
    records = [subjects.of_row(one.pk, one.values) for one in both.rows]
    scored = scoring.score(index, subjects.table(records), model)
    if not known or not is_known:
        known = indexes.keep(run.incident, row, scored.model, parent=known, at=lease.now)
    lease.keep(model=known)
    is_tried = Gate.objects.filter(model=known).exists()
    tried = [] if is_tried else try_decoys(index, records, scored.model)
    return Weights(known, weighed_by_row(scored, index.ids), tried)


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
