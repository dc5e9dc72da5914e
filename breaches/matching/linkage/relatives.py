"""The other reason why two rows are alike: they are of one family, and two people. Pure.

Relatives share the family name, often the place, and have neighbouring numbers in a family
file; given name and birth date are those of strangers. So each pair has a third explanation
beside "the same person" and "strangers" (a mixture of three classes; Larsen and Rubin, "Iterative
automated record linkage using mixture models", JASA 2001), learnt in the same EM.
"""

import numpy as np

from breaches.matching.linkage.comparing import FAMILY
from breaches.matching.linkage.levels import SIMILAR_NAME
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.vocabulary import Array

SHARED = {"family", "order"}  # as between two rows of one person
LEARNT = {"id": [0.6, 0.15, 0.2, 0.05], "attribute": [0.4, 0.03, 0.07, 0.5]}
MOST_EQUAL_NUMBERS = 0.05  # whoever has the same number is hardly ever only a relative
PSEUDO_PAIRS = 20.0


def start(model: Model) -> None:
    """Set what relatives are expected to agree on."""
    model.relative_prior = model.prior / 10
    model.relative = [np.array(LEARNT.get(kind, [])) for kind in model.kinds]


def weigh(model: Model, levels: Array) -> Array:
    """Return the bits for relatives over strangers of each pattern, without rarity and prior."""
    out = np.where(levels[:, FAMILY] >= SIMILAR_NAME, 0.0, -60.0)
    for place, kind in enumerate(model.kinds):
        level = levels[:, place]
        if kind in SHARED:
            out += np.where(level >= 0, model.weights[place][level], 0.0)
        elif kind in LEARNT:
            u = model.u[place]
            if kind == "attribute" and model.u_same_family:
                u = model.u_same_family[place - model.first_attribute]
            out += np.where(level >= 0, np.log2(model.relative[place] / u)[level], 0.0)
    return out


def penalty(model: Model, bits: Array, rarity: Array) -> Array:
    """Return what the other explanation takes from the weight of each pair, in bits."""
    weight = model.relative_prior_weight + bits + rarity
    return np.asarray(np.logaddexp2(0.0, np.clip(weight, -60, 60)))


def learn(model: Model, levels: Array, believed: Array, possible: float) -> None:
    """Set what relatives agree on from how far each pattern is believed to be of relatives."""
    model.relative_prior = max(float(believed.sum()), 1.0) / possible
    for place, kind in enumerate(model.kinds):
        if kind in LEARNT:
            level, expected = levels[:, place], np.array(LEARNT[kind])
            known = level >= 0
            counts = np.bincount(level[known], believed[known], minlength=len(expected))
            shares = counts + PSEUDO_PAIRS * expected
            shares /= shares.sum()
            if kind == "id":
                shares[-1] = min(shares[-1], MOST_EQUAL_NUMBERS)
                shares /= shares.sum()
            model.relative[place] = shares
