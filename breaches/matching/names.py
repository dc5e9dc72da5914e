"""Names so that two spellings of one name look alike, across scripts. Pure."""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

# Left out for comparison only: Arabic, Hebrew, Spanish, Portuguese, Dutch, German and French.
PARTICLES = frozenset(
    (
        *("al", "el", "bin", "ibn", "bint", "ben", "abu", "de", "del", "la", "las", "los"),
        *("da", "das", "do", "dos", "van", "von", "der", "den", "y", "e"),
    )
)
NO_LETTERS = re.compile(r"[^a-z]+")
VOWELS = re.compile(r"[aeiouyhw']")
TWINS = (
    (r"x", "ks"),
    (r"ck|k|q|c", "k"),
    (r"ph|v|w", "f"),
    (r"z|j|g", "s"),
    (r"b", "p"),
    (r"d", "t"),
)
SAME, CLOSE = 0.92, 0.84  # Jaro-Winkler; the cases are in tests/matching/test_rules.py


@lru_cache(maxsize=200_000)
def tokens(text: str) -> tuple[str, ...]:
    """Return the parts of a name as `parts` does; those of many names are remembered."""
    return parts(text)


def parts(text: str) -> tuple[str, ...]:
    """Return the parts of a name in Latin small letters, without particles."""
    latin = (text if text.isascii() else anyascii(text)).casefold()
    words = NO_LETTERS.sub(" ", latin.replace("'", "")).split()
    kept = tuple(word for word in words if word not in PARTICLES)
    return kept or tuple(words)


@lru_cache(maxsize=200_000)
def skeleton(token: str) -> str:
    """Return the consonants of a name part, with sounds that scripts confuse made one."""
    bones = token[:1] + VOWELS.sub("", token[1:])
    for sounds, one in TWINS:
        bones = re.sub(sounds, one, bones)
    return re.sub(r"(.)\1+", r"\1", bones)


def alike(left: str, right: str) -> float:
    """Return how alike two name parts are, from 0 to 1; an initial fits its name at 0.85."""
    if left == right:
        return 1.0
    if len(left) == 1 or len(right) == 1:
        return 0.85 if left[0] == right[0] else 0.0
    score = float(JaroWinkler.similarity(left, right))
    return max(score, SAME) if skeleton(left) == skeleton(right) else score


def agreement(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """Return same, similar, different, or missing, for two whole names in any order.

    Each part of the shorter name looks for its best partner in the longer; so a second
    surname or a middle name that one list lacks does not count against the pair.
    """
    if not left or not right:
        return "missing"
    short, long = sorted((left, right), key=len)
    free, scores = list(long), []
    for part in sorted(short, key=len, reverse=True):
        best = max(free, key=lambda other: alike(part, other))
        scores.append(alike(part, best))
        free.remove(best)
    strong = sum(score >= SAME for score in scores)
    if strong == len(scores) and len(scores) >= min(2, len(long)):
        return "same"
    if min(scores) >= CLOSE or (strong >= 2 and strong >= len(scores) - 1):
        return "similar"
    return "different"
