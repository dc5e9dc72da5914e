"""Comparing pairs of rows, a level for each comparison. Pure."""

from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import levels
from breaches.matching.linkage.encoding import Side
from breaches.matching.linkage.mapping import Mapping
from breaches.matching.linkage.name_table import Names, all_words
from breaches.matching.linkage.vocabulary import Array, Vocabulary

GIVEN, FAMILY, ORDER, DATE, FIRST_COLUMN = range(5)


@dataclass
class Comparer:
    """Both sides' vocabularies and what is compared, in a fixed order."""

    names: Names
    words: list[Vocabulary]
    id_count: int
    kinds: list[str]
    labels: list[str]

    @property
    def first_attribute(self) -> int:
        """Return the place of the first attribute among the comparisons."""
        return FIRST_COLUMN + self.id_count

    @property
    def level_counts(self) -> list[int]:
        """Return how many levels each comparison has."""
        names = [levels.NAME, levels.NAME, levels.ORDER, levels.DATE]
        return names + [levels.NUMBER] * self.id_count + [levels.TEXT] * len(self.kinds)

    def compare(self, left: Side, right: Side, rows: Array, others: Array) -> Array:
        """Return the levels, a row for each pair and a column for each comparison."""
        found = np.empty((len(rows), len(self.labels)), np.int8, order="F")
        for place, level in enumerate(self._names(left, right, rows, others)):
            found[:, place] = level
        found[:, DATE] = levels.date_levels(left, right, rows, others)
        for place, words in enumerate(self.words):
            one, other = left.columns[place][rows], right.columns[place][others]
            if place < self.id_count:
                level = levels.number_levels(words, one, other)
            else:
                level = levels.text_levels(words, one, other, self.kinds[place - self.id_count])
            found[:, FIRST_COLUMN + place] = level
        return found

    def _names(self, left: Side, right: Side, rows: Array, others: Array) -> list[Array]:
        """Return given, family and order; crosswise when that is clearly the better reading."""
        given, straight = levels.name_levels(self.names, left.given[rows], right.given[others])
        family, value = levels.name_levels(self.names, left.family[rows], right.family[others])
        straight = straight + value
        doubtful = np.flatnonzero(straight < 1.7)
        swapped = np.zeros(len(rows), np.int8)
        ones, them = rows[doubtful], others[doubtful]
        cross_given, crosswise = levels.name_levels(
            self.names, left.given[ones], right.family[them]
        )
        cross_family, value = levels.name_levels(self.names, left.family[ones], right.given[them])
        better = crosswise + value > straight[doubtful] + 0.15
        turned = doubtful[better]
        swapped[turned] = 1
        given[turned], family[turned] = cross_given[better], cross_family[better]
        mixed = doubtful[self._same_words(left, right, ones, them)]
        mixed = mixed[np.minimum(given[mixed], family[mixed]) < levels.SAME_SOUND]
        given[mixed] = family[mixed] = levels.SAME_SOUND
        swapped[mixed] = 1
        return [given, family, swapped]

    def _same_words(self, left: Side, right: Side, rows: Array, others: Array) -> Array:
        """Say of which pairs all words sound the same, in another order or parted elsewhere."""
        table = self.names.table
        here = all_words(table, left.given[rows], left.family[rows])
        there = all_words(table, right.given[others], right.family[others])
        whole = (right.given[others] > 0) & (right.family[others] > 0)
        return np.asarray((here == there) & (here > 0) & whole)


def labels(mapping: Mapping) -> list[str]:
    """Return what each comparison is called."""
    return ["given", "family", "order", "birth_date", *mapping.ids, *mapping.compared]
