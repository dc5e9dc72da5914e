"""People who do not exist: how often would a model link them all the same? Pure."""

from typing import NamedTuple

import numpy as np

from breaches.matching.linkage import decoys, linking
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


def try_decoys(index: Index, records: list[Record], model: Model) -> list[Tried]:
    """Return how many people who do not exist the model would link, of each kind."""
    rows, tried = table(records), []
    for kind, shuffled in KINDS.items():
        made, changed = shuffled(rows, MAP, SEED)
        found = linking.match(index.made, made, MAP, model)
        linked = np.isin(changed, found.rows[found.is_auto])
        tried.append(Tried(kind, len(changed), int(linked.sum())))
    return tried
