"""What it adds that an agreeing value is rare, or takes away that it is common, in bits. Pure."""

import math
from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import levels
from breaches.matching.linkage.comparing import DATE, FAMILY, GIVEN, Comparer
from breaches.matching.linkage.encoding import Array, Side
from breaches.matching.linkage.frequencies import Counts, Frequencies, chance
from breaches.matching.linkage.model import Model

MOST_BITS = 8.0


@dataclass
class Rarity:
    """The right file's frequencies, ready to weigh pairs with."""

    comparer: Comparer
    model: Model
    right: Side
    counted: Frequencies
    stratum: int | None

    def bits(self, left: Side, rows: Array, others: Array, found: Array) -> Array:
        """Return log2(chance of any value / chance of this one) for each exact agreement."""
        out = np.zeros(found.shape)
        strata = self.counted.strata[others]
        if self.stratum is not None:
            strata = np.where(left.columns[self.stratum][rows] == strata, strata, 0)
        sounds = self.comparer.names.skeletons
        for place, codes, exact, sound in (
            (GIVEN, self.right.given, self.counted.given, self.counted.given_sound),
            (FAMILY, self.right.family, self.counted.family, self.counted.family_sound),
        ):
            value = codes[others]
            hits = np.flatnonzero(found[:, place] == levels.EXACT_NAME)
            out[hits, place] = _bits(exact, value[hits], strata[hits], chance(codes))
            hits = np.flatnonzero(found[:, place] == levels.SAME_SOUND)
            by_chance = chance(sounds[codes])
            out[hits, place] = 0.5 * _bits(sound, sounds[value[hits]], strata[hits], by_chance)
        hits = np.flatnonzero(found[:, DATE] == levels.EXACT_DATE)
        dates = self.right.dates
        out[hits, DATE] = _bits(self.counted.date, dates[others[hits]], strata[hits], chance(dates))
        self._attributes(others, found, out)
        return np.clip(out, -MOST_BITS, MOST_BITS)

    def _attributes(self, others: Array, found: Array, out: Array) -> None:
        first = self.comparer.first_attribute
        related = found[:, FAMILY] >= levels.SIMILAR_NAME
        for place in range(first, found.shape[1]):
            column = place - first + self.comparer.id_count
            codes, counted = self.right.columns[column], self.counted.columns[column]
            hits = np.flatnonzero(found[:, place] == levels.EXACT)
            nowhere = np.zeros(len(hits), np.int64)
            bits = _bits(counted, codes[others[hits]], nowhere, chance(codes))
            out[hits, place] = np.where(related[hits], bits * self._own_share(place), bits)

    def _own_share(self, place: int) -> float:
        """Return how much of an attribute's surprise its family name leaves."""
        related = self.model.u_same_family
        if not related:
            return 1.0
        alone = math.log2(1 / max(float(self.model.u[place][-1]), 1e-9))
        given = math.log2(1 / max(float(related[place - self.comparer.first_attribute][-1]), 1e-9))
        return min(max(given / max(alone, 1e-6), 0.0), 1.0)


def _bits(counted: Counts, values: Array, strata: Array, by_chance: float) -> Array:
    return np.asarray(np.log2(by_chance / counted.share(values, strata)))
