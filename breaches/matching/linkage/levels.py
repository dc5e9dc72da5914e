"""How far two values agree: 0 disagrees, the highest is exact, -1 is missing on a side. Pure."""

from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from breaches.matching.linkage.blocking import digits
from breaches.matching.linkage.encoding import Side
from breaches.matching.linkage.name_table import Names, NameTable
from breaches.matching.linkage.vocabulary import Array, Vocabulary

MISSING = -1
NAME, DATE, NUMBER, TEXT, ORDER = 6, 8, 4, 4, 2  # levels of each kind
EXACT_NAME, SAME_SOUND, SIMILAR_NAME, REMOTE_NAME, INITIAL = 5, 4, 3, 2, 1
EXACT_DATE, SWAPPED, ONE_DIGIT, PERMUTED, TWO_OF_THREE, TWO_DIGITS, NEAR_YEAR = 7, 6, 5, 4, 3, 2, 1
EXACT, CLOSE, REMOTE = 3, 2, 1
_NAMES = ("differ", "only an initial", "remotely alike", "alike", "sound alike", "the same")
WORDS = {  # of each level from 0 up, by kind of comparison
    "given": _NAMES,
    "family": _NAMES,
    "order": ("in the same order", "the other way round"),
    "birth_date": (
        *("differ", "a year apart at most", "two digits differ", "two parts of three agree"),
        *("same digits in another order", "one digit differs", "day and month swapped"),
        "the same",
    ),
    "id": ("differ", "two slips apart", "one slip apart", "the same"),
    "attribute": ("differ", "remotely alike", "alike", "the same"),
}


def distinct(left: Array, right: Array, size: int) -> tuple[Array, Array, Array]:
    """Return the distinct pairs of codes, and where each pair went."""
    unique, places = np.unique(left.astype(np.int64) * size + right, return_inverse=True)
    return unique // size, unique % size, places


def name_levels(names: Names, left: Array, right: Array) -> tuple[Array, Array]:
    """Return the level of each pair of name parts, and a likeness from 0 to 1 to weigh orders."""
    table = names.table
    one, other, places = distinct(left, right, len(table))
    level = np.zeros(len(one), np.int8)
    equal = one == other
    likeness = np.zeros(len(one), np.float32)
    close = np.flatnonzero(~equal)
    close = close[share_bigrams(table, one[close], other[close], 4)]
    texts = names.words.texts(one[close]), names.words.texts(other[close])
    likeness[close] = _scores(texts, JaroWinkler.similarity)
    level[likeness >= 0.75] = REMOTE_NAME
    level[likeness >= 0.85] = SIMILAR_NAME
    level[close] = _word_levels(table, (one[close], other[close]), texts, level[close])
    sounds = (table.skeletons[one] == table.skeletons[other]) & (table.bones[one] >= 2)
    level[sounds | (likeness >= 0.92)] = SAME_SOUND
    level[(level < REMOTE_NAME) & ~equal & shares_initial(table, one, other)] = INITIAL
    level[equal] = EXACT_NAME
    value = np.where(equal, np.float32(1), likeness)
    value[level == SAME_SOUND] = np.maximum(value[level == SAME_SOUND], 0.93)
    empty = (one == 0) | (other == 0) | (~equal & (table.is_rest[one] | table.is_rest[other]))
    level[empty], value[empty] = MISSING, 0.3
    return level[places], value[places]


def _word_levels(
    names: NameTable, codes: tuple[Array, Array], texts: tuple[list[str], list[str]], level: Array
) -> Array:
    """Raise the level of names of several words, when words of them agree."""
    counts = names.words[codes[0]], names.words[codes[1]]
    several = (np.maximum(*counts) > 1) & share_bigrams(names, *codes, 1.5)
    level[several] = _token_levels(texts, several, level[several])
    single = ((counts[0] == 1) != (counts[1] == 1)) & (level < SIMILAR_NAME)
    chosen = np.flatnonzero(single & share_bigrams(names, *codes, 2))
    level[chosen] = _part_levels(texts, chosen, counts[0][chosen] == 1, level[chosen])
    return level


def shares_initial(names: NameTable, one: Array, other: Array) -> Array:
    """Say whether one of two names is only the first letter of the other."""
    short = names.is_initial[one] | names.is_initial[other]
    return np.asarray(short & (names.first[one] == names.first[other]))


def share_bigrams(names: NameTable, one: Array, other: Array, share: float) -> Array:
    """Say whether at least one in `share` of the bigrams of the shorter name is in the other."""
    shared = np.bitwise_count(names.bigrams[one] & names.bigrams[other]).astype(np.int16)
    fewest = np.minimum(names.bigram_counts[one], names.bigram_counts[other])
    return np.asarray(shared * share >= fewest)


def _scores(texts: tuple[list[str], list[str]], scorer: Any, **options: Any) -> Array:
    if not texts[0]:
        return np.zeros(0, np.float32)
    return np.asarray(process.cpdist(*texts, scorer=scorer, dtype=np.float32, **options))


def _token_levels(texts: tuple[list[str], list[str]], several: Array, level: Array) -> Array:
    """Raise the level of names with several parts that agree as sets."""
    chosen = np.flatnonzero(several).tolist()
    names = [texts[0][row] for row in chosen], [texts[1][row] for row in chosen]
    subset, ordered = _scores(names, fuzz.token_set_ratio), _scores(names, fuzz.token_sort_ratio)
    level = np.where(subset >= 88, np.maximum(level, SIMILAR_NAME), level)
    return np.where(ordered >= 92, SAME_SOUND, level)


def _part_levels(
    texts: tuple[list[str], list[str]], chosen: Array, is_left: Array, level: Array
) -> Array:
    """Raise the level of one word, on the left or not, that is nearly one of a longer name."""
    words, parts, places = [], [], []
    for place, (row, left) in enumerate(zip(chosen.tolist(), is_left.tolist(), strict=True)):
        word, name = (texts[0][row], texts[1][row]) if left else (texts[1][row], texts[0][row])
        if len(word) > 2:
            found = [part for part in name.split() if len(part) > 2]
            parts += found
            words += [word] * len(found)
            places += [place] * len(found)
    likeness = _scores((words, parts), JaroWinkler.similarity)
    best = np.zeros(len(level), np.float32)
    np.maximum.at(best, np.array(places, np.int64), likeness)
    level = np.where(best >= 0.75, np.maximum(level, REMOTE_NAME), level)
    return np.where(best >= 0.85, np.maximum(level, SIMILAR_NAME), level)


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
    level[equal == 2] = TWO_DIGITS  # another year altogether: so namesakes are born, too
    level[(equal == 2) & (one[0] == other[0])] = TWO_OF_THREE
    level[permuted] = PERMUTED
    level[(equal == 2) & ((wrong <= 1) | permuted)] = ONE_DIGIT
    swapped = (one[0] == other[0]) & (one[1] == other[2]) & (one[2] == other[1])
    level[swapped] = SWAPPED
    return level


def number_levels(words: Vocabulary, left: Array, right: Array) -> Array:
    """Return the level of each pair of identifiers, by optimal string alignment."""
    one, other, places, level = _exact(words, left, right)
    rows = np.flatnonzero(level == 0)
    slips = _scores(
        (words.texts(one[rows]), words.texts(other[rows])), OSA.distance, score_cutoff=2
    )
    level[rows] = np.select([slips == 1, slips == 2], [CLOSE, REMOTE], 0)
    return level[places]


def text_levels(words: Vocabulary, left: Array, right: Array, kind: str) -> Array:
    """Return the level of each pair of other values: "exact" or "fuzzy" (Jaro-Winkler)."""
    one, other, places, level = _exact(words, left, right)
    rows = np.flatnonzero(level == 0)
    if kind == "fuzzy":
        texts = words.texts(one[rows]), words.texts(other[rows])
        alike = _scores(texts, JaroWinkler.similarity)
        level[rows] = np.select([alike >= 0.92, alike >= 0.8], [CLOSE, REMOTE], 0)
    return level[places]


def _exact(words: Vocabulary, left: Array, right: Array) -> tuple[Array, Array, Array, Array]:
    one, other, places = distinct(left, right, len(words))
    level = np.where(one == other, EXACT, 0).astype(np.int8)
    level[(one == 0) | (other == 0)] = MISSING
    return one, other, places, level
