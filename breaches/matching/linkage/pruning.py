"""Dropping pairs that cannot matter before strings are compared, from whole numbers alone. Pure.

Each pair gets the most that it could weigh: whatever is not the same number is taken for the
highest level it may still reach, so that nothing a person should see is dropped.
"""

from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import levels
from breaches.matching.linkage.comparing import DATE, FAMILY, FIRST_COLUMN, GIVEN, ORDER, Comparer
from breaches.matching.linkage.encoding import Side
from breaches.matching.linkage.frequencies import Counts
from breaches.matching.linkage.index import Index
from breaches.matching.linkage.marks import differing, is_longer
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.name_table import all_words
from breaches.matching.linkage.vocabulary import Array

HOPELESS = -6.5  # bits: a posterior below one in ninety, half of what is reviewed
DIGITS = [11**place for place in range(10)]  # sums of these are equal for the same digits only
YEARS = np.array([sum(DIGITS[int(d)] for d in f"{n:04}") for n in range(10_000)], np.int64)
DAYS = np.array([sum(DIGITS[int(d)] for d in f"{n:02}") for n in range(100)], np.int64)
LOCAL = 2.0  # bits that a nationality may add to how rare a name is in the whole file


@dataclass
class Bound:
    """What the most is that each kind of agreement can weigh, as tables to look up in."""

    comparer: Comparer
    model: Model
    rarity: dict[int, Array]  # of each given and family name, in bits
    marks: list[Array]  # of each value of the other columns

    def worth_comparing(self, left: Side, right: Side, rows: Array, others: Array) -> Array:
        """Say for each pair whether it may weigh enough to be looked at."""
        names = (left.given[rows], left.family[rows]), (right.given[others], right.family[others])
        most = self._names(*names) + self._dates(left, right, rows, others)
        most += np.float32(self.model.prior_weight)
        alone = most > HOPELESS - self._most_of_columns()
        for place in range(len(self.comparer.words)):
            some = np.flatnonzero(alone)
            one, other = left.columns[place][rows[some]], right.columns[place][others[some]]
            most[some] += self._column(place, one, other)
        return np.asarray(
            (alone & (most > HOPELESS)) | self._same_number(left, right, rows, others)
        )

    def _same_number(self, left: Side, right: Side, rows: Array, others: Array) -> Array:
        out = np.zeros(len(rows), bool)
        for place in range(self.comparer.id_count):
            number = left.columns[place][rows]
            out |= (number > 0) & (number == right.columns[place][others])
        return out

    def _names(self, here: tuple[Array, Array], there: tuple[Array, Array]) -> Array:
        straight = self._name(GIVEN, here[0], there[0]) + self._name(FAMILY, here[1], there[1])
        doubtful = np.flatnonzero((here[0] != there[0]) | (here[1] != there[1]))
        first, last = (part[doubtful] for part in here)
        given, family = (part[doubtful] for part in there)
        cross = self._name(FAMILY, first, family) + self._name(GIVEN, last, given)
        in_order, turned = self.model.weights[ORDER]
        straight += in_order
        straight[doubtful] = np.maximum(straight[doubtful], cross + turned)
        table, weights = self.comparer.names.table, self.model.weights
        words = all_words(table, first, last)
        mixed = doubtful[(words > 0) & (words == all_words(table, given, family))]
        sounds = weights[GIVEN][levels.SAME_SOUND] + weights[FAMILY][levels.SAME_SOUND]
        straight[mixed] = np.maximum(straight[mixed], sounds + turned + 2 * LOCAL)
        return straight

    def _name(self, place: int, one: Array, other: Array) -> Array:
        """Return the most bits a pair of name parts can have; their own rarity if equal."""
        weights, table = self.model.weights[place].astype(np.float32), self.comparer.names.table
        shared = np.bitwise_count(table.bigrams[one] & table.bigrams[other]).astype(np.int16)
        fewest = np.minimum(table.bigram_counts[one], table.bigram_counts[other])
        most = np.maximum(table.bigram_counts[one], table.bigram_counts[other])
        sound = (shared * 3 >= fewest * 2) & (fewest * 2 > most)
        sound |= table.skeletons[one] == table.skeletons[other]
        out = np.full(len(one), weights[0])
        out[shared * 4 >= fewest] = weights[levels.REMOTE_NAME]
        out[shared * 2 >= fewest] = weights[levels.SIMILAR_NAME]
        out[sound] = weights[levels.SAME_SOUND] + LOCAL
        same = np.flatnonzero(one == other)
        out[same] = weights[-1] + np.minimum(self.rarity[place][other[same]] + LOCAL, 8)
        empty = (one == 0) | (other == 0) | table.is_rest[one] | table.is_rest[other]
        out[empty] = np.maximum(out[empty], 0)
        return out

    def _dates(self, left: Side, right: Side, rows: Array, others: Array) -> Array:
        weights = self.model.weights[DATE].astype(np.float32)
        year, month, day = left.year[rows], left.month[rows], left.day[rows]
        other_year = right.year[others]
        other_month, other_day = right.month[others], right.day[others]
        equal = (year == other_year).astype(np.int8)
        equal += month == other_month
        equal += day == other_day
        best = np.array([levels.NEAR_YEAR, levels.TWO_DIGITS, levels.ONE_DIGIT, levels.EXACT_DATE])
        level = best[equal]
        one = np.flatnonzero(equal == 1)
        here = YEARS[year[one]] + DAYS[month[one]] + DAYS[day[one]]
        there = YEARS[other_year[one]] + DAYS[other_month[one]] + DAYS[other_day[one]]
        level[one[here == there]] = levels.PERMUTED
        level[(month == other_day) & (day == other_month) & (equal < 3)] = levels.SWAPPED
        out = weights[level]
        out[equal == 3] += LOCAL
        out[(year == 0) | (other_year == 0)] = 0
        return np.asarray(out)

    def _column(self, place: int, one: Array, other: Array) -> Array:
        weights = self.model.weights[FIRST_COLUMN + place].astype(np.float32)
        is_exact = place >= self.comparer.id_count and (
            self.comparer.kinds[place - self.comparer.id_count] == "exact"
        )
        marks = self.marks[place][one], self.marks[place][other]
        if place < self.comparer.id_count:
            apart = np.where(is_longer(*marks), 2, differing(*marks))
            level = np.select([apart <= 2, apart <= 4], [levels.CLOSE, levels.REMOTE], 0)
        elif is_exact:
            level = np.zeros(len(one), np.int8)
        else:
            shared = np.bitwise_count(marks[0] & marks[1]).astype(np.int16) * 2
            fewest = np.minimum(np.bitwise_count(marks[0]), np.bitwise_count(marks[1]))
            level = np.select(
                [shared >= fewest, shared * 2 >= fewest], [levels.CLOSE, levels.REMOTE], 0
            )
        out = weights[level]
        out[one == other] = weights[-1] + LOCAL
        out[(one == 0) | (other == 0)] = 0
        return np.asarray(out)

    def _most_of_columns(self) -> float:
        return sum(float(weights[-1]) + LOCAL for weights in self.model.weights[FIRST_COLUMN:])


def bound(index: Index, model: Model) -> Bound:
    """Return the bound under a model."""
    comparer, counted = index.comparer, index.counted
    size = len(comparer.names.table)
    rarity = {GIVEN: _dense(counted.given, size), FAMILY: _dense(counted.family, size)}
    return Bound(comparer, model, rarity, index.marks)


def _dense(counted: Counts, size: int) -> Array:
    out = np.zeros(size, np.float32)
    out[counted.values] = np.log2(counted.chance / counted.shares)
    return out
