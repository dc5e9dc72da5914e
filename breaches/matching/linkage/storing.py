"""An index as bytes and back: a JSON head, then plain arrays. Nothing in it can run. Pure.

The bytes hold names and birth dates in clear: seal them before they touch a disk.
"""

import json
from collections.abc import Iterator
from collections.abc import Mapping as Named
from dataclasses import asdict, fields
from typing import Any, NamedTuple

import numpy as np

from breaches.matching.linkage.encoding import PARTS, Words, side_of
from breaches.matching.linkage.frequencies import Counts, Frequencies
from breaches.matching.linkage.index import Index
from breaches.matching.linkage.mapping import Mapping
from breaches.matching.linkage.model import PREPARATION
from breaches.matching.linkage.name_table import Names, NameTable
from breaches.matching.linkage.vocabulary import Array, Laid, Vocabulary, of

MAGIC = b"redress index 1\n"
ALIGNED = 64
COUNTS = ("values", "shares", "keys", "counts", "strata")
COUNTED = ("given", "family", "given_sound", "family_sound", "date")


class BadIndex(ValueError):
    """The bytes are not an index that this version can read."""


class Place(NamedTuple):
    """Where one array lies after the head."""

    kind: str
    shape: list[int]
    start: int


def pieces(index: Index) -> Iterator[bytes | memoryview]:
    """Yield the index in order, without a second copy of it in memory."""
    arrays, at = _arrays(index), 0
    places = {}
    for name, array in arrays.items():
        places[name] = Place(array.dtype.str, list(array.shape), at)
        at += -(-array.nbytes // ALIGNED) * ALIGNED
    head = json.dumps({"mapping": asdict(index.mapping), "preparation": PREPARATION,
                       "scalars": _scalars(index.counted), "arrays": places}).encode()  # fmt: skip
    yield MAGIC + len(head).to_bytes(8, "big") + head
    yield bytes(-(len(MAGIC) + 8 + len(head)) % ALIGNED)
    for array in arrays.values():
        yield np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
        yield bytes(-array.nbytes % ALIGNED)


def dumped(index: Index) -> bytes:
    """Return the index as bytes."""
    return b"".join(pieces(index))


def loaded(blob: bytes | bytearray | memoryview) -> Index:
    """Return an index whose arrays lie in `blob`. Raises BadIndex."""
    view = memoryview(blob)
    if bytes(view[: len(MAGIC)]) != MAGIC:
        raise BadIndex("These bytes are not an index.")
    start = len(MAGIC) + 8
    length = int.from_bytes(view[len(MAGIC) : start], "big")
    head = json.loads(bytes(view[start : start + length]))
    if head["preparation"] != PREPARATION:
        raise BadIndex("The index was made by another version of the preparation: build it again.")
    body = view[-(-(start + length) // ALIGNED) * ALIGNED :]
    arrays = {name: _array(body, Place(*place)) for name, place in head["arrays"].items()}
    return _index(_mapping(head["mapping"]), arrays, head["scalars"])


def _array(body: memoryview, place: Place) -> Array:
    kind = np.dtype(place.kind)
    if kind.hasobject:
        raise BadIndex("The index holds objects, which are never read.")
    count = int(np.prod(place.shape))
    found = np.frombuffer(body, kind, count, place.start)
    return found.reshape(place.shape)


def _arrays(index: Index) -> dict[str, Array]:
    side = index.side
    out: dict[str, Array] = {"who": index.who}
    out |= {f"side.{part}": getattr(side, part) for part in PARTS}
    out |= {f"column.{place}": column for place, column in enumerate(side.columns)}
    out |= {f"marks.{place}": marks for place, marks in enumerate(index.marks)}
    out |= {f"keys.{place}": kind for place, kind in enumerate(index.keys)}
    out |= _of_words("names", index.words.names.lay())
    for place, words in enumerate(index.words.columns):
        out |= _of_words(f"words.{place}", words.lay())
    out |= _of_words("ids", index.ids)
    out |= {
        f"table.{part.name}": getattr(index.names.table, part.name) for part in fields(NameTable)
    }
    for name, counted in _counts(index.counted).items():
        for part in COUNTS:
            out[f"counts.{name}.{part}"] = getattr(counted, part)
    return out


def _of_words(name: str, laid: Laid) -> dict[str, Array]:
    parts = {"ends": laid.ends, "hashes": laid.hashes, "order": laid.order}
    parts["blob"] = np.frombuffer(laid.blob, np.uint8)
    return {f"{name}.{part}": array for part, array in parts.items()}


def _counts(counted: Frequencies) -> dict[str, Counts]:
    found = {name: getattr(counted, name) for name in COUNTED}
    return found | {str(place): column for place, column in enumerate(counted.columns)}


def _scalars(counted: Frequencies) -> dict[str, list[float]]:
    return {name: [one.shrinkage, one.chance] for name, one in _counts(counted).items()}


def _index(mapping: Mapping, arrays: dict[str, Array], scalars: Named[str, list[float]]) -> Index:
    def words(name: str) -> Laid:
        parts = (arrays[f"{name}.{part}"] for part in ("ends", "hashes", "order"))
        return Laid(arrays[f"{name}.blob"].data, *parts)

    def numbered(name: str) -> list[Array]:
        count = sum(key.startswith(f"{name}.") for key in arrays)
        return [arrays[f"{name}.{place}"] for place in range(count)]

    def counted(name: str) -> Counts:
        values, shares, keys, counts, strata = (arrays[f"counts.{name}.{part}"] for part in COUNTS)
        return Counts(values, shares, keys, counts, strata, *scalars[name])

    columns = numbered("column")
    side = side_of({part: arrays[f"side.{part}"] for part in PARTS}, columns)
    names: Vocabulary = of(words("names"))
    table = NameTable(*(arrays[f"table.{part.name}"] for part in fields(NameTable)))
    places = range(len(columns))
    vocabularies = Words(names, [of(words(f"words.{place}")) for place in places])
    of_parts = {name: counted(name) for name in COUNTED}
    frequencies = Frequencies(**of_parts, columns=[counted(str(place)) for place in places])
    return Index(
        mapping=mapping,
        words=vocabularies,
        names=Names(names, table),
        side=side,
        keys=numbered("keys"),
        counted=frequencies,
        ids=words("ids"),
        marks=numbered("marks"),
        who=arrays["who"],
    )


def _mapping(said: dict[str, Any]) -> Mapping:
    lists = {part: tuple(said[part]) for part in ("birth_date", "ids")}
    return Mapping(**{**said, **lists})
