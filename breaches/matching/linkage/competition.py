"""Candidates of one row compete: it is at most one person's. Pure."""

import numpy as np

from breaches.matching.linkage.encoding import Array


def posterior(rows: Array, entities: Array, weight: Array, row_count: int) -> Array:
    """Return odds / (1 + all odds of the row), where records of one entity do not compete.

    `entities` numbers who each candidate is; two registrations of one person have one number.
    """
    odds = np.exp2(np.clip(weight, -60, 60))
    order = np.lexsort((-odds, entities, rows))
    first = np.ones(len(order), bool)
    same = (rows[order][1:] == rows[order][:-1]) & (entities[order][1:] == entities[order][:-1])
    first[1:] = ~same
    group = np.cumsum(first) - 1
    best = np.zeros(len(order))
    best[order] = odds[order][first][group]
    total = np.bincount(rows[order][first], odds[order][first], minlength=row_count)
    return np.asarray(odds / (1 + total[rows] - best + odds))


def top_pairs(rows: Array, others: Array, weight: Array, most: int = 6) -> tuple[Array, Array]:
    """Return the pairs of right records that compete for one row, each pair once."""
    likely = np.flatnonzero(weight > 0)
    order = likely[np.lexsort((others[likely], -weight[likely], rows[likely]))]
    found: list[tuple[int, int]] = []
    for step in range(1, most):
        ahead, behind = order[:-step], order[step:]
        same = rows[ahead] == rows[behind]
        one, other = others[ahead[same]], others[behind[same]]
        found += zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True)
    both = np.array(sorted(set(found)), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def entities(count: int, ones: Array, others: Array) -> Array:
    """Return a number for each of `count` records, equal for those that are joined."""
    parent = list(range(count))

    def root(record: int) -> int:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        parent[max(root(one), root(other))] = min(root(one), root(other))
    return np.array([root(record) for record in range(count)], np.int64)
