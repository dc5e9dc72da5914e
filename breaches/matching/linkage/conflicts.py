"""Pairs with one identifier that name and birth date both contradict: somebody must see them. Pure.

They weigh too little for any threshold, so they are looked up by the identifier alone.
"""

from itertools import islice

import numpy as np

from breaches.matching.linkage import blocking, policy
from breaches.matching.linkage.encoding import Side, some_rows
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.linking import PIECE
from breaches.matching.linkage.vocabulary import Array


def with_conflicts(files: Files, rows: Array, others: Array) -> tuple[Array, Array]:
    """Return pairs and, behind them, those in conflict that are not among them."""
    if not files.compared.id_count:
        return rows, others
    parts = [_conflicts(files, start) for start in range(0, max(len(files.left), 1), PIECE)]
    ones, them = (np.concatenate(part) for part in zip(*parts, strict=True))
    new = ~np.isin(_packed(ones, them), _packed(rows, others))
    return np.concatenate([rows, ones[new]]), np.concatenate([others, them[new]])


def _conflicts(files: Files, start: int) -> tuple[Array, Array]:
    """Return the conflicts of a piece of the left file."""
    side = some_rows(files.left, np.arange(start, min(start + PIECE, len(files.left))))
    ones, them = _same_identifier(files, side)
    if files.dedupe:
        ones, them = (part[ones + start < them] for part in (ones, them))
    found = policy.is_conflict(
        files.compared, files.compared.compare(side, files.right, ones, them)
    )
    return ones[found] + start, them[found]


def _same_identifier(files: Files, side: Side) -> tuple[Array, Array]:
    count = files.compared.id_count
    every = blocking.keys(side, files.compared.names.table, count, [])
    ones, them, _ = blocking.pairs(list(islice(every, count)), files.index.keys[:count])
    return ones.astype(np.int64), them.astype(np.int64)


def _packed(rows: Array, others: Array) -> Array:
    return np.asarray((rows.astype(np.int64) << 32) | others.astype(np.int64))
