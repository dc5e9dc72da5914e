"""How far each weighed pair is believed, with all others of its row in view. Pure."""

import numpy as np

from breaches.matching.linkage import competition
from breaches.matching.linkage.clusters import clusters
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.rarity import Rarity
from breaches.matching.linkage.vocabulary import Array

SAME_ENTITY = 12.0  # bits at which two records of the register are one person
LEAST_ALONE = 1e-3  # a pair that is less likely by itself is not asked how its rows came together
DUPLICATES = 0.02  # share of a register that is registered twice


def posterior(
    files: Files, model: Model, rarity: Rarity, found: tuple[Array, Array, Array]
) -> tuple[Array, Array]:
    """Return the posterior of each pair, and how many bits it is before its best rival."""
    rows, others, weight = found
    if files.dedupe:
        return _cohesive(len(files.left), rows, others, weight), np.full(len(rows), np.inf)
    ones, them = competition.top_pairs(rows, others, weight)
    levels = rarity.comparer.compare(files.right, files.right, ones, them)
    prior = np.log2(DUPLICATES / len(files.right))
    bits = prior + (model.bits(levels) + rarity.bits(files.right, ones, them, levels)).sum(1)
    same, who = bits > SAME_ENTITY, files.index.who
    joined = competition.entities(who[ones[same]], who[them[same]])
    entities = competition.renamed(who[others], joined)
    return competition.posterior(rows, entities, weight, len(files.left))


def _cohesive(count: int, rows: Array, others: Array, weight: Array) -> Array:
    """Return how sure each pair is, with the others of its group, and less than even across two."""
    odds = np.exp2(np.clip(weight, -60, 60))
    alone = np.asarray(odds / (1 + odds))
    tree = clusters(count, rows, others, weight)
    open_ones = np.flatnonzero((alone > LEAST_ALONE) | (weight > 0))
    met = np.zeros(len(rows))
    met[open_ones] = [
        tree.met(one, other)
        for one, other in zip(rows[open_ones].tolist(), others[open_ones].tolist(), strict=True)
    ]
    return np.asarray(np.where(met > 0, np.maximum(alone, met), np.minimum(alone, 0.49)))
