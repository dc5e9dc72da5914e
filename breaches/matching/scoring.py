"""The one door to the statistical engine: a register as an index, and rows weighed against it.

Pure. What a decision needs to be replayed is in the model and in the index, both kept.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from breaches.matching.linkage import index as indexing
from breaches.matching.linkage import linking, model_document, policy, storing
from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.linked import Linked
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.vocabulary import Array
from breaches.matching.subjects import MAP

SEED = 1


class Index(NamedTuple):
    """A register as numbers; `ids` says whose each record is, and somebody may have two."""

    made: indexing.Index
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
    linked: Linked


def index_of(people: Table) -> Index:
    """Return the index of a register, given by the columns of MAP."""
    return Index(indexing.build([people], MAP), people[MAP.id])


def score(index: Index, rows: Table, model: Model | None = None, seed: int = SEED) -> Scored:
    """Weigh the rows against the register; without a model, one is learnt from them."""
    found = linking.link(_files(index, rows), seed, model)
    return Scored(
        *(found.rows, found.others, found.levels, found.level_bits, found.rarity_bits),
        *(found.weight, found.posterior, found.vetoes == policy.FREE, found.model, found),
    )


def doubted(rows: Table) -> set[frozenset[str]]:
    """Return the pairs of rows of one file that are not surely one person.

    A pair must be sure by itself, and not only beside the other rows of its group: many rows of
    one common name and birth date would vouch for each other. Pairs that no key proposes are not
    among them: nothing is said of those.
    """
    index = indexing.build([rows], MAP)
    found = linking.dedupe(index)
    alone = math.log2(policy.AUTO / (1 - policy.AUTO))  # bits
    unsure = (found.posterior < policy.AUTO) | (found.weight < alone)
    ids, unlikely = rows[MAP.id], np.flatnonzero(unsure)
    return {
        frozenset((ids[found.rows[pair]], ids[found.others[pair]])) for pair in unlikely.tolist()
    }


def weight_of(index: Index, row: Table, person: str, model: Model) -> float:
    """Return the weight of one row and one person in bits, as when it was decided.

    Of two records of one person the heavier counts. Raises ValueError for somebody unknown.
    """
    others = np.array([place for place, pk in enumerate(index.ids) if pk == person], np.int64)
    return float(linking.weigh(index.made, row, MAP, model, others).weight.max())


def as_json(model: Model) -> dict[str, Any]:
    """Return a model in a neutral form: numbers and names of comparisons, nothing of anybody."""
    said: dict[str, Any] = json.loads(model_document.to_json(model))
    return said


def from_json(body: dict[str, Any]) -> Model:
    """Return the model that `as_json` wrote. Raises BadModel when another version wrote it."""
    return model_document.from_json(json.dumps(body))


def prior_of(body: dict[str, Any]) -> float:
    """Return the bits before any comparison, of a model of any version."""
    return math.log2(body["prior"] / (1 - body["prior"])) + float(body.get("shift", 0))


def digest(body: dict[str, Any]) -> str:
    """Return the SHA-256 of a neutral model, whatever order its keys are in."""
    return model_document.digest(json.dumps(body, sort_keys=True))


def shifted(model: Model, bits: float) -> Model:
    """Return the same model with every weight moved by so many bits; nothing else moves."""
    return replace(model, shift=model.shift + bits)


def pieces(index: Index) -> Iterator[bytes | memoryview]:
    """Yield an index as bytes that run nothing; `from_bytes` reads them."""
    return storing.pieces(index.made)


def from_bytes(content: bytes) -> Index:
    """Return the index that `pieces` yielded. Raises BadIndex when another version wrote it."""
    made = storing.loaded(content)
    return Index(made, made.row_ids(np.arange(len(made))))


def _files(index: Index, rows: Table) -> Files:
    return Files(index.made.encoded(rows, MAP), index.made)
