"""A model tried on people who do not exist, and on people who are known. Pure."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np

from breaches.matching.linkage import decoys, linking, policy
from breaches.matching.linkage.model import Model
from breaches.matching.scoring import Index
from breaches.matching.subjects import MAP, Record, table

SEED = 1
KINDS = {"namesakes": decoys.namesakes, "twins": decoys.twins}
MOST = {"namesakes": decoys.MOST_NAMESAKES, "twins": decoys.MOST_TWINS}


class Tried(NamedTuple):
    """How many decoys of one kind were made, and how many would have been linked."""

    kind: str
    made: int
    linked: int

    @property
    def share(self) -> float:
        """Return the share that would have been linked."""
        return self.linked / self.made if self.made else 0.0

    @property
    def most(self) -> float:
        """Return the share that is allowed."""
        return MOST[self.kind]

    @property
    def passes(self) -> bool:
        """Say whether few enough would have been linked; none tried proves nothing."""
        return self.made > 0 and self.share <= self.most


class Known(NamedTuple):
    """Rows whose person is certain by a number, weighed with every number hidden."""

    rows: int
    linked: int
    reviewed: int

    @property
    def recall(self) -> float:
        """Return the share whose person is linked or reviewed."""
        return (self.linked + self.reviewed) / self.rows if self.rows else 0.0


class Trial(NamedTuple):
    """Both trials of one model."""

    tried: list[Tried]
    known: Known


@dataclass
class Scale:
    """What rows are weighed with, and the rows."""

    index: Index
    records: list[Record]
    model: Model


def try_decoys(scale: Scale) -> list[Tried]:
    """Return how many people who do not exist the model would link, of each kind."""
    rows, tried = table(scale.records), []
    for kind, shuffled in KINDS.items():
        made, changed = shuffled(rows, MAP, SEED)
        found = linking.match(scale.index.made, made, MAP, scale.model)
        linked = np.isin(changed, found.rows[found.is_auto])
        tried.append(Tried(kind, len(changed), int(linked.sum())))
    return tried


def recaptured(scale: Scale, known: dict[UUID, str]) -> Known:
    """Return how many of `known` (row: person) the model finds with every number hidden."""
    rows = [one._replace(numbers={}) for one in scale.records if one.pk in known]
    found = linking.match(scale.index.made, table(rows), MAP, scale.model)
    ids = scale.index.ids
    is_right = [
        ids[other] == known[rows[row].pk]
        for row, other in zip(found.rows.tolist(), found.others.tolist(), strict=True)
    ]
    right = np.array(is_right, bool)
    linked = set(found.rows[right & found.is_auto].tolist())
    seen = set(found.rows[right & (found.posterior >= policy.REVIEW)].tolist())
    return Known(len(rows), len(linked), len(seen - linked))
