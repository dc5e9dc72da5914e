"""Dropping pairs that cannot matter, from whole numbers alone, when there are very many. Pure."""

import numpy as np

from breaches.matching.linkage.comparing import Comparer
from breaches.matching.linkage.encoding import Array, Side
from breaches.matching.linkage.name_table import NameTable

MANY = 2_000_000


def worth_comparing(
    left: Side, right: Side, compared: Comparer, rows: Array, others: Array
) -> Array:
    """Return which pairs to compare: all, unless there are too many to hold."""
    if len(rows) <= MANY:
        return np.ones(len(rows), bool)
    good = _good_names(left, right, compared.names, rows, others)
    year = (np.abs(left.year[rows] - right.year[others]) <= 1) & (left.year[rows] > 0)
    months, days = (left.month[rows], right.month[others]), (left.day[rows], right.day[others])
    straight = (months[0] == months[1]) & (days[0] == days[1])
    crosswise = (months[0] == days[1]) & (days[0] == months[1])
    date = year & (straight | crosswise)
    keep = (good >= 2) | ((good >= 1) & (date | (left.year[rows] == 0)))
    for place in range(compared.id_count):
        one, other = left.columns[place][rows], right.columns[place][others]
        keep |= (one == other) & (one > 0)
    return np.asarray(keep)


def _good_names(left: Side, right: Side, names: NameTable, rows: Array, others: Array) -> Array:
    given, family = left.given[rows], left.family[rows]
    their_given, their_family = right.given[others], right.family[others]
    first, last = _maybe(names, given, their_given), _maybe(names, family, their_family)
    cross = _maybe(names, given, their_family) | _maybe(names, family, their_given)
    straight = first.astype(np.int8) + last
    return np.maximum(straight, cross.astype(np.int8) + (cross & (first | last)))


def _maybe(names: NameTable, one: Array, other: Array) -> Array:
    shared = np.bitwise_count(names.bigrams[one] & names.bigrams[other]).astype(np.int64)
    fewest = np.minimum(names.bigram_counts[one], names.bigram_counts[other])
    alike = (shared * 2 > fewest) | (names.skeletons[one] == names.skeletons[other])
    short = (names.is_initial[one] | names.is_initial[other]) & (
        names.first[one] == names.first[other]
    )
    return np.asarray((one == 0) | (other == 0) | alike | short)
