"""Two files linked, or one file deduplicated: from tables to weighed pairs. Pure."""

from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import blocking, chances, competition, policy, pruning
from breaches.matching.linkage.clusters import clusters
from breaches.matching.linkage.comparing import Comparer, comparer
from breaches.matching.linkage.encoding import Array, Side, Table, encode, words_for
from breaches.matching.linkage.frequencies import frequencies
from breaches.matching.linkage.mapping import Mapping, aligned
from breaches.matching.linkage.model import Evidence, Model, learn, start
from breaches.matching.linkage.rarity import Rarity

SEED = 1
SAME_ENTITY = 12.0  # bits at which two records of the register are one person
DUPLICATES = 0.02  # share of a register that is registered twice


@dataclass
class Linked:
    """The weighed pairs and what the engine found out on the way."""

    rows: Array
    others: Array
    bits: Array
    weight: Array
    posterior: Array
    is_auto: Array
    labels: list[str]
    blocked: int
    prior: float

    @property
    def in_review(self) -> int:
        """Return how many pairs a person should see."""
        return int(((self.posterior >= policy.REVIEW) & ~self.is_auto).sum())


@dataclass
class Files:
    """Both sides, encoded over the same vocabularies. In a deduplication they are one."""

    left: Side
    right: Side
    compared: Comparer
    stratum: int | None

    @property
    def dedupe(self) -> bool:
        """Say whether this is one file against itself."""
        return self.left is self.right


def prepare(left: Table, left_map: Mapping, right: Table | None, right_map: Mapping) -> Files:
    """Return the files as numbers; without `right`, the left one against itself."""
    words = words_for(left_map)
    one = encode(left, left_map, words)
    other = one if right is None else encode(right, aligned(left_map, right_map), words)
    names = list(left_map.compared)
    stratum = len(left_map.ids) + names.index(left_map.strata) if left_map.strata else None
    return Files(one, other, comparer(left_map, words), stratum)


def link(files: Files, seed: int = SEED) -> Linked:
    """Block, compare, learn and weigh."""
    rows, others, blocked = _candidates(files)
    levels = files.compared.compare(files.left, files.right, rows, others)
    u, counts = chances.of_strangers(files.compared, files.left, files.right, seed)
    related = chances.of_one_family_name(files.compared, files.left, files.right, seed)
    model = start(files.compared, u, related, counts)
    counted = frequencies(files.right, files.compared.names, files.stratum)
    rarity = Rarity(files.compared, model, files.right, counted, files.stratum)
    rare = rarity.bits(files.left, rows, others, levels)
    seen = Evidence(
        *(rows, others, levels, rare.sum(1)),
        *(len(files.left), len(files.right), files.dedupe),
    )
    learn(model, seen)
    bits = model.bits(levels) + rare
    weight = model.prior_weight + bits.sum(1)
    belief = _posterior(files, model, rarity, (rows, others, weight))
    free = policy.is_free_of_vetoes(files.compared, levels)
    auto = (belief >= policy.AUTO) & free
    labels = files.compared.labels
    return Linked(rows, others, bits, weight, belief, auto, labels, blocked, model.prior)


def _candidates(files: Files) -> tuple[Array, Array, int]:
    blocks = [kind == "fuzzy" for kind in files.compared.kinds]
    found = [
        blocking.keys(side, files.compared.names, files.compared.id_count, blocks)
        for side in (files.left, files.right)
    ]
    rows, others = blocking.pairs(*found, dedupe=files.dedupe)
    kept = pruning.worth_comparing(files.left, files.right, files.compared, rows, others)
    return rows[kept], others[kept], len(rows)


def _posterior(
    files: Files, model: Model, rarity: Rarity, found: tuple[Array, Array, Array]
) -> Array:
    rows, others, weight = found
    if files.dedupe:
        return _cohesive(len(files.left), rows, others, weight)
    ones, them = competition.top_pairs(rows, others, weight)
    levels = files.compared.compare(files.right, files.right, ones, them)
    prior = np.log2(DUPLICATES / len(files.right))
    bits = prior + (model.bits(levels) + rarity.bits(files.right, ones, them, levels)).sum(1)
    same = bits > SAME_ENTITY
    who = competition.entities(len(files.right), ones[same], them[same])
    return competition.posterior(rows, who[others], weight, len(files.left))


def _cohesive(count: int, rows: Array, others: Array, weight: Array) -> Array:
    """Return what each pair alone is worth, and less than even across two clusters."""
    odds = np.exp2(np.clip(weight, -60, 60))
    alone = odds / (1 + odds)
    home = np.array(clusters(count, rows, others, weight))
    is_one = home[rows] == home[others]
    return np.asarray(np.where(is_one, alone, np.minimum(alone, 0.49)))
