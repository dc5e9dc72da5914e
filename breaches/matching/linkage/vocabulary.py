"""Distinct values and their numbers: a growing part in memory, and one laid away as bytes. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
OFFSET, PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits


@dataclass
class Laid:
    """Values end to end, findable by their hash. Nothing is changed here any more."""

    blob: bytes | memoryview = b""
    ends: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    hashes: Array = field(default_factory=lambda: np.zeros(0, np.uint64))
    order: Array = field(default_factory=lambda: np.zeros(0, np.int32))

    def __len__(self) -> int:
        return len(self.ends)

    def text(self, number: int) -> str:
        """Return one value."""
        return self.texts(np.array([number]))[0]

    def texts(self, numbers: Array) -> list[str]:
        """Return the value of each number."""
        ends = self.ends[numbers].tolist()
        starts = np.where(numbers > 0, self.ends[numbers - 1], 0).tolist()
        blob = memoryview(self.blob)
        return [str(blob[a:b], "utf-8") for a, b in zip(starts, ends, strict=True)]

    def find(self, values: Sequence[str]) -> list[int]:
        """Return the number of each value, -1 for those that are not here."""
        if not len(self) or not values:
            return [-1] * len(values)
        wanted = hashed(*joined(values))
        place = np.searchsorted(self.hashes, wanted)
        place[place == len(self.hashes)] = 0
        numbers = np.where(self.hashes[place] == wanted, self.order[place], -1)
        there = self.texts(np.maximum(numbers, 0))
        return [
            number if found == value else -1
            for number, found, value in zip(numbers.tolist(), there, values, strict=True)
        ]


@dataclass
class Vocabulary:
    """Distinct values, each with its number; number 0 is the empty one."""

    laid: Laid = field(default_factory=Laid)
    added: list[str] = field(default_factory=lambda: [""])
    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def __len__(self) -> int:
        return len(self.laid) + len(self.added)

    def number(self, value: str) -> int:
        """Return the number of a value, a new one when it was never seen."""
        found = self.numbers.get(value)
        if found is None:
            found = self.laid.find([value])[0]
            if found < 0:
                found = len(self)
                self.added.append(value)
            self.numbers[value] = found
        return found

    def encode(self, texts: Sequence[str], normal: Callable[[str], str]) -> Array:
        """Return the numbers of `texts` in their normal form."""
        known: dict[str, Any] = {text: normal(text) for text in dict.fromkeys(texts)}
        self.take(known.values())
        known = {text: self.numbers[value] for text, value in known.items()}
        return np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))

    def take(self, values: Iterable[str]) -> None:
        """Number every value at once."""
        new = [value for value in dict.fromkeys(values) if value not in self.numbers]
        if len(self.laid):
            found = zip(new, self.laid.find(new), strict=True)
            self.numbers.update({value: number for value, number in found if number >= 0})
            new = [value for value in new if value not in self.numbers]
        self.numbers.update(zip(new, range(len(self), len(self) + len(new)), strict=True))
        self.added += new

    def texts(self, numbers: Array) -> list[str]:
        """Return the value of each number."""
        base = len(self.laid)
        if not base:
            return list(map(self.added.__getitem__, numbers.tolist()))
        distinct, places = np.unique(numbers, return_inverse=True)
        old = int(np.searchsorted(distinct, base))
        values = self.laid.texts(distinct[:old])
        values += [self.added[number - base] for number in distinct[old:].tolist()]
        return list(map(values.__getitem__, places.tolist()))

    def lay(self) -> Laid:
        """Return everything so far, laid away."""
        blob, ends = joined(self.texts(np.arange(len(self))))
        hashes = hashed(blob, ends)
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        return Laid(blob, ends, hashes[order], order)


def of(laid: Laid) -> Vocabulary:
    """Return a vocabulary that grows on top of one laid away."""
    return Vocabulary(laid, [], {"": 0})


def hashed(blob: bytes | memoryview, ends: Array) -> Array:
    """Return the FNV-1a hash of each value (Fowler, Noll and Vo; draft-eastlake-fnv)."""
    letters = np.frombuffer(blob, np.uint8)
    starts = np.concatenate([[0], ends[:-1]])
    out = np.full(len(ends), OFFSET, np.uint64)
    rows = np.flatnonzero(starts < ends)
    place = 0
    with np.errstate(over="ignore"):
        while len(rows):
            out[rows] = (out[rows] ^ letters[starts[rows] + place]) * PRIME
            place += 1
            rows = rows[starts[rows] + place < ends[rows]]
    return out


def distinct(numbers: Array) -> Array:
    """Return the distinct numbers in order; numpy's own way through a hash is slower here."""
    numbers = np.sort(numbers)
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    return numbers[first]


def joined(values: Sequence[str]) -> tuple[bytes, Array]:
    """Return values end to end, and where each ends."""
    parts = [value.encode() for value in values]
    return b"".join(parts), np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
