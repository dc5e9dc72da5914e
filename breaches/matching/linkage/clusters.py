"""Which rows of one file are one person, without chains of likenesses growing into one. Pure.

Connected components merge two people over one bad pair. Here two groups join only when what
speaks for it outweighs what speaks against it, over all pairs between them (average linkage;
a pair that no key proposed thins what speaks for it).
"""

import heapq
from collections import defaultdict

from breaches.matching.linkage.vocabulary import Array

UNSEEN = 0.0  # bits of a pair that shares no key, often only because fields are empty
MOST, LEAST = 12.0, -12.0  # one pair alone cannot outvote a group


def clusters(count: int, rows: Array, others: Array, weight: Array) -> list[int]:
    """Return the number of the cluster of each of `count` rows, the strongest pairs first."""
    members = dict.fromkeys(range(count), 1)
    home = list(range(count))
    between: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    clipped = [min(max(value, LEAST), MOST) for value in weight.tolist()]
    for one, other, value in zip(rows.tolist(), others.tolist(), clipped, strict=True):
        between[one][other] = between[other][one] = (value, 1)
        if value > 0:
            heap.append((-value, one, other))
    heapq.heapify(heap)
    joined: dict[int, int] = {}
    while heap:
        bits, one, other = heapq.heappop(heap)
        if one not in members or other not in members or other not in between[one]:
            continue
        if -bits != _mean(between[one][other], members[one] * members[other]):
            continue  # the groups have grown since
        _join(one, other, between, members)
        joined[other] = one
        for near, sums in between[one].items():
            mean = _mean(sums, members[one] * members[near])
            if mean > 0:
                heapq.heappush(heap, (-mean, one, near))
    return [_home(row, joined, home) for row in range(count)]


def _mean(sums: tuple[float, int], possible: int) -> float:
    total, seen = sums
    return (total + UNSEEN * (possible - seen)) / possible


def _join(
    one: int,
    other: int,
    between: dict[int, dict[int, tuple[float, int]]],
    members: dict[int, int],
) -> None:
    members[one] += members.pop(other)
    between[one].pop(other)
    for near, (total, seen) in between.pop(other).items():
        if near == one:
            continue
        was, count = between[one].get(near, (0.0, 0))
        between[one][near] = between[near][one] = (was + total, count + seen)
        between[near].pop(other, None)


def _home(row: int, joined: dict[int, int], home: list[int]) -> int:
    while row in joined:
        row = joined[row]
    return home[row]
