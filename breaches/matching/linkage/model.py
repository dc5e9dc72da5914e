"""The Fellegi-Sunter model: what each level of agreement weighs. Pure.

Fellegi and Sunter, "A Theory for Record Linkage" (JASA 1969): the weight of a level is
log2(m/u), its share among pairs of one person over its share among pairs of two. Weights rise
with the level (pool adjacent violators, Ayer et al. 1955).
"""

import math
from dataclasses import dataclass, field

import numpy as np

from breaches.matching.linkage.comparing import FAMILY
from breaches.matching.linkage.levels import SIMILAR_NAME
from breaches.matching.linkage.rarity import own_shares
from breaches.matching.linkage.spelling import ROMANISER
from breaches.matching.linkage.vocabulary import Array

# Of names, dates and identifiers; a model is good only for rows prepared alike.
PREPARATION = f"3 {ROMANISER}"


@dataclass
class Model:
    """Everything a weight is made of; the same model gives the same weight for ever."""

    labels: list[str]
    kinds: list[str]  # given, family, order, birth_date, id or attribute, for each label
    m: list[Array]
    u: list[Array]
    u_same_family: list[Array]  # of attributes, among strangers of one family name
    u_counts: list[Array]
    prior: float = 0.0
    relative: list[Array] = field(default_factory=list)  # shares of each level among relatives
    relative_prior: float = 0.0
    weights: list[Array] = field(default_factory=list)
    family_weights: list[Array] = field(default_factory=list)
    rounds: int = 0
    seed: int = 0
    learnt_from: dict[str, int] = field(default_factory=dict)
    frequencies: str = ""  # the hash of the register that rarity is counted in
    parent: str = ""  # the hash of the model this one was made from
    shift: float = 0.0  # bits that reviewed pairs added to every weight

    @property
    def first_attribute(self) -> int:
        """Return the place of the first attribute."""
        places = (place for place, kind in enumerate(self.kinds) if kind == "attribute")
        return next(places, len(self.kinds))

    @property
    def own_shares(self) -> list[float]:
        """Return how much of each attribute's surprise is left where the family name agrees."""
        return own_shares(self.u, self.u_same_family, self.first_attribute)

    @property
    def prior_weight(self) -> float:
        """Return the prior in bits, with the shift."""
        return math.log2(self.prior / (1 - self.prior)) + self.shift

    @property
    def relative_prior_weight(self) -> float:
        """Return in bits how likely any two rows are of relatives; never, where that is 0."""
        return math.log2(self.relative_prior) if self.relative_prior else -60.0

    def bits(self, found: Array) -> Array:
        """Return the weight of each comparison of each pair, in bits."""
        out = np.zeros(found.shape)
        related = found[:, FAMILY] >= SIMILAR_NAME
        for place, weights in enumerate(self.weights):
            level = found[:, place]
            bits = weights[level]
            if place >= self.first_attribute and self.family_weights:
                special = self.family_weights[place - self.first_attribute][level]
                bits = np.where(related, special, bits)
            out[:, place] = np.where(level >= 0, bits, 0.0)
        return out

    def weigh(self, counts: list[Array]) -> None:
        """Set the weights from m and u; `counts` says how often each level was seen in matches."""
        self.weights, self.family_weights = [], []
        for place, kind in enumerate(self.kinds):
            seen = self.u_counts[place] + counts[place]
            self.weights.append(_monotone(kind, self.m[place], self.u[place], seen))
            if kind == "attribute" and self.u_same_family:
                u = self.u_same_family[place - self.first_attribute]
                self.family_weights.append(_monotone(kind, self.m[place], u, seen))


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
