"""Which pairs of rows are worth comparing: equality of any of several keys. Pure.

Each key survives other errors than the rest do, so that one error leaves most of them whole
(multi-pass blocking: Hernández and Stolfo, "The Merge/Purge Problem", 1995).
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from breaches.matching.linkage.encoding import Side
from breaches.matching.linkage.name_table import NameTable, all_words
from breaches.matching.linkage.vocabulary import Array, distinct

MOST_IN_BLOCK = 2_000  # a key that more rows of the right file share finds nobody
MOST_OF_ONE_WORD = 500  # the same for one word of a name with a part of the date
UNIT = np.uint64
HALF, LOW = UNIT(32), UNIT(2**32 - 1)


class Keys(NamedTuple):
    """One kind of key: the rows that have it, and its hash."""

    rows: Array
    hashes: Array
    most: int = MOST_IN_BLOCK


def mixed(*parts: Array | int) -> Array:
    """Return one 64-bit hash of several numbers (the finaliser of SplitMix64)."""
    out: Array = np.full(1, 0x9E3779B97F4A7C15, UNIT)
    with np.errstate(over="ignore"):
        for part in parts:
            out = (out ^ np.asarray(part).astype(UNIT)) * UNIT(0xBF58476D1CE4E5B9)
            out = (out ^ (out >> UNIT(31))) * UNIT(0x94D049BB133111EB)
            out = out ^ (out >> UNIT(29))
    return out


def digits(year: Array, month: Array, day: Array) -> Array:
    """Return the eight digits of each date."""
    parts = [year // 1000, year // 100 % 10, year // 10 % 10, year % 10]
    parts += [month // 10, month % 10, day // 10, day % 10]
    return np.stack(parts, 1).astype(np.int8)


def keys(side: Side, names: NameTable, id_count: int, is_blocking: list[bool]) -> Iterator[Keys]:
    """Yield every kind of key of one file that has birth dates, in a fixed order."""
    for place in range(id_count):
        yield _column(place, side.columns[place])
    yield from _date_keys(side, names)
    yield _name_key(side, names)
    yield _words_key(side, names)
    low, high = np.minimum(side.month, side.day), np.maximum(side.month, side.day)
    yield _token_keys(side, names, 5, side.year)
    yield _token_keys(side, names, 6, np.where(low > 0, low * 40 + high, 0))
    for place, blocks in enumerate(is_blocking, start=id_count):
        if blocks:
            yield _attribute_key(place, side, names)


def laid(kind: Keys) -> Array:
    """Return one kind of key sorted, half a hash and the row in one number each."""
    rows, hashes, _ = kind
    return np.sort((hashes & ~LOW) | rows.astype(UNIT))


def pairs(left: list[Keys], right: list[Array]) -> tuple[Array, Array, int]:
    """Return the pairs that share a key, each once, and how many keys were too common to use."""
    found = [_joined(one, other) for one, other in zip(left, right, strict=True)]
    both = distinct(np.concatenate([packed for packed, _ in found]))
    rows, others = (both >> HALF).astype(np.int32), (both & LOW).astype(np.int32)
    return rows, others, sum(lost for _, lost in found)


def _column(place: int, codes: Array) -> Keys:
    rows = np.flatnonzero(codes > 0)
    return Keys(rows, mixed(100 + place, codes[rows]))


def _attribute_key(place: int, side: Side, names: NameTable) -> Keys:
    """Return an address-like value with the first token of either name."""
    codes = side.columns[place]
    parts = []
    for name in (side.given, side.family):
        token = names.tokens[name, 0]
        rows = np.flatnonzero((codes > 0) & (token > 0))
        parts.append(Keys(rows, mixed(100 + place, codes[rows], token[rows])))
    return _together(parts)


def _date_keys(side: Side, names: NameTable) -> list[Keys]:
    rows = np.flatnonzero((side.year > 0) & (side.month > 0) & (side.day > 0))
    year, month, day = side.year[rows], side.month[rows], side.day[rows]
    low, high = np.minimum(month, day), np.maximum(month, day)
    initials = names.initials[side.given[rows]] | names.initials[side.family[rows]]
    ordered = np.sort(digits(year, month, day), axis=1).astype(np.int64)
    spelled = (ordered * 10 ** np.arange(8)).sum(1)
    two_of_three = (mixed(7, year * 16 + month, initials), mixed(8, year * 40 + day, initials))
    return [
        Keys(rows, mixed(2, year, low * 40 + high)),
        Keys(rows, mixed(3, spelled, initials)),
        *(Keys(rows, hashes) for hashes in two_of_three),
    ]


def _name_key(side: Side, names: NameTable) -> Keys:
    one, other = names.tokens[side.given, 0], names.tokens[side.family, 0]
    rows = np.flatnonzero((one > 0) & (other > 0))
    one, other = one[rows], other[rows]
    return Keys(rows, mixed(4, np.minimum(one, other), np.maximum(one, other)))


def _words_key(side: Side, names: NameTable) -> Keys:
    """Return all words of the name, in any order."""
    words = all_words(names, side.given, side.family)
    rows = np.flatnonzero(words)
    return Keys(rows, mixed(9, words[rows]))


def two_words(side: Side, names: NameTable) -> Keys:
    """Return any two words of the name, for files without birth dates."""
    tokens = [names.tokens[name, place] for name in (side.given, side.family) for place in range(3)]
    parts = []
    for one, other in combinations(tokens, 2):
        rows = np.flatnonzero((one > 0) & (other > 0))
        low, high = np.minimum(one, other)[rows], np.maximum(one, other)[rows]
        parts.append(Keys(rows, mixed(10, low, high)))
    return _together(parts)


def _token_keys(side: Side, names: NameTable, kind: int, with_it: Array) -> Keys:
    """Return each word of the name with a part of the birth date."""
    parts = []
    for name in (side.given, side.family):
        for place in range(3):
            token = names.tokens[name, place]
            rows = np.flatnonzero((token > 0) & (with_it > 0))
            parts.append(Keys(rows, mixed(kind, token[rows], with_it[rows])))
    return _together(parts)._replace(most=MOST_OF_ONE_WORD)


def _together(parts: list[Keys]) -> Keys:
    rows = np.concatenate([part.rows for part in parts])
    return Keys(rows, np.concatenate([part.hashes for part in parts]))


def _joined(left: Keys, right: Array) -> tuple[Array, int]:
    """Return the pairs of equal hash, packed into one number each, and the keys left out."""
    half = left.hashes & ~LOW
    start = np.searchsorted(right, half, "left")
    count = np.searchsorted(right, half | LOW, "right") - start
    common = count > left.most
    count[common] = 0
    ones = np.repeat(left.rows.astype(UNIT), count)
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    others = right[np.repeat(start, count) + offset] & LOW
    return np.asarray((ones << HALF) | others), int(common.sum())
