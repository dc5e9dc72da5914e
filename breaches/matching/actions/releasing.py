"""What a model may do by itself."""

from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from breaches.audit import log
from breaches.audit.lifecycle import move, move_all
from breaches.errors import Refused
from breaches.incidents.models import Incident
from breaches.matching import indexes, scoring
from breaches.matching.actions.running import RunUnderWay, start_match
from breaches.matching.gates import draw, standing
from breaches.matching.limits import change
from breaches.matching.models import CandidateStatus, Gate, GateStatus, MatchRun, Thresholds
from breaches.matching.proposals import Limits
from breaches.matching.reporting import judged_pairs
from breaches.matching.sampling import MOST_ERRORS, needed
from breaches.matching.settling import settle


class GateShut(Refused):
    """Something is still missing before a model may link by itself."""


class NotContradicted(Refused):
    """Reviewed pairs give no reason to move the score."""


def open_gate(gate: Gate, *, by: User, at: datetime) -> MatchRun | None:
    """Let a model link by itself, and order the run that links what waited.

    Returns None when a run is under way; that run, or the next, links them.
    Raises GateShut, IllegalMove, MovedMeanwhile.
    """
    if missing := standing(gate).missing:
        raise GateShut(" ".join(["The gate stays shut.", *missing]))
    move(gate, GateStatus.OPEN, by=by, at=at)
    with suppress(RunUnderWay):
        return start_match(gate.incident, by=by, at=at)
    return None


def draw_more(gate: Gate, *, by: User, at: datetime) -> None:
    """Enlarge the blind sample to what its errors ask for. Raises GateShut."""
    sample = standing(gate).sample
    if sample.left or sample.passes or sample.is_all or sample.wrong > MOST_ERRORS:
        raise GateShut("The sample is not enlarged: " + " ".join(standing(gate).missing))
    with transaction.atomic():
        gate.size = needed(sample.wrong)
        gate.save(update_fields=["size"])
        draw(gate)
        log.record(gate, "gate.enlarged", by=by, at=at, size=gate.size)


def set_limits(incident: Incident, limits: Limits, *, by: User, at: datetime) -> None:
    """Set the thresholds of an incident, and move the pairs that nobody judged."""
    found = change(incident, limits)
    moves = [
        (list(found.to_review), CandidateStatus.REVIEW, {}),
        (list(found.to_reject), CandidateStatus.REJECTED, {"is_pending": False}),
        (list(found.unlinked), CandidateStatus.REVIEW, {"is_pending": False}),
    ]
    with transaction.atomic():
        row = Thresholds.objects.create(incident=incident, by=by, at=at, **limits._asdict())
        log.record(row, "thresholds.set", by=by, at=at, **limits._asdict())
        found.from_pending.update(is_pending=False)
        found.to_pending.update(is_pending=True)
        for pairs, to, fields in moves:
            move_all(pairs, to, by=by, at=at, **fields)
        settle(incident, {one.person_id for one in moves[-1][0]}, at=at)


def correct(incident: Incident, *, by: User, at: datetime) -> MatchRun:
    """Move the score by what reviewed pairs say, as a new model with a gate of its own.

    Its parent stays, and so does every decision made under it. Raises NotContradicted,
    RunUnderWay, NothingToMatch.
    """
    model, found = judged_pairs(incident)
    if model is None or not found.is_due:
        raise NotContradicted("The reviewed pairs do not contradict the model: nothing is moved.")
    moved = scoring.shifted(scoring.from_json(model.body), found.bits)
    with transaction.atomic():
        child = indexes.keep(incident, model.index, moved, parent=model, at=at)
        log.record(child, "match_model.corrected", by=by, at=at, pairs=found.pairs)
        return start_match(incident, by=by, at=at)
