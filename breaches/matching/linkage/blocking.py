"""Which pairs of rows are worth comparing: equality of any of several keys. Pure.

Each key survives other errors than the rest do, so that one error leaves most of them whole
(multi-pass blocking: Hernández and Stolfo, "The Merge/Purge Problem", 1995).
"""

from typing import NamedTuple

import numpy as np

from breaches.matching.linkage.encoding import Array, Side
from breaches.matching.linkage.name_table import NameTable

MOST_IN_BLOCK = 2_000  # a key that more rows of the right file share finds nobody
UNIT = np.uint64


class Keys(NamedTuple):
    """One kind of key: the rows that have it, and its hash."""

    rows: Array
    hashes: Array


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


def keys(side: Side, names: NameTable, id_count: int, is_blocking: list[bool]) -> list[Keys]:
    """Return every kind of key of one file, in a fixed order."""
    found = [_column(place, side.columns[place]) for place in range(id_count)]
    found += [*_date_keys(side, names), _name_key(side, names), *_token_keys(side, names)]
    first = [names.tokens[part, 0] for part in (side.given, side.family)]
    for place, blocks in enumerate(is_blocking, start=id_count):
        if blocks:
            found.append(_attribute_key(place, side.columns[place], first))
    return found


def pairs(left: list[Keys], right: list[Keys], *, dedupe: bool) -> tuple[Array, Array]:
    """Return the pairs that share a key, each once; within one file the lower row first."""
    found = [_joined(one, other) for one, other in zip(left, right, strict=True)]
    both = np.unique(np.concatenate(found))
    rows, others = (both >> UNIT(32)).astype(np.int64), (both & UNIT(2**32 - 1)).astype(np.int64)
    if dedupe:
        keep = rows < others
        rows, others = rows[keep], others[keep]
    return rows, others


def _column(place: int, codes: Array) -> Keys:
    rows = np.flatnonzero(codes > 0)
    return Keys(rows, mixed(100 + place, codes[rows]))


def _attribute_key(place: int, codes: Array, first: list[Array]) -> Keys:
    """Return an address-like value with the first token of either name."""
    parts = [np.flatnonzero((codes > 0) & (token > 0)) for token in first]
    hashes = [
        mixed(100 + place, codes[rows], token[rows])
        for rows, token in zip(parts, first, strict=True)
    ]
    return Keys(np.concatenate(parts), np.concatenate(hashes))


def _date_keys(side: Side, names: NameTable) -> list[Keys]:
    year, month, day = side.year, side.month, side.day
    rows = np.flatnonzero((year > 0) & (month > 0) & (day > 0))
    year, month, day = year[rows], month[rows], day[rows]
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


def _token_keys(side: Side, names: NameTable) -> list[Keys]:
    low, high = np.minimum(side.month, side.day), np.maximum(side.month, side.day)
    with_year, with_day = [], []
    for part in (side.given, side.family):
        for place in range(3):
            token = names.tokens[part, place]
            rows = np.flatnonzero((token > 0) & (side.year > 0))
            with_year.append(Keys(rows, mixed(5, token[rows], side.year[rows])))
            rows = np.flatnonzero((token > 0) & (low > 0))
            with_day.append(Keys(rows, mixed(6, token[rows], (low * 40 + high)[rows])))
    return [_together(with_year), _together(with_day)]


def _together(parts: list[Keys]) -> Keys:
    rows = np.concatenate([part.rows for part in parts])
    return Keys(rows, np.concatenate([part.hashes for part in parts]))


def _joined(left: Keys, right: Keys) -> Array:
    """Return the pairs of equal hash, packed into one number each."""
    order = np.argsort(right.hashes, kind="stable")
    hashes, rows = right.hashes[order], right.rows[order]
    start = np.searchsorted(hashes, left.hashes, "left")
    count = np.searchsorted(hashes, left.hashes, "right") - start
    count = np.where(count > MOST_IN_BLOCK, 0, count)
    ones = np.repeat(left.rows, count)
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    others = rows[np.repeat(start, count) + offset]
    return np.unique((ones.astype(UNIT) << UNIT(32)) | others.astype(UNIT))
