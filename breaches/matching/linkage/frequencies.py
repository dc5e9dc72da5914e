"""How common a value is, inside the nationality: a rare name in common says more. Pure.

Winkler, "Frequency-based matching in Fellegi-Sunter model of record linkage" (2000). A
candidate's own record is left out, and a small stratum is shrunk towards the whole file.
"""

from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage.encoding import Array, Side
from breaches.matching.linkage.name_table import NameTable

SHRINKAGE = 25.0  # pseudo-records of the whole file in each stratum


@dataclass
class Counts:
    """How often each value stands in a file, and in each stratum of it."""

    size: int
    values: Array
    shares: Array
    keys: Array
    counts: Array
    strata: Array  # the size of each stratum

    def share(self, value: Array, stratum: Array) -> Array:
        """Return the share of each value in its stratum; stratum 0 is the whole file."""
        overall = _looked_up(self.values, self.shares, value, 0.5 / self.size)
        key = value * len(self.strata) + stratum
        here = np.maximum(_looked_up(self.keys, self.counts, key, 0) - 1, 0)
        others = np.maximum(self.strata[stratum] - 1, 0)
        local = (here + SHRINKAGE * overall) / (others + SHRINKAGE)
        return np.where(stratum > 0, local, overall)


@dataclass
class Frequencies:
    """The counts of names, of their sounds, of birth dates and of each column of one file."""

    given: Counts
    family: Counts
    given_sound: Counts
    family_sound: Counts
    date: Counts
    columns: list[Counts]
    strata: Array


def frequencies(side: Side, names: NameTable, stratum: int | None) -> Frequencies:
    """Count one file; `stratum` is the column that people are counted inside of."""
    everywhere = np.zeros(len(side), np.int64)
    strata = everywhere if stratum is None else side.columns[stratum]
    return Frequencies(
        given=counts(side.given, strata),
        family=counts(side.family, strata),
        given_sound=counts(names.skeletons[side.given], strata),
        family_sound=counts(names.skeletons[side.family], strata),
        date=counts(side.dates, strata),
        columns=[counts(column, everywhere) for column in side.columns],
        strata=strata,
    )


def counts(codes: Array, strata: Array) -> Counts:
    """Count `codes`, over all and in each stratum."""
    values, often = np.unique(codes, return_counts=True)
    sizes = np.bincount(strata).astype(float)
    keys, here = np.unique(codes * len(sizes) + strata, return_counts=True)
    shares = np.maximum(often - 1, 0.5) / len(codes)
    return Counts(len(codes), values, shares, keys, here, sizes)


def chance(codes: Array) -> float:
    """Return how likely two records with a value have the same one by chance."""
    often = np.unique(codes[codes > 0], return_counts=True)[1].astype(float)
    return max(float((often**2).sum()) / max(float(often.sum()) ** 2, 1.0), 1e-9)


def _looked_up(keys: Array, values: Array, wanted: Array, missing: float) -> Array:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], missing)
