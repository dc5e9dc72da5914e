"""Values as 64 bits each, to see without reading them that two cannot be alike. Pure."""

from collections.abc import Sequence

import numpy as np

from breaches.matching.linkage.vocabulary import Array, Vocabulary, joined

UNIT = np.uint64
LETTERS = 16  # of an identifier, half a byte each
LOW_BITS = UNIT(0x1111111111111111)


def grown(marks: Array, words: Vocabulary, *, is_id: bool) -> Array:
    """Return the marks of every value of a vocabulary, given those of its first values."""
    missing = np.arange(len(marks), len(words))
    if not len(missing):
        return marks
    values = words.texts(missing)
    return np.concatenate([marks, letters(values) if is_id else bigrams(values)])


def bigrams(values: Sequence[str]) -> Array:
    """Return a bit for each pair of letters that follow each other, in 64 buckets."""
    blob, ends = joined([f"^{value}" for value in values])
    each = np.frombuffer(blob, np.uint8).astype(UNIT)
    pairs = np.append((each[:-1] * UNIT(31) + each[1:]) % UNIT(64), UNIT(0))
    bits = UNIT(1) << pairs
    bits[ends - 1] = 0  # the last letter of a value is not followed by the next value
    return np.bitwise_or.reduceat(bits, np.concatenate([[0], ends[:-1]]))


def letters(values: Sequence[str]) -> Array:
    """Return the first letters, the same in the same place."""
    blob, ends = joined(values)
    each = np.append(np.frombuffer(blob, np.uint8).astype(UNIT) % UNIT(15) + UNIT(1), UNIT(0))
    starts = np.concatenate([[0], ends[:-1]])
    out = np.zeros(len(values), UNIT)
    for place in range(LETTERS):
        there: Array = starts + place < ends
        found: Array = np.where(there, each[np.minimum(starts + place, len(each) - 1)], UNIT(0))
        out |= found << UNIT(4 * place)
    return out


def differing(one: Array, other: Array) -> Array:
    """Return in how many places two identifiers differ, counted from the left."""
    return _filled(one ^ other)


def is_longer(one: Array, other: Array) -> Array:
    """Say whether two identifiers have not the same length, so that places do not tell."""
    return np.asarray(_filled(one) != _filled(other))


def _filled(mark: Array) -> Array:
    """Return how many of the half bytes are not zero."""
    some = mark | (mark >> UNIT(2))
    return np.asarray(np.bitwise_count((some | (some >> UNIT(1))) & LOW_BITS))
