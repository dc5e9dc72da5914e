"""The figures of one invented crowd: quality, decoys, seconds, memory, look-ups."""

import resource
import time
from collections.abc import Iterator
from importlib import import_module

import numpy as np

from benchmarks.matching_people import MAP, World, leak, register
from breaches.matching.linkage import decoys, index, linking, policy, storing
from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.linked import Linked

LOOKED_UP = 100
MOST_PAIRS = 1e10  # possible ones; above, look-ups and decoys would only repeat the match


def own(size: int, leak_size: int, seed: int) -> dict[str, float]:
    """Build, store and load the index, match, and count."""
    world, who, spent = World(seed), [], [0.0]
    rows, truth = leak(world, leak_size, size)
    began = time.process_time()
    built = index.build(_timed(world, size, who, spent), MAP)
    build = time.process_time() - began - spent[0]
    blob = storing.dumped(built)
    del built
    stored = storing.loaded(blob)
    began = time.process_time()
    found = linking.match(stored, rows, MAP)
    match = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    figures = {"build": build, "match": match, "memory": memory, "index": len(blob) / 2**20}
    figures |= {"blocked": found.blocked, "scored": found.scored}
    figures |= quality(found, np.array(truth), np.concatenate(who))
    if size * leak_size > MOST_PAIRS:
        return figures
    figures |= looked_up(stored, rows, found)
    for name, make in (("namesakes", decoys.namesakes), ("twins", decoys.twins)):
        made = make(rows, MAP, seed)
        figures[name] = decoys.falsely_linked(stored, made, MAP, found.model)
    return figures


def splink(size: int, leak_size: int, seed: int) -> dict[str, float]:
    """Train and predict with Splink as documented, and score by hand what it proposes."""
    peers = import_module("benchmarks.matching_peers")  # not there without requirements-bench
    world, who = World(seed), []
    rows, truth = leak(world, leak_size, size)
    parts = []
    for piece, people in register(world, size):
        parts.append(peers.arrow(piece, "r", sum(map(len, who))))
        who.append(np.array(people))
    left, right = peers.arrow(rows, "l", 0), peers.joined(parts)
    began = time.process_time()
    linker, connection = peers.splink(left, right)
    train = time.process_time() - began
    began = time.process_time()
    ones, others, belief = peers.predicted(linker, connection)
    predict = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    there, here = np.concatenate(who), np.array(truth)
    hand = peers.by_hand(left, right, ones, others)
    right_pairs = here[ones] == there[others]
    true = true_pairs(here, there)
    sure = belief >= policy.AUTO
    return {
        "train": train, "predict": predict, "memory": memory,
        "precision": float(right_pairs[sure].mean()) if sure.any() else 0.0,
        "recall": float(right_pairs[sure].sum() / true),
        "r99": recall_at(belief, right_pairs, true),
        "best": best_f1(belief, right_pairs, true), "hand": best_f1(hand, right_pairs, true),
    }  # fmt: skip


def true_pairs(left: np.ndarray, right: np.ndarray) -> int:
    """Return how many pairs of rows are of one person."""
    counts = dict(zip(*np.unique(right, return_counts=True), strict=True))
    return int(sum(counts.get(person, 0) for person in left))


def best_f1(score: np.ndarray, right: np.ndarray, true: int) -> float:
    """Return the F1 at the threshold that would have been best."""
    hits = np.cumsum(right[np.argsort(-score, kind="stable")])
    return float((2 * hits / (np.arange(1, len(hits) + 1) + true)).max()) if len(hits) else 0.0


def recall_at(score: np.ndarray, right: np.ndarray, true: int, least: float = 0.99) -> float:
    """Return the recall at the loosest threshold whose precision is at least so much."""
    hits = np.cumsum(right[np.argsort(-score, kind="stable")])
    good = np.flatnonzero(hits >= least * np.arange(1, len(hits) + 1))
    return float(hits[good[-1]] / true) if len(good) else 0.0


def quality(found: Linked, left: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """Return by leaked row: automatic links, review, and what a reviewer would still find."""
    is_right = left[found.rows] == right[found.others]
    is_there = np.isin(left, right)
    auto, band = found.is_auto, (found.posterior >= policy.REVIEW) & ~found.is_auto
    linked, wrong, hit, seen, shown = (np.zeros(len(left), bool) for _ in range(5))
    linked[found.rows[auto]] = True
    wrong[found.rows[auto & ~is_right]] = True
    hit[found.rows[auto & is_right]] = True
    seen[found.rows[band]] = True
    shown[found.rows[band & is_right]] = True
    review = seen & ~linked
    true = true_pairs(left, right)
    half = found.posterior >= 0.5
    return {
        "auto_precision": 1 - float(wrong.sum() / max(linked.sum(), 1)),
        "auto_recall": float(hit[is_there].mean()),
        "after_review": float((hit | (review & shown))[is_there].mean()),
        "review": float(review.mean()),
        "r99": recall_at(found.posterior, is_right, true),
        "f1": float(2 * is_right[half].sum() / max(half.sum() + true, 1)),
    }


def looked_up(stored: index.Index, rows: Table, found: Linked) -> dict[str, float]:
    """Return how long one row takes under the learnt model, in ms."""
    spent = []
    for row in range(LOOKED_UP):
        one = {name: [values[row]] for name, values in rows.items()}
        began = time.perf_counter()
        linking.match(stored, one, MAP, found.model)
        spent.append((time.perf_counter() - began) * 1e3)
    return {"p50": float(np.percentile(spent, 50)), "p95": float(np.percentile(spent, 95))}


def said(figures: dict[str, float]) -> str:
    """Return the figures of our own run in lines."""
    links = "auto P {auto_precision:.4f} R {auto_recall:.4f}, after review {after_review:.4f}"
    lines = [
        f"  quality      {links}, review {{review:.2%}}; at precision 0.99 R {{r99:.4f}}",
        "  own          index {build:.1f} s ({index:.0f} MB), match {match:.1f} s, {memory:.1f} GB",
        "  pairs        {blocked:,} blocked, {scored:,} scored",
    ]
    if "p95" in figures:
        lines += [
            "  decoys       namesakes {namesakes:.2%} (<= 0.5 %), twins {twins:.2%} (<= 2 %)",
            "  one row      p50 {p50:.0f} ms, p95 {p95:.0f} ms",
        ]
    return "\n".join(lines).format(**figures)


def _timed(world: World, size: int, who: list[np.ndarray], spent: list[float]) -> Iterator[Table]:
    """Yield the register, and count apart what making it up takes."""
    began = time.process_time()
    for piece, people in register(world, size):
        who.append(np.array(people))
        spent[0] += time.process_time() - began
        yield piece
        began = time.process_time()
