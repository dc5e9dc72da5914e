"""Learning the model from the pairs themselves, without a label. Pure.

u comes from random pairs, m from EM (Winkler 1988; Herzog, Scheuren and Winkler 2007) with a
Dirichlet prior. Disagreement in m is capped: without that, EM drifts to "born on the same day"
as what makes a match.
"""

import math
from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import relatives
from breaches.matching.linkage.comparing import Comparer
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.vocabulary import Array

PRIOR = {
    "given": [0.05, 0.01, 0.03, 0.05, 0.10, 0.76],
    "family": [0.05, 0.005, 0.025, 0.05, 0.10, 0.77],
    "order": [0.95, 0.05],
    "birth_date": [0.02, 0.01, 0.02, 0.03, 0.01, 0.05, 0.03, 0.83],
    "id": [0.05, 0.01, 0.04, 0.90],
    "attribute": [0.15, 0.03, 0.07, 0.75],
}
MOST_DISAGREEING = {
    "given": 0.15,
    "family": 0.20,
    "birth_date": 0.12,
    "id": 0.30,
    "attribute": 0.60,
    "order": 1.0,
}
PSEUDO_PAIRS = 20.0
ROUNDS = 60
SETTLED = 1e-3  # the prior moved by less than this part


@dataclass
class Evidence:
    """The pairs to learn from: who, at which levels, and what rarity adds."""

    rows: Array
    others: Array
    levels: Array
    rarity: Array
    shared: Array  # of it, what relatives have in common
    row_count: int
    other_count: int
    dedupe: bool

    @property
    def possible(self) -> float:
        """Return how many pairs there could be."""
        return possible(self.row_count, self.other_count, dedupe=self.dedupe)


def possible(row_count: int, other_count: int, *, dedupe: bool) -> float:
    """Return how many pairs two files, or the rows of one, make."""
    if dedupe:
        return max(row_count * (row_count - 1) / 2, 1.0)
    return float(row_count) * other_count


def start(comparer: Comparer, u: list[Array], related: list[Array], counts: list[Array]) -> Model:
    """Return the model before learning: m as it is expected, and u as measured."""
    kinds = ["given", "family", "order", "birth_date"]
    kinds += ["id"] * comparer.id_count + ["attribute"] * len(comparer.kinds)
    m = [np.array(PRIOR[kind]) for kind in kinds]
    model = Model(comparer.labels, kinds, m, u, related, counts)
    model.weigh([np.full(len(shares), 5.0) for shares in m])
    return model


def first_prior(row_count: int, other_count: int, possible: float) -> float:
    """Return the prior to begin with: three in ten of the smaller file are in the other."""
    return min(0.3 * min(row_count, other_count) / possible, 0.5)


def learn(model: Model, seen: Evidence) -> Model:
    """Fit m and the prior by EM, in place, and return the model."""
    patterns, places = _patterns(seen.levels)
    counts = [np.full(len(m), 5.0) for m in model.m]
    relatives.start(model)
    for number in range(ROUNDS):
        model.weigh(counts)
        same = np.exp2(np.clip(_weight(model, patterns, places, seen), -60, 60))
        family = relatives.weigh(model, patterns)[places]
        less = np.exp2(relatives.penalty(model, family, seen.shared))
        belief = responsibilities(same / less, seen)
        prior = min(max(float(belief.sum()), 1.0) / seen.possible, 0.5)
        believed = np.bincount(places, belief, minlength=len(patterns))
        of_family = np.bincount(places, (less - 1) / (less + same), minlength=len(patterns))
        relatives.learn(model, patterns, of_family, seen.possible)
        for place, kind in enumerate(model.kinds):
            counts[place] = _counted(patterns[:, place], believed, len(model.m[place]))
            added = counts[place] + PSEUDO_PAIRS * np.array(PRIOR[kind])
            model.m[place] = _capped(added / added.sum(), MOST_DISAGREEING[kind])
        moved = abs(math.log(prior / model.prior))
        model.prior, model.rounds = prior, number + 1
        if moved < SETTLED and number > 3:
            break
    model.weigh(counts)
    model.learnt_from = {"rows": seen.row_count, "pairs": len(seen.rows)}
    return model


def _weight(model: Model, patterns: Array, places: Array, seen: Evidence) -> Array:
    return np.asarray(model.prior_weight + model.bits(patterns).sum(1)[places] + seen.rarity)


def responsibilities(odds: Array, seen: Evidence) -> Array:
    """Return how far each pair is believed; across two files the pairs of one row compete."""
    if seen.dedupe:
        return np.asarray(odds / (1 + odds))
    here = np.bincount(seen.rows, odds, minlength=seen.row_count)[seen.rows]
    there = np.bincount(seen.others, odds, minlength=seen.other_count)[seen.others]
    return np.asarray(odds / (1 + np.maximum(here, there)))


def _patterns(levels: Array) -> tuple[Array, Array]:
    """Return the distinct rows of levels, and which one each pair has."""
    packed = np.zeros(len(levels), np.int64)
    for place in range(levels.shape[1]):
        packed = packed * 9 + (levels[:, place] + 1)
    _, first, places = np.unique(packed, return_index=True, return_inverse=True)
    return levels[first], places


def _counted(level: Array, believed: Array, size: int) -> Array:
    known = level >= 0
    return np.bincount(level[known], believed[known], minlength=size)


def _capped(shares: Array, most: float) -> Array:
    if shares[0] <= most:
        return shares
    out = shares * (1 - most) / shares[1:].sum()
    out[0] = most
    return np.asarray(out)
