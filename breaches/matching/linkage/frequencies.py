"""How common a value is, inside the nationality: a rare name in common says more. Pure.

Winkler, "Frequency-based matching in Fellegi-Sunter model of record linkage" (2000). A value
seen once or twice is as common as Good and Turing say ("The population frequencies of species",
Biometrika 1953), not as its own record makes it look. Inside a stratum a value counts without
the record that has it, shrunk towards the whole file by as much as the file itself shows to be
right: births on one day are as common everywhere, names are not.
"""

from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage.encoding import Side
from breaches.matching.linkage.name_table import NameTable
from breaches.matching.linkage.vocabulary import Array

SMOOTHED = 8  # counts up to this one are smoothed; above, the count itself is good enough
WHOLE = [4.0**power for power in range(1, 12)]  # pseudo-records of the whole file in a stratum
SAMPLE = 200_000


@dataclass
class Counts:
    """How often each value stands in a file, and in each stratum of it."""

    values: Array
    shares: Array
    keys: Array
    counts: Array
    strata: Array  # the size of each stratum
    shrinkage: float
    chance: float  # that two records with a value have the same one

    def share(self, value: Array, stratum: Array) -> Array:
        """Return the share of each value in its stratum; stratum 0 is the whole file."""
        overall = _looked_up(self.values, self.shares, value, self.shares.min())
        key = value.astype(np.int64) * len(self.strata) + stratum
        here = np.maximum(_looked_up(self.keys, self.counts, key, 0) - 1, 0)
        others = np.maximum(self.strata[stratum] - 1, 0)
        local = (here + self.shrinkage * overall) / (others + self.shrinkage)
        return np.where(stratum > 0, local, overall)


@dataclass
class Frequencies:
    """The counts of names, of their sounds, of birth dates and of each attribute of one file."""

    given: Counts
    family: Counts
    given_sound: Counts
    family_sound: Counts
    date: Counts
    columns: list[Counts]  # the ids and then the attributes


def frequencies(
    side: Side, names: NameTable, stratum: int | None, persons: Array | None = None
) -> Frequencies:
    """Count one file; `stratum` is the column that people are counted inside of.

    `persons` says whose each row is, when that is known: a value counts once for a person.
    """
    everywhere = np.zeros(len(side), np.int32)
    strata = everywhere if stratum is None else side.columns[stratum]

    def counted(codes: Array, inside: Array) -> Counts:
        once = slice(None) if persons is None else _once(codes, persons)
        return counts(codes[once], inside[once])

    return Frequencies(
        given=counted(side.given, strata),
        family=counted(side.family, strata),
        given_sound=counted(names.skeletons[side.given] % 2**40, strata),
        family_sound=counted(names.skeletons[side.family] % 2**40, strata),
        date=counted(np.where((side.month > 0) & (side.day > 0), side.dates, 0), strata),
        columns=[counted(column, everywhere) for column in side.columns],
    )


def _once(codes: Array, persons: Array) -> Array:
    """Return a row for each value of each person."""
    order = np.lexsort((codes, persons))
    first = np.ones(len(order), bool)
    first[1:] = np.diff(codes[order]) | np.diff(persons[order]) != 0
    return order[first]


def counts(codes: Array, strata: Array) -> Counts:
    """Count `codes`, over all and in each stratum. Code 0 is no value."""
    known = codes > 0
    codes, strata = codes[known].astype(np.int64), strata[known]
    values, often = np.unique(codes, return_counts=True)
    if not len(values):
        values, often = np.zeros(1, np.int64), np.ones(1, np.int64)
    shares = smoothed(often) / max(len(codes), 1)
    chance = _chance(often)
    sizes = np.bincount(strata, minlength=1).astype(float)
    keys, here = np.zeros(1, np.int64), np.zeros(1, np.int64)
    if len(sizes) > 1 and len(codes):
        keys, here = np.unique(codes * len(sizes) + strata, return_counts=True)
    found = Counts(values, shares, keys, here, sizes, WHOLE[0], chance)
    found.shrinkage = _best_shrinkage(found)
    return found


def _chance(often: Array) -> float:
    """Return the chance that two records share a value; half a pair where none do."""
    total = float(often.sum())
    return max(float(often @ (often - 1.0)), 0.5) / max(total * (total - 1), 1.0)


def smoothed(often: Array) -> Array:
    """Return each count as Good and Turing correct it: r* = (r + 1) n(r + 1) / n(r)."""
    of_count = np.bincount(np.minimum(often, SMOOTHED + 2), minlength=SMOOTHED + 3).astype(float)
    corrected = np.arange(SMOOTHED + 3, dtype=float)
    for r in range(1, SMOOTHED + 1):
        enough = of_count[r] >= 30 and of_count[r + 1] > 0
        guess = (r + 1) * of_count[r + 1] / of_count[r] if enough else r - 0.5
        corrected[r] = guess
    return np.where(often <= SMOOTHED, corrected[np.minimum(often, SMOOTHED)], often)


def _best_shrinkage(found: Counts) -> float:
    """Return the shrinkage under which the file predicts each of its own records best."""
    step = max(len(found.keys) // SAMPLE, 1)
    keys, here = found.keys[::step], found.counts[::step]
    stratum = keys % len(found.strata)
    inside = stratum > 0
    if not inside.any():
        return WHOLE[0]
    keys, here, others = keys[inside], here[inside], found.strata[stratum[inside]] - 1
    overall = _looked_up(found.values, found.shares, keys // len(found.strata), 0)
    scores = [
        float(here @ np.log((here - 1 + whole * overall) / (others + whole))) for whole in WHOLE
    ]
    return WHOLE[int(np.argmax(scores))]


def _looked_up(keys: Array, values: Array, wanted: Array, missing: float) -> Array:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], missing)
