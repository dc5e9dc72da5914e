"""All rows of an incident weighed against the register, with the model they share."""

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from breaches.audit.leases import Lease
from breaches.leaks.queries import LeakedRow
from breaches.matching import indexes, scoring, subjects
from breaches.matching.models import MatchModel, MatchRun, Stage
from breaches.matching.proposals import Weighed, weighed_by_row
from breaches.matching.trying import Scale
from breaches.people.models import Register
from breaches.people.queries import RegisterPerson

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
    scale: Scale | None = None
    by_row: dict[int, dict[UUID, Weighed]] = field(default_factory=dict)

    def of(self, place: int) -> dict[UUID, Weighed] | None:
        """Return the weighed people of one row, or None when the rules decide alone."""
        return self.by_row.get(place, {}) if self.model else None


def weigh(lease: Lease, run: MatchRun, both: Both) -> Weights:
    """Weigh all rows at once, because they compete; learn first when there is no model yet."""
    if len(both.rows) < ENOUGH_ROWS or len(both.people) < ENOUGH_PEOPLE:
        return Weights()
    lease.keep(stage=Stage.PREPARING)
    row, index = indexes.index_of(both.register, both.people, at=lease.now)
    lease.keep(stage=Stage.WEIGHING)
    known = run.model or indexes.latest_model(run.incident)
    is_known = known is not None and known.index_id == row.pk
    model = scoring.from_json(known.body) if known and is_known else None
    records = [subjects.of_row(one.pk, one.values) for one in both.rows]
    scored = scoring.score(index, subjects.table(records), model)
    if not known or not is_known:
        known = indexes.keep(run.incident, row, scored.model, parent=known, at=lease.now)
    lease.keep(model=known)
    scale = Scale(index, records, scored.model)
    return Weights(known, scale, weighed_by_row(scored, index.ids))
