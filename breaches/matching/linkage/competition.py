"""Candidates of one row compete: it is at most one person's. Pure."""

import numpy as np

from breaches.matching.linkage.vocabulary import Array, distinct

HALF = np.uint64(32)


def posterior(rows: Array, entities: Array, weight: Array, row_count: int) -> tuple[Array, Array]:
    """Return odds / (1 + all odds of the row), where records of one entity do not compete.

    `entities` numbers who each candidate is; two registrations of one person have one number.
    Also returned: how many bits each candidate is ahead of the best one of another entity.
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
    highest, second = _two_best(rows[order][first], odds[order][first], row_count)
    rival = np.where(best >= highest[rows], second[rows], highest[rows])
    with np.errstate(divide="ignore"):
        ahead = np.log2(odds) - np.log2(rival)
    return np.asarray(odds / (1 + total[rows] - best + odds)), ahead


def _two_best(rows: Array, odds: Array, row_count: int) -> tuple[Array, Array]:
    """Return the highest and the second highest odds of each row; 0 where there is none."""
    order = np.lexsort((-odds, rows))
    rows, odds = rows[order], odds[order]
    start = np.searchsorted(rows, np.arange(row_count))
    count = np.searchsorted(rows, np.arange(row_count), "right") - start
    padded = np.concatenate([odds, [0.0, 0.0]])
    highest = np.where(count > 0, padded[start], 0.0)
    return highest, np.where(count > 1, padded[start + 1], 0.0)


def top_pairs(rows: Array, others: Array, weight: Array, most: int = 6) -> tuple[Array, Array]:
    """Return the pairs of right records that compete for one row, each pair once."""
    likely = np.flatnonzero(weight > 0)
    order = likely[np.lexsort((others[likely], -weight[likely], rows[likely]))]
    found = [np.zeros(0, np.uint64)]
    for step in range(1, most):
        ahead, behind = order[:-step], order[step:]
        same = rows[ahead] == rows[behind]
        one, other = others[ahead[same]], others[behind[same]]
        low, high = np.minimum(one, other), np.maximum(one, other)
        found.append((low.astype(np.uint64) << HALF) | high.astype(np.uint64))
    both = distinct(np.concatenate(found))
    return (both >> HALF).astype(np.int64), (both & np.uint64(2**32 - 1)).astype(np.int64)


def entities(ones: Array, others: Array) -> dict[int, int]:
    """Return who each joined record is: the lowest record that it is joined with."""
    parent: dict[int, int] = {}

    def root(record: int) -> int:
        while (above := parent.get(record, record)) != record:
            record = above
        return record

    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {record: root(record) for record in {*ones.tolist(), *others.tolist()}}


def renamed(records: Array, who: dict[int, int]) -> Array:
    """Return who each record is."""
    if not who:
        return records
    keys = np.array(sorted(who), np.int64)
    values = np.array([who[key] for key in keys.tolist()], np.int64)
    place = np.minimum(np.searchsorted(keys, records), len(keys) - 1)
    return np.where(keys[place] == records, values[place], records)
