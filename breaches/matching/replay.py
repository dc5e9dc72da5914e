"""An old decision weighed again, with the model and the register of its day."""

from breaches.leaks.queries import element_by_column, open_row
from breaches.matching import indexes, scoring, subjects
from breaches.matching.models import Candidate


def weight(candidate: Candidate) -> float:
    """Return the weight of a weighed candidate, in bits, computed anew.

    Raises Tampered, KeyDestroyed; ValueError when the model and its hash do not agree.
    """
    model = candidate.model
    if model is None or scoring.digest(model.body) != model.sha256:
        raise ValueError(f"{candidate} has no model that can be trusted")
    row = open_row(candidate.row, element_by_column(candidate.row.source_file))
    record = subjects.of_row(row.pk, row.values)
    return scoring.weight_of(
        indexes.opened(model.index),
        subjects.table([record]),
        candidate.person_id.hex,
        scoring.from_json(model.body),
    )
