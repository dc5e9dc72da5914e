"""The Fellegi-Sunter model: what each level of agreement weighs, learnt without labels. Pure.

Fellegi and Sunter, "A Theory for Record Linkage" (JASA 1969): the weight of a level is
log2(m/u), its share among pairs of one person over its share among pairs of two. u comes from
random pairs, m from EM (Winkler 1988; Herzog, Scheuren and Winkler 2007) with a Dirichlet
prior. Disagreement in m is capped: without that, EM drifts to "born on the same day" as what
makes a match. Weights rise with the level (pool adjacent violators, Ayer et al. 1955).
"""

import math
from dataclasses import dataclass, field

import numpy as np

from breaches.matching.linkage.comparing import FAMILY, Comparer
from breaches.matching.linkage.encoding import Array

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


@dataclass
class Model:
    """Everything a weight is made of; the same model gives the same weight for ever."""

    labels: list[str]
    kinds: list[str]
    m: list[Array]
    u: list[Array]
    u_same_family: list[Array]  # of attributes, among strangers of one family name
    u_counts: list[Array]
    prior: float = 0.0
    weights: list[Array] = field(default_factory=list)
    family_weights: list[Array] = field(default_factory=list)
    rounds: int = 0

    @property
    def first_attribute(self) -> int:
        """Return the place of the first attribute."""
        return next(
            (n for n, kind in enumerate(self.kinds) if kind == "attribute"), len(self.kinds)
        )

    @property
    def prior_weight(self) -> float:
        """Return the prior in bits."""
        return math.log2(self.prior / (1 - self.prior))

    def bits(self, found: Array) -> Array:
        """Return the weight of each comparison of each pair, in bits."""
        out = np.zeros(found.shape)
        related = found[:, FAMILY] >= 3
        for place, weights in enumerate(self.weights):
            level = found[:, place]
            bits = weights[level]
            if place >= self.first_attribute and self.family_weights:
                special = self.family_weights[place - self.first_attribute][level]
                bits = np.where(related, special, bits)
            out[:, place] = np.where(level >= 0, bits, 0.0)
        return out


def kinds_of(comparer: Comparer) -> list[str]:
    """Return the kind of each comparison."""
    kinds = ["given", "family", "order", "birth_date"]
    return kinds + ["id"] * comparer.id_count + ["attribute"] * len(comparer.kinds)


def start(comparer: Comparer, u: list[Array], related: list[Array], counts: list[Array]) -> Model:
    """Return the model before learning: prior m, and u as measured."""
    kinds = kinds_of(comparer)
    m = [np.array(PRIOR[kind]) for kind in kinds]
    return Model(comparer.labels, kinds, m, u, related, counts)


@dataclass
class Evidence:
    """The pairs to learn from: who, at which levels, and what rarity adds."""

    rows: Array
    others: Array
    levels: Array
    rarity: Array
    row_count: int
    other_count: int
    dedupe: bool

    @property
    def possible(self) -> float:
        """Return how many pairs there could be."""
        if self.dedupe:
            return max(self.row_count * (self.row_count - 1) / 2, 1.0)
        return float(self.row_count) * self.other_count


def learn(model: Model, seen: Evidence) -> Model:
    """Fit m and the prior by EM, in place, and return the model."""
    model.prior = min(0.3 * min(seen.row_count, seen.other_count) / seen.possible, 0.5)
    counts = [np.full(len(m), 5.0) for m in model.m]
    for number in range(ROUNDS):
        _weigh(model, counts)
        belief = responsibilities(model, seen)
        prior = min(max(float(belief.sum()), 1.0) / seen.possible, 0.5)
        for place, kind in enumerate(model.kinds):
            level = seen.levels[:, place]
            known = level >= 0
            size = len(model.m[place])
            counts[place] = np.bincount(level[known], belief[known], minlength=size)
            added = counts[place] + PSEUDO_PAIRS * np.array(PRIOR[kind])
            model.m[place] = _capped(added / added.sum(), MOST_DISAGREEING[kind])
        moved = abs(math.log(prior / model.prior))
        model.prior, model.rounds = prior, number + 1
        if moved < 1e-3 and number > 3:
            break
    _weigh(model, counts)
    return model


def responsibilities(model: Model, seen: Evidence) -> Array:
    """Return how far each pair is believed; across two files the pairs of one row compete."""
    weight = model.prior_weight + model.bits(seen.levels).sum(1) + seen.rarity
    odds = np.exp2(np.clip(weight, -60, 60))
    if seen.dedupe:
        return np.asarray(odds / (1 + odds))
    here = np.bincount(seen.rows, odds, minlength=seen.row_count)[seen.rows]
    there = np.bincount(seen.others, odds, minlength=seen.other_count)[seen.others]
    return np.asarray(odds / (1 + np.maximum(here, there)))


def _weigh(model: Model, counts: list[Array]) -> None:
    model.weights, model.family_weights = [], []
    first = model.first_attribute
    for place, kind in enumerate(model.kinds):
        seen = model.u_counts[place] + counts[place]
        model.weights.append(_monotone(kind, model.m[place], model.u[place], seen))
        if place >= first and model.u_same_family:
            u = model.u_same_family[place - first]
            model.family_weights.append(_monotone(kind, model.m[place], u, seen))


def _capped(shares: Array, most: float) -> Array:
    if shares[0] <= most:
        return shares
    out = shares * (1 - most) / shares[1:].sum()
    out[0] = most
    return np.asarray(out)


def _monotone(kind: str, m: Array, u: Array, counts: Array) -> Array:
    """Return log2(m/u), with unseen levels interpolated and rising with the level."""
    weights = np.log2(m / u)
    if kind == "order":
        return np.asarray(weights)
    seen = counts >= 3
    seen[0] = seen[-1] = True
    weights = np.interp(np.arange(len(weights)), np.flatnonzero(seen), weights[seen])
    blocks: list[tuple[float, float, int]] = []
    for weight, mass in zip(weights, np.where(seen, np.sqrt(counts + 1), 1e-6), strict=True):
        blocks.append((float(weight), float(mass), 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, heavy, size), (other, light, more) = blocks[-2:]
            mean = (one * heavy + other * light) / (heavy + light)
            blocks[-2:] = [(mean, heavy + light, size + more)]
    return np.repeat([block[0] for block in blocks], [block[2] for block in blocks])
