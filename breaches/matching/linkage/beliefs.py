"""How far each weighed pair is believed, with all others of its row in view. Pure."""

import numpy as np

from breaches.matching.linkage import competition
from breaches.matching.linkage.clusters import clusters
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.rarity import Rarity
from breaches.matching.linkage.vocabulary import Array

SAME_ENTITY = 12.0  # bits at which two records of the register are one person
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
    """Return what each pair alone is worth, and less than even across two clusters."""
    odds = np.exp2(np.clip(weight, -60, 60))
    alone = odds / (1 + odds)
    home = np.array(clusters(count, rows, others, weight))
    is_one = home[rows] == home[others]
    return np.asarray(np.where(is_one, alone, np.minimum(alone, 0.49)))
