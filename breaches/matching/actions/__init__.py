"""Matching an incident, judging its pairs, and letting a model link by itself."""

from breaches.matching.actions.judging import (
    BulkChanged,
    NeedsSecondReviewer,
    NotKnown,
    RowTaken,
    answer_known,
    confirm_all,
    judge,
    look_at,
    undo,
)
from breaches.matching.actions.minimising import StillNeeded, minimise
from breaches.matching.actions.releasing import (
    GateShut,
    NotContradicted,
    correct,
    draw_more,
    open_gate,
    set_limits,
)
from breaches.matching.actions.running import NothingToMatch, RunUnderWay, match, start_match

__all__ = [
    "BulkChanged",
    "GateShut",
    "NeedsSecondReviewer",
    "NotContradicted",
    "NotKnown",
    "NothingToMatch",
    "RowTaken",
    "RunUnderWay",
    "StillNeeded",
    "answer_known",
    "confirm_all",
    "correct",
    "draw_more",
    "judge",
    "look_at",
    "match",
    "minimise",
    "open_gate",
    "set_limits",
    "start_match",
    "undo",
]
