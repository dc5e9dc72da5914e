"""Two files linked, or one file deduplicated: from tables to weighed pairs. Pure."""

import numpy as np

from breaches.matching.linkage import (
    beliefs,
    blocking,
    chances,
    learning,
    persons,
    policy,
    pruning,
    relatives,
)
from breaches.matching.linkage.comparing import FAMILY
from breaches.matching.linkage.encoding import Table, some_rows
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.index import Index
from breaches.matching.linkage.linked import Linked, Scored
from breaches.matching.linkage.mapping import Mapping
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.rarity import Rarity
from breaches.matching.linkage.vocabulary import Array

SEED = 1
PIECE = 10_000  # left rows at a time
LEAST = 1e-3  # pairs believed less are counted and forgotten
COUNTED = ("blocked", "unused_keys")
LIGHT = -20.0  # bits
MOST_TO_LEARN_FROM = 1_000_000  # pairs


def match(index: Index, table: Table, mapping: Mapping, model: Model | None = None) -> Linked:
    """Link rows to a stored file, by a model or by one learnt from them."""
    return link(Files(index.encoded(table, mapping), index), model=model)


def dedupe(index: Index) -> Linked:
    """Find the rows of one file that are one person's, rather too few than too many.

    One look only: counted by row, an equal value means less than it does (see `link`).
    """
    return _link(Files(index.side, index), SEED, None)


def link(files: Files, seed: int = SEED, model: Model | None = None) -> Linked:
    """Block, compare, learn unless a model is given, and weigh; inside one file twice."""
    if model or not files.dedupe:
        return _link(files, seed, model)
    return _link(by_person(files, seed), seed, None)


def by_person(files: Files, seed: int = SEED) -> Files:
    """Return one file with its values counted by the people that a first look finds in it."""
    return persons.counted(files, _link(files, seed, None))


def _link(files: Files, seed: int, model: Model | None) -> Linked:
    started = model or unlearnt(files, seed)
    rarity = files.rarity(started)
    scored = _scored(files, rarity, pruning.bound(files.index, started))
    fitted = model or learning.learn(started, _evidence(files, scored))
    return _weighed(files, rarity, scored, fitted)


def weigh(index: Index, table: Table, mapping: Mapping, model: Model, others: Array) -> Linked:
    """Weigh one row against some rows of a stored file, whether a key proposes them or not."""
    files = Files(index.encoded(table, mapping), index)
    return weigh_pairs(files, model, np.zeros(len(others), np.int64), others)


def weigh_pairs(files: Files, model: Model, rows: Array, others: Array) -> Linked:
    """Weigh pairs that are already chosen; all of them are kept."""
    rarity = files.rarity(model)
    levels = files.compared.compare(files.left, files.right, rows, others)
    rare = rarity.bits(files.left, rows, others, levels)
    scored = Scored(rows, others, levels, rare.sum(1), rarity.shared(rare), len(others), 0)
    return _weighed(files, rarity, scored, model, 0)


def learnt(files: Files, seed: int = SEED) -> Model:
    """Return the model that the pairs teach, without weighing them."""
    model = unlearnt(files, seed)
    scored = _scored(files, files.rarity(model), pruning.bound(files.index, model))
    return learning.learn(model, _evidence(files, scored))


def unlearnt(files: Files, seed: int) -> Model:
    """Return a model with u as measured and m as it is expected."""
    u, counts = chances.of_strangers(files.left, files.index, seed)
    related = chances.of_one_family_name(files.left, files.index, seed)
    model = learning.start(files.compared, u, related, counts)
    model.seed = seed
    model.prior = learning.first_prior(len(files.left), len(files.right), files.possible)
    return model


def _scored(files: Files, rarity: Rarity, bound: pruning.Bound) -> Scored:
    parts = [
        _piece(files, rarity, bound, np.arange(start, min(start + PIECE, len(files.left))))
        for start in range(0, max(len(files.left), 1), PIECE)
    ]
    rows, others, levels, rare, shared = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("rows", "others", "levels", "rarity", "shared")
    )
    blocked, unused = (sum(getattr(part, name) for part in parts) for name in COUNTED)
    return Scored(rows, others, levels, rare, shared, blocked, unused)


def _piece(files: Files, rarity: Rarity, bound: pruning.Bound, rows: Array) -> Scored:
    side = some_rows(files.left, rows)
    start = int(rows[0]) if len(rows) else 0
    keys = files.index.keys_of(side)
    ones, others, unused = blocking.pairs(keys, files.index.keys)
    if files.dedupe:
        ones, others = (part[ones + start < others] for part in (ones, others))
    blocked = len(ones)
    kept = bound.worth_comparing(side, files.right, ones, others)
    ones, others = ones[kept], others[kept]
    levels = rarity.comparer.compare(side, files.right, ones, others)
    rare = rarity.bits(side, ones, others, levels)
    shared = rarity.shared(rare)
    return Scored(ones + start, others, levels, rare.sum(1), shared, blocked, unused)


def _evidence(files: Files, scored: Scored) -> learning.Evidence:
    """Return all pairs, or those of as many rows as are enough to learn from."""
    count = len(files.left)
    share = min(MOST_TO_LEARN_FROM / max(len(scored.rows), 1), 1.0)
    chosen = np.random.default_rng(SEED).permutation(count)[: max(int(count * share), 1)]
    is_chosen = np.zeros(count, bool)
    is_chosen[chosen] = True
    if files.dedupe:
        is_chosen[:] = True
    kept = is_chosen[scored.rows]
    return learning.Evidence(
        rows=scored.rows[kept],
        others=scored.others[kept],
        levels=scored.levels[kept],
        rarity=scored.rarity[kept],
        shared=scored.shared[kept],
        row_count=int(is_chosen.sum()),
        other_count=len(files.right),
        dedupe=files.dedupe,
    )


def _weighed(
    files: Files, rarity: Rarity, scored: Scored, model: Model, least: float = LEAST
) -> Linked:
    rows, others, levels = scored.rows, scored.others, scored.levels
    taken = relatives.penalty(model, _of_relatives(model, levels), scored.shared)
    weight = model.prior_weight + _summed(model, levels) + scored.rarity - taken
    if not files.dedupe:  # what is lighter weighs nothing among the others of its row
        is_conflict = policy.is_conflict(rarity.comparer, levels)
        heavy = np.flatnonzero((weight > LIGHT) | (least == 0) | is_conflict)
        parts = (rows, others, levels, taken, weight)
        rows, others, levels, taken, weight = (part[heavy] for part in parts)
    belief, ahead = beliefs.posterior(files, model, rarity, (rows, others, weight))
    is_conflict = policy.is_conflict(rarity.comparer, levels)
    belief = np.where(is_conflict, np.maximum(belief, policy.REVIEW), belief)  # always reviewed
    kept = np.flatnonzero(belief >= least)
    rows, others, levels = rows[kept], others[kept], levels[kept]
    vetoes = policy.vetoes(rarity.comparer, levels)
    rare = rarity.bits(files.left, rows, others, levels)
    rare[:, FAMILY] -= taken[kept]
    return Linked(
        rows=rows,
        others=others,
        levels=levels,
        level_bits=model.bits(levels),
        rarity_bits=rare,
        relatives=taken[kept],
        weight=weight[kept],
        posterior=belief[kept],
        ahead=ahead[kept],
        is_auto=(belief[kept] >= policy.AUTO) & (vetoes == policy.FREE),
        vetoes=vetoes,
        labels=rarity.comparer.labels,
        blocked=scored.blocked,
        unused_keys=scored.unused_keys,
        scored=len(scored.rows),
        model=model,
    )


def _summed(model: Model, levels: Array) -> Array:
    pieces = range(0, max(len(levels), 1), 200_000)
    return np.concatenate([model.bits(levels[at : at + 200_000]).sum(1) for at in pieces])


def _of_relatives(model: Model, levels: Array) -> Array:
    pieces = range(0, max(len(levels), 1), 200_000)
    parts = [relatives.weigh(model, levels[at : at + 200_000]) for at in pieces]
    return np.concatenate(parts)
