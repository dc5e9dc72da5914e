"""Rows of people who do not exist, to see how many the engine would link all the same. Pure."""

import random
from collections import defaultdict

import numpy as np

from breaches.matching.linkage import linking
from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.index import Index
from breaches.matching.linkage.mapping import Mapping
from breaches.matching.linkage.model import Model

MOST_NAMESAKES, MOST_TWINS = 0.005, 0.02  # shares that may be linked falsely before the gate shuts


def namesakes(table: Table, mapping: Mapping, seed: int) -> tuple[Table, list[int]]:
    """Return the rows with other people's birth dates, without identifiers, and which changed."""
    return _shuffled(table, mapping, mapping.birth_date, seed)


def twins(table: Table, mapping: Mapping, seed: int) -> tuple[Table, list[int]]:
    """Return the rows with other people's given names, without identifiers, and which changed."""
    return _shuffled(table, mapping, (mapping.given,) if mapping.given else (), seed)


def falsely_linked(
    index: Index, rows: tuple[Table, list[int]], mapping: Mapping, model: Model
) -> float:
    """Return which share of the changed rows is linked without a person looking."""
    table, changed = rows
    found = linking.match(index, table, mapping, model)
    linked = np.unique(found.rows[found.is_auto])
    return float(np.isin(changed, linked).mean()) if changed else 0.0


def _shuffled(
    table: Table, mapping: Mapping, columns: tuple[str, ...], seed: int
) -> tuple[Table, list[int]]:
    """Shuffle some columns together, inside each stratum."""
    count = len(table[mapping.id])
    inside = defaultdict(list)
    for row in range(count):
        inside[table[mapping.strata][row] if mapping.strata else ""].append(row)
    dice, source = random.Random(seed), list(range(count))  # noqa: S311  (not a secret)
    for rows in inside.values():
        mixed = dice.sample(rows, len(rows))
        for row, other in zip(rows, mixed, strict=True):
            source[row] = other
    out = {**table, **{name: [""] * count for name in mapping.ids}}
    out |= {name: [table[name][row] for row in source] for name in columns}
    changed = [
        row for row in range(count) if any(out[name][row] != table[name][row] for name in columns)
    ]
    return out, changed
