"""How often strangers agree by chance: u, from random pairs and from the counts. Pure."""

import numpy as np

from breaches.matching.linkage.comparing import DATE, FAMILY, FIRST_COLUMN, GIVEN
from breaches.matching.linkage.encoding import Side
from breaches.matching.linkage.index import Index
from breaches.matching.linkage.vocabulary import Array

PAIRS, RELATED_PAIRS = 200_000, 50_000


def of_strangers(left: Side, index: Index, seed: int) -> tuple[list[Array], list[Array]]:
    """Return u of every level from random pairs, and how often each level was seen.

    Exact agreement is too rare to be sampled: its u is the chance that two records collide.
    """
    dice = np.random.default_rng(seed)
    comparer, counted = index.comparer, index.counted
    drawn = (dice.integers(0, len(side), PAIRS) for side in (left, index.side))
    rows, others, times = once(*_strangers(left, index, *drawn), len(index.side))
    found = comparer.compare(left, index.side, rows, others)
    sizes = comparer.level_counts
    counts = [_counted(found[:, place], times, size) for place, size in enumerate(sizes)]
    shares = [(count + 0.5) / (count + 0.5).sum() for count in counts]
    exact = {GIVEN: counted.given, FAMILY: counted.family, DATE: counted.date}
    exact |= {FIRST_COLUMN + place: column for place, column in enumerate(counted.columns)}
    for place, of_values in exact.items():
        shares[place] = _with_top(shares[place], min(of_values.chance, 0.95))
    return shares, counts


def of_one_family_name(left: Side, index: Index, seed: int) -> list[Array]:
    """Return u of the attributes among strangers of one family name.

    Nationality, place and sex go with the name; counted apart they would count twice.
    """
    comparer, right = index.comparer, index.side
    order = np.argsort(right.family, kind="stable")
    sorted_names = right.family[order]
    start = np.searchsorted(sorted_names, left.family, "left")
    count = np.searchsorted(sorted_names, left.family, "right") - start
    shared = np.flatnonzero((count > (2 if left is right else 1)) & (left.family > 0))
    if len(shared) < 50 or not comparer.kinds:
        return []
    dice = np.random.default_rng(seed)
    rows = dice.choice(shared, RELATED_PAIRS, p=count[shared] / count[shared].sum())
    others = order[start[rows] + (dice.random(len(rows)) * count[rows]).astype(np.int64)]
    rows, others, times = once(*_strangers(left, index, rows, others), len(right))
    found = comparer.compare(left, right, rows, others)
    strange = ~((found[:, GIVEN] >= 3) & (found[:, DATE] >= 3))
    for place in range(FIRST_COLUMN, comparer.first_attribute):
        strange &= found[:, place] < 2
    sizes = comparer.level_counts
    attributes = range(comparer.first_attribute, len(sizes))
    counts = [
        _counted(found[strange, place], times[strange], sizes[place]) + 0.5 for place in attributes
    ]
    return [count / count.sum() for count in counts]


def once(rows: Array, others: Array, width: int) -> tuple[Array, Array, Array]:
    """Return pairs drawn with repetition each once, in order, and how often each was drawn.

    `width` is how many there are of the others. Ten people make fewer than a hundred pairs, and
    comparing 200,000 drawings of them took longer than all else that is done with so few.
    """
    if not len(rows) or width * int(rows.max() + 1) > len(rows):
        return rows, others, np.ones(len(rows))
    drawn = np.bincount(rows * width + others)
    pairs = np.flatnonzero(drawn)
    return pairs // width, pairs % width, drawn[pairs].astype(float)


def _strangers(left: Side, index: Index, rows: Array, others: Array) -> tuple[Array, Array]:
    """Return the pairs of two people, as far as that is known: inside one file, of two rows."""
    if left is not index.side:
        return rows, others
    persons = np.arange(len(left)) if index.persons is None else index.persons
    apart = persons[rows] != persons[others]
    return rows[apart], others[apart]


def _counted(level: Array, times: Array, size: int) -> Array:
    known = level >= 0
    return np.bincount(level[known], times[known], size)


def _with_top(shares: Array, top: float) -> Array:
    rest = shares[:-1] * (1 - top) / max(float(shares[:-1].sum()), 1e-12)
    return np.append(rest, top)
