"""Writing down what a run proposes; what a person decided is never touched."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from breaches.audit.lifecycle import move_all
from breaches.incidents.models import Incident
from breaches.matching.decisions import RULES
from breaches.matching.models import Candidate, CandidateStatus, MatchModel
from breaches.matching.proposals import LINK, REJECT, Proposal

OPEN = (CandidateStatus.REVIEW, CandidateStatus.REJECTED)  # unless a person judged it
SCORE = ("rule", "strength", "reasons", "model", "weight", "posterior", "is_free", "evidence")
FRESH = (*SCORE, "is_pending", "doubt", "harm")


class Moves(defaultdict[tuple[str, bool], list[Candidate]]):
    """Pairs by their new status, and whether they compete with one that is decided."""

    def __init__(self) -> None:
        super().__init__(list)


class Piece(NamedTuple):
    """Some rows of a run, what is proposed for each, and whom a mistake would hurt."""

    incident: Incident
    model: MatchModel | None
    found: dict[UUID, list[Proposal]]
    harms: dict[UUID, int]


def write(piece: Piece, *, at: datetime) -> None:
    """Write the candidates of some rows. Safe to repeat.

    A pair that is linked, or that a person ever judged, stays as it is; any other takes the new
    weight. Somebody new for a row that is decided is raised as a competitor.
    """
    every = Candidate.objects.filter(row__in=piece.found)
    old = {(one.row_id, one.person_id): one for one in every}
    taken = {one.row_id for one in every if one.status == CandidateStatus.CONFIRMED}
    judged = set(
        every.filter(Q(judgements__isnull=False) | Q(is_judged=True)).values_list("pk", flat=True)
    )
    new, fresh, moves = [], [], Moves()
    for row, proposals in piece.found.items():
        for proposal in proposals:
            to, competes = _wanted(proposal.decides, row in taken)
            one = old.pop((row, proposal.person), None)
            if one is None:
                made = Candidate(incident=piece.incident, row_id=row, person_id=proposal.person)
                made.status, made.status_at, made.is_competing = to, at, competes
                new.append(_weigh(made, piece, proposal))
            elif one.pk not in judged and one.status in OPEN:
                fresh.append(_weigh(one, piece, proposal))
                if one.status != to:
                    moves[to, competes].append(one)
    gone = [one for one in old.values() if one.pk not in judged]
    moves[CandidateStatus.REJECTED, False] += [one for one in gone if one.status == OPEN[0]]
    Candidate.objects.bulk_create(new, ignore_conflicts=True)
    Candidate.objects.bulk_update(fresh, FRESH)
    for (to, competes), rows in moves.items():
        move_all(rows, to, by=None, at=at, is_competing=competes)


def _wanted(decides: str, is_taken: bool) -> tuple[str, bool]:
    """Return the status of a pair, and whether it competes with one that is decided."""
    if decides == REJECT:
        return CandidateStatus.REJECTED, False
    if is_taken or decides != LINK:
        return CandidateStatus.REVIEW, is_taken
    return CandidateStatus.CONFIRMED, False


def _weigh(one: Candidate, piece: Piece, proposal: Proposal) -> Candidate:
    said = proposal.weighed
    one.rule, one.strength = proposal.rule, RULES[proposal.rule].strength
    one.reasons, one.is_pending = proposal.reasons, proposal.is_pending
    one.doubt, one.harm = proposal.doubt, piece.harms[one.row_id]
    one.model = piece.model if said else None
    one.weight = said.weight if said else None
    one.posterior = said.posterior if said else None
    one.is_free = bool(said and said.is_free)
    one.evidence = said.evidence if said else {}
    return one
