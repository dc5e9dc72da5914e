"""The one door to the statistical engine: a register as an index, and rows weighed against it.

Pure. What a decision needs to be replayed is in the model and in the index, both kept.
"""

import hashlib
import io
import json
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import numpy as np

from breaches.matching.linkage import chances, competition, linking, policy
from breaches.matching.linkage.comparing import comparer
from breaches.matching.linkage.encoding import (
    Array,
    Side,
    Table,
    Vocabulary,
    Words,
    encode,
    words_for,
)
from breaches.matching.linkage.frequencies import frequencies
from breaches.matching.linkage.linking import DUPLICATES, SAME_ENTITY, Files
from breaches.matching.linkage.model import Evidence, Model, learn, start
from breaches.matching.linkage.rarity import Rarity
from breaches.matching.subjects import MAP

SCHEMA, PREPARE = 1, 1  # raised when the stored form, or what a name is made into, changes
SEED = 1
ARRAYS = ("m", "u", "u_same_family", "u_counts", "weights", "family_weights")


@dataclass
class Index:
    """A register as numbers; `ids` says whose each record is, and somebody may have two."""

    words: Words
    side: Side
    ids: list[str]


class Scored(NamedTuple):
    """The weighed pairs of some rows: arrays of one length, a column for each comparison."""

    rows: Array
    others: Array
    levels: Array
    bits: Array
    rare: Array
    weight: Array
    posterior: Array
    is_free: Array
    model: Model


def index_of(people: Table) -> Index:
    """Return the index of a register, given by the columns of MAP."""
    words = words_for(MAP)
    return Index(words, encode(people, MAP, words), people[MAP.id])


def score(index: Index, rows: Table, model: Model | None = None, seed: int = SEED) -> Scored:
    """Weigh the rows against the register; without a model, one is learnt from them."""
    files = _files(index, rows)
    ones, others, _ = linking._candidates(files)
    levels = files.compared.compare(files.left, files.right, ones, others)
    learnt = model or _started(files, seed)
    rarity = _rarity(files, learnt)
    rare = rarity.bits(files.left, ones, others, levels)
    if model is None:
        sizes = (len(files.left), len(files.right), False)
        learn(learnt, Evidence(ones, others, levels, rare.sum(1), *sizes))
    bits = learnt.bits(levels)
    weight = learnt.prior_weight + (bits + rare).sum(1)
    belief = _posterior(index, rarity, files, (ones, others, weight))
    free = policy.is_free_of_vetoes(files.compared, levels)
    return Scored(ones, others, levels, bits, rare, weight, belief, free, learnt)


def weight_of(index: Index, row: Table, person: str, model: Model) -> float:
    """Return the weight of one row and one person in bits, as when it was decided.

    Of two records of one person the heavier counts. Raises ValueError for somebody unknown.
    """
    files = _files(index, row)
    others = np.array([place for place, pk in enumerate(index.ids) if pk == person], np.int64)
    ones = np.zeros(len(others), np.int64)
    levels = files.compared.compare(files.left, files.right, ones, others)
    rare = _rarity(files, model).bits(files.left, ones, others, levels)
    return float((model.prior_weight + (model.bits(levels) + rare).sum(1)).max())


def as_json(model: Model) -> dict[str, Any]:
    """Return a model in a neutral form: numbers and names of comparisons, nothing of anybody."""
    said = {one.name: getattr(model, one.name) for one in fields(model)}
    said |= {name: [array.tolist() for array in said[name]] for name in ARRAYS}
    return {"schema": SCHEMA, "prepare": PREPARE, "seed": SEED, **said}


def from_json(body: dict[str, Any]) -> Model:
    """Return the model that `as_json` wrote."""
    said = {one.name: body[one.name] for one in fields(Model)}
    return Model(**said | {name: [np.array(one) for one in said[name]] for name in ARRAYS})


def digest(body: dict[str, Any]) -> str:
    """Return the SHA-256 of a neutral model, whatever order its keys are in."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def shifted(model: Model, bits: float) -> Model:
    """Return the same model with its prior moved by so many bits; nothing else moves."""
    odds = 2.0 ** (model.prior_weight + bits)
    return replace(model, prior=odds / (1 + odds))


def as_bytes(index: Index) -> bytes:
    """Return an index as an NPZ without pickle; `from_bytes` reads it."""
    words = [index.words.names.values, *(column.values for column in index.words.columns)]
    text = json.dumps({"ids": index.ids, "words": words}, ensure_ascii=False).encode()
    side = index.side
    out = io.BytesIO()
    np.savez(
        out,
        text=np.frombuffer(text, np.uint8),
        codes=np.stack([side.given, side.family, side.year, side.month, side.day, *side.columns]),
    )
    return out.getvalue()


def from_bytes(content: bytes) -> Index:
    """Return the index that `as_bytes` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        said = json.loads(stored["text"].tobytes())
        given, family, year, month, day, *columns = stored["codes"]
    first, *rest = (_vocabulary(values) for values in said["words"])
    return Index(Words(first, rest), Side(given, family, year, month, day, columns), said["ids"])


def _vocabulary(values: list[str]) -> Vocabulary:
    return Vocabulary(values, {value: number for number, value in enumerate(values)})


def _files(index: Index, rows: Table) -> Files:
    left = encode(rows, MAP, index.words)
    stratum = len(MAP.ids) + list(MAP.compared).index(MAP.strata)
    return Files(left, index.side, comparer(MAP, index.words), stratum)


def _rarity(files: Files, model: Model) -> Rarity:
    counted = frequencies(files.right, files.compared.names, files.stratum)
    return Rarity(files.compared, model, files.right, counted, files.stratum)


def _started(files: Files, seed: int) -> Model:
    u, counts = chances.of_strangers(files.compared, files.left, files.right, seed)
    related = chances.of_one_family_name(files.compared, files.left, files.right, seed)
    return start(files.compared, u, related, counts)


def _posterior(
    index: Index, rarity: Rarity, files: Files, found: tuple[Array, Array, Array]
) -> Array:
    """Let the people of one row compete, not the records of one person with each other."""
    rows, others, weight = found
    ones, them = competition.top_pairs(rows, others, weight)
    levels = files.compared.compare(files.right, files.right, ones, them)
    model, prior = rarity.model, np.log2(DUPLICATES / len(files.right))
    bits = model.bits(levels) + rarity.bits(files.right, ones, them, levels)
    same = bits.sum(1) + prior > SAME_ENTITY
    first: dict[str, int] = {}
    home = [first.setdefault(pk, place) for place, pk in enumerate(index.ids)]
    again = [place for place, at in enumerate(home) if place != at]
    joined = np.concatenate([ones[same], np.array([home[at] for at in again], np.int64)])
    to = np.concatenate([them[same], np.array(again, np.int64)])
    who = competition.entities(len(files.right), joined, to)
    return competition.posterior(rows, who[others], weight, len(files.left))
