"""How far two values agree: 0 disagrees, the highest is exact, -1 is missing on a side. Pure."""

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from breaches.matching.linkage.blocking import digits
from breaches.matching.linkage.encoding import Array, Side
from breaches.matching.linkage.name_table import NameTable

MISSING = -1
NAME, DATE, NUMBER, TEXT, ORDER = 6, 8, 4, 4, 2  # levels of each kind
EXACT_NAME, SAME_SOUND, SIMILAR_NAME, REMOTE_NAME, INITIAL = 5, 4, 3, 2, 1
EXACT_DATE, SWAPPED, ONE_DIGIT, PERMUTED, TWO_OF_THREE, TWO_DIGITS, NEAR_YEAR = 7, 6, 5, 4, 3, 2, 1
EXACT, CLOSE, REMOTE = 3, 2, 1


def distinct(left: Array, right: Array, size: int) -> tuple[Array, Array, Array]:
    """Return the distinct pairs of codes, and where each pair went."""
    unique, places = np.unique(left * size + right, return_inverse=True)
    return unique // size, unique % size, places


def name_levels(names: NameTable, left: Array, right: Array) -> tuple[Array, Array]:
    """Return the level of each pair of name parts, and a likeness from 0 to 1 to weigh orders."""
    one, other, places = distinct(left, right, len(names))
    level = np.zeros(len(one), np.int8)
    equal = one == other
    likeness = _likeness(names, one, other, np.flatnonzero(~equal))
    level[likeness >= 0.75] = REMOTE_NAME
    level[likeness >= 0.85] = SIMILAR_NAME
    several = np.flatnonzero(
        ~equal & (likeness > 0) & (names.is_multi[one] | names.is_multi[other])
    )
    level[several] = _token_levels(names, one[several], other[several], level[several])
    sounds = (names.skeletons[one] == names.skeletons[other]) & (names.bones[one] >= 2)
    level[sounds | (likeness >= 0.92)] = SAME_SOUND
    short = (names.is_initial[one] | names.is_initial[other]) & (
        names.first[one] == names.first[other]
    )
    level[(level < REMOTE_NAME) & ~equal & short] = INITIAL
    level[equal] = EXACT_NAME
    value = np.where(equal, 1.0, likeness)
    value[level == SAME_SOUND] = np.maximum(value[level == SAME_SOUND], 0.93)
    empty = (one == 0) | (other == 0)
    level[empty], value[empty] = MISSING, 0.3
    return level[places], value[places]


def _likeness(names: NameTable, one: Array, other: Array, rows: Array) -> Array:
    """Return Jaro-Winkler; names without a fair share of bigrams in common are not compared."""
    shared = np.bitwise_count(names.bigrams[one[rows]] & names.bigrams[other[rows]])
    fewest = np.minimum(names.bigram_counts[one[rows]], names.bigram_counts[other[rows]])
    rows = rows[shared.astype(np.int64) * 4 >= fewest]
    out = np.zeros(len(one))
    if len(rows):
        texts = names.texts[one[rows]], names.texts[other[rows]]
        out[rows] = process.cpdist(*texts, scorer=JaroWinkler.similarity, dtype=np.float32)
    return out


def _token_levels(names: NameTable, one: Array, other: Array, level: Array) -> Array:
    """Raise the level of names with several parts that agree as sets."""
    if not len(one):
        return level
    texts = names.texts[one], names.texts[other]
    subset = process.cpdist(*texts, scorer=fuzz.token_set_ratio, dtype=np.float32)
    ordered = process.cpdist(*texts, scorer=fuzz.token_sort_ratio, dtype=np.float32)
    level = np.where(subset >= 88, np.maximum(level, SIMILAR_NAME), level)
    return np.where(ordered >= 92, SAME_SOUND, level)


def date_levels(left: Side, right: Side, rows: Array, others: Array) -> Array:
    """Return the level of each pair of birth dates."""
    one = left.year[rows], left.month[rows], left.day[rows]
    other = right.year[others], right.month[others], right.day[others]
    same_year, same_month, same_day = (a == b for a, b in zip(one, other, strict=True))
    equal = same_year.astype(np.int8) + same_month + same_day
    apart = np.abs(one[0] - other[0])
    level = np.where(apart <= 1, NEAR_YEAR, 0).astype(np.int8)
    level[equal == 3] = EXACT_DATE
    some = np.flatnonzero((equal == 1) | (equal == 2))
    level[some] = _slips([x[some] for x in one], [x[some] for x in other], equal[some], level[some])
    partial = (one[1] == 0) | (other[1] == 0)
    level[partial & same_year] = TWO_OF_THREE
    level[partial & ~same_year] = np.where(apart <= 2, NEAR_YEAR, 0)[partial & ~same_year]
    level[(one[0] == 0) | (other[0] == 0)] = MISSING
    return level


def _slips(one: list[Array], other: list[Array], equal: Array, level: Array) -> Array:
    first, second = digits(*one), digits(*other)
    wrong = (first != second).sum(1)
    permuted = (np.sort(first, 1) == np.sort(second, 1)).all(1)
    level = np.where(wrong <= 2, TWO_DIGITS, level)
    level[equal == 2] = TWO_OF_THREE
    level[permuted] = PERMUTED
    level[(equal == 2) & ((wrong <= 1) | permuted)] = ONE_DIGIT
    swapped = (one[0] == other[0]) & (one[1] == other[2]) & (one[2] == other[1])
    level[swapped] = SWAPPED
    return level


def number_levels(values: Array, left: Array, right: Array) -> Array:
    """Return the level of each pair of identifiers, by optimal string alignment."""
    one, other, places, level = _exact(values, left, right)
    rows = np.flatnonzero((level == 0) & (one > 0) & (other > 0))
    if len(rows):
        texts = values[one[rows]], values[other[rows]]
        slips = process.cpdist(*texts, scorer=OSA.distance, score_cutoff=2, dtype=np.float32)
        level[rows] = np.select([slips == 1, slips == 2], [CLOSE, REMOTE], 0)
    return level[places]


def text_levels(values: Array, left: Array, right: Array, kind: str) -> Array:
    """Return the level of each pair of other values: "exact" or "fuzzy" (Jaro-Winkler)."""
    one, other, places, level = _exact(values, left, right)
    rows = np.flatnonzero((level == 0) & (one > 0) & (other > 0))
    if kind == "fuzzy" and len(rows):
        texts = values[one[rows]], values[other[rows]]
        alike = process.cpdist(*texts, scorer=JaroWinkler.similarity, dtype=np.float32)
        level[rows] = np.select([alike >= 0.92, alike >= 0.8], [CLOSE, REMOTE], 0)
    return level[places]


def _exact(values: Array, left: Array, right: Array) -> tuple[Array, Array, Array, Array]:
    one, other, places = distinct(left, right, len(values))
    level = np.where(one == other, EXACT, 0).astype(np.int8)
    level[(one == 0) | (other == 0)] = MISSING
    return one, other, places, level
