"""One pass over the leaked rows, a piece at a time, under a lease."""

from collections.abc import Iterable

from django.db import transaction

from breaches.audit.leases import Lease
from breaches.audit.lifecycle import move_all
from breaches.incidents.models import Incident
from breaches.leaks.queries import leaked_rows
from breaches.matching import engine, gates, harm, names
from breaches.matching.engine import Subject, from_values
from breaches.matching.limits import limits_of
from breaches.matching.models import (
    Candidate,
    CandidateStatus,
    Gate,
    GateStatus,
    MatchRun,
    Stage,
)
from breaches.matching.proposals import decided
from breaches.matching.settling import settle
from breaches.matching.trying import Scale, Trial, recaptured, try_decoys
from breaches.matching.weighing import Both, Weights, weigh
from breaches.matching.writing import Piece, write
from breaches.people.models import Register
from breaches.people.queries import RegisterPerson, persons_of

PIECE = 500
BREATH = 20_000  # people between two renewals of the lease


def match_to_register(lease: Lease, run: MatchRun, register: Register) -> None:
    """Propose and confirm candidates for each leaked row, then settle who is affected."""
    rows = list(leaked_rows(run.incident))
    lease.keep(total=len(rows), stage=Stage.OPENING)
    people = people_of(register, lease)
    weights = weigh(lease, run, Both(register, people, rows))
    index, limits = register_index(people), limits_of(run.incident)
    lease.keep(stage=Stage.WRITING)
    while lease.row.done < len(rows):
        first = lease.row.done
        piece = rows[first : first + PIECE]
        found = {}
        for place, row in enumerate(piece, first):
            pairs = index.pairs(from_values(row.pk, row.values))
            found[row.pk] = decided(pairs, weights.of(place), limits)
        harms = {row.pk: harm.harm(row.values, lease.at.date()) for row in piece}
        with transaction.atomic():
            write(Piece(run.incident, weights.model, found, harms), at=lease.now)
            lease.keep(done=first + len(piece))
    _pass_gate(lease, run.incident, weights)
    confirmed = Candidate.objects.filter(incident=run.incident, status=CandidateStatus.CONFIRMED)
    with transaction.atomic():
        lease.keep(stage=Stage.SETTLING)
        settle(run.incident, confirmed.values_list("person", flat=True).distinct(), at=lease.now)


def _pass_gate(lease: Lease, incident: Incident, weights: Weights) -> None:
    """Link what waits for the gate, if it is open; a new model is tried, and its gate shut."""
    model, scale = weights.model, weights.scale
    if model is None or scale is None:
        return
    lease.keep(stage=Stage.TRYING)
    trial = None if Gate.objects.filter(model=model).exists() else _tried(incident, scale)
    with transaction.atomic():
        lease.keep()
        gate = gates.make(incident, model, trial, at=lease.now)
    while gate.status == GateStatus.OPEN and (pairs := list(gates.to_link(gate)[:PIECE])):
        with transaction.atomic():
            lease.keep()
            move_all(pairs, CandidateStatus.CONFIRMED, by=None, at=lease.now)


def _tried(incident: Incident, scale: Scale) -> Trial:
    """Try a model on people who do not exist, and on those whom the certain rule found."""
    found = Candidate.objects.filter(
        incident=incident, rule="identifier", status=CandidateStatus.CONFIRMED
    )
    known = {row: person.hex for row, person in found.values_list("row", "person")}
    return Trial(try_decoys(scale), recaptured(scale, known))


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
