"""What it adds that an agreeing value is rare, or takes away that it is common, in bits. Pure."""

import math
from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import levels
from breaches.matching.linkage.comparing import DATE, FAMILY, GIVEN, ORDER, Comparer
from breaches.matching.linkage.encoding import Side
from breaches.matching.linkage.frequencies import Counts, Frequencies
from breaches.matching.linkage.vocabulary import Array

MOST_BITS = 8.0


@dataclass
class Rarity:
    """The right file's frequencies, ready to weigh pairs with."""

    comparer: Comparer
    right: Side
    counted: Frequencies
    stratum: int | None
    own_shares: list[float]  # of each attribute's surprise, what its family name leaves

    def bits(self, left: Side, rows: Array, others: Array, found: Array) -> Array:
        """Return log2(chance of any value / chance of this one) for each exact agreement."""
        out = np.zeros(found.shape, np.float32)
        strata = np.zeros(len(rows), np.int32)
        if self.stratum is not None:
            there = self.right.columns[self.stratum][others]
            strata = np.where(left.columns[self.stratum][rows] == there, there, 0)
        turned = found[:, ORDER] == 1
        for place in (GIVEN, FAMILY):
            self._name(place, others, strata, found, turned, out)
        hits = np.flatnonzero(found[:, DATE] == levels.EXACT_DATE)
        them = others[hits]
        year, month = self.right.year[them] * 10_000, self.right.month[them] * 100
        dates = year + month + self.right.day[them]
        out[hits, DATE] = _bits(self.counted.date, dates, strata[hits])
        self._attributes(others, found, out)
        return np.clip(out, -MOST_BITS, MOST_BITS)

    def shared(self, bits: Array) -> Array:
        """Return of the bits of each pair what relatives have in common, too."""
        return np.asarray(bits[:, FAMILY] + bits[:, self.comparer.first_attribute :].sum(1))

    def _name(
        self, place: int, others: Array, strata: Array, found: Array, turned: Array, out: Array
    ) -> None:
        sounds = self.comparer.names.table.skeletons
        counted = self.counted
        by_part = {
            GIVEN: (self.right.given, counted.given, counted.given_sound),
            FAMILY: (self.right.family, counted.family, counted.family_sound),
        }
        for is_turned in (False, True):
            codes, exact, sound = by_part[FAMILY if (place == FAMILY) != is_turned else GIVEN]
            mine = turned == is_turned
            hits = np.flatnonzero((found[:, place] == levels.EXACT_NAME) & mine)
            out[hits, place] = _bits(exact, codes[others[hits]], strata[hits])
            hits = np.flatnonzero((found[:, place] == levels.SAME_SOUND) & mine)
            heard = sounds[codes[others[hits]]] % 2**40
            out[hits, place] = 0.5 * _bits(sound, heard, strata[hits])

    def _attributes(self, others: Array, found: Array, out: Array) -> None:
        first = self.comparer.first_attribute
        related = found[:, FAMILY] >= levels.SIMILAR_NAME
        for place in range(first, found.shape[1]):
            column = place - first + self.comparer.id_count
            codes, counted = self.right.columns[column], self.counted.columns[column]
            hits = np.flatnonzero(found[:, place] == levels.EXACT)
            bits = _bits(counted, codes[others[hits]], np.zeros(len(hits), np.int32))
            share = self.own_shares[place - first]
            out[hits, place] = np.where(related[hits], bits * share, bits)


def own_shares(u: list[Array], related: list[Array], first_attribute: int) -> list[float]:
    """Return how much of each attribute's surprise is left where the family name agrees."""
    alone = [math.log2(1 / max(float(shares[-1]), 1e-9)) for shares in u[first_attribute:]]
    given = [math.log2(1 / max(float(shares[-1]), 1e-9)) for shares in related]
    if not related:
        return [1.0] * len(alone)
    return [
        min(max(one / max(other, 1e-6), 0.0), 1.0) for one, other in zip(given, alone, strict=True)
    ]


def _bits(counted: Counts, values: Array, strata: Array) -> Array:
    return np.asarray(np.log2(counted.chance / counted.share(values, strata)))
