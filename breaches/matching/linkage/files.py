"""Two files encoded over one vocabulary, or one file against itself. Pure."""

from dataclasses import dataclass

from breaches.matching.linkage import learning
from breaches.matching.linkage.comparing import Comparer
from breaches.matching.linkage.encoding import Side, Table
from breaches.matching.linkage.index import Index, build
from breaches.matching.linkage.mapping import Mapping
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.rarity import Rarity


@dataclass
class Files:
    """Both sides, encoded over the same vocabularies. In a deduplication they are one."""

    left: Side
    index: Index

    @property
    def right(self) -> Side:
        """Return the file that is searched."""
        return self.index.side

    @property
    def compared(self) -> Comparer:
        """Return what compares them."""
        return self.index.comparer

    @property
    def dedupe(self) -> bool:
        """Say whether this is one file against itself."""
        return self.left is self.right

    @property
    def possible(self) -> float:
        """Return how many pairs there could be."""
        return learning.possible(len(self.left), len(self.right), dedupe=self.dedupe)

    def rarity(self, model: Model) -> Rarity:
        """Return what weighs how common the values are."""
        index = self.index
        return Rarity(index.comparer, index.side, index.counted, index.stratum, model.own_shares)


def prepare(left: Table, left_map: Mapping, right: Table | None, right_map: Mapping) -> Files:
    """Return the files as numbers; without `right`, the left one against itself."""
    if right is None:
        index = build([left], left_map)
        return Files(index.side, index)
    index = build([right], right_map)
    return Files(index.encoded(left, left_map), index)
