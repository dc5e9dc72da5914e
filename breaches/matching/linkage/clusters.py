"""Which rows of one file are one person, without chains of likenesses growing into one. Pure.

Connected components merge two people over one bad pair. Here two groups join only when what
speaks for it outweighs what speaks against it, over all pairs between them (average linkage; a
pair that no key proposed thins what speaks for it). How sure a join is comes from all pairs
between the groups, too: a row is a copy of any one of the rows of a person, so their odds add up.
"""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from breaches.matching.linkage.vocabulary import Array

UNSEEN = 0.0  # bits of a pair that shares no key, often only because fields are empty
MOST, LEAST = 12.0, -12.0  # one pair alone cannot outvote a group


class Between(NamedTuple):
    """The pairs between two groups: their bits added up, how many there are, and their odds."""

    bits: float
    seen: int
    odds: float


@dataclass
class Tree:
    """The joins in order: rows are the leaves, and every node is younger than what it joins."""

    above: list[int]
    sure: list[float]  # the posterior of the join that made a node
    node: dict[int, int] = field(default_factory=dict)  # of each group that is left

    def join(self, one: int, other: int, odds: float) -> None:
        """Add the join of two groups, from now on known by the first."""
        new = len(self.above)
        self.above[self.node[one]] = self.above[self.node.pop(other)] = new
        self.above.append(new)
        self.sure.append(odds / (1 + odds))
        self.node[one] = new

    def met(self, one: int, other: int) -> float:
        """Return how sure the join is by which two rows came together; 0 when none did."""
        while one != other:
            low = min(one, other)
            if self.above[low] == low:
                return 0.0
            one, other = max(one, other), self.above[low]
        return self.sure[one]


def clusters(count: int, rows: Array, others: Array, weight: Array) -> Tree:
    """Return how `count` rows join into people, the strongest pairs first."""
    members = dict.fromkeys(range(count), 1)
    tree = Tree(list(range(count)), [1.0] * count, {row: row for row in range(count)})
    between: dict[int, dict[int, Between]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    odds = np.exp2(np.clip(weight, -40, 40)).tolist()
    clipped = np.clip(weight, LEAST, MOST).tolist()
    for one, other, bits, odd in zip(rows.tolist(), others.tolist(), clipped, odds, strict=True):
        between[one][other] = between[other][one] = Between(bits, 1, odd)
        if bits > 0:
            heap.append((-bits, one, other))
    heapq.heapify(heap)
    while heap:
        bits, one, other = heapq.heappop(heap)
        if one not in members or other not in members or other not in between[one]:
            continue
        link = between[one][other]
        if -bits != _mean(link, members[one] * members[other]):
            continue  # the groups have grown since
        tree.join(one, other, link.odds / min(members[one], members[other]))
        _join(one, other, between, members)
        for near, found in between[one].items():
            mean = _mean(found, members[one] * members[near])
            if mean > 0:
                heapq.heappush(heap, (-mean, one, near))
    return tree


def _mean(found: Between, possible: int) -> float:
    return (found.bits + UNSEEN * (possible - found.seen)) / possible


def _join(
    one: int, other: int, between: dict[int, dict[int, Between]], members: dict[int, int]
) -> None:
    members[one] += members.pop(other)
    between[one].pop(other)
    for near, found in between.pop(other).items():
        if near == one:
            continue
        was = between[one].get(near, Between(0.0, 0, 0.0))
        both = Between(was.bits + found.bits, was.seen + found.seen, was.odds + found.odds)
        between[one][near] = between[near][one] = both
        between[near].pop(other, None)
