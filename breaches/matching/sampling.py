"""How sure a reviewed sample makes us. Pure.

The bound is that of Clopper and Pearson, "The use of confidence or fiducial limits illustrated
in the case of the binomial" (Biometrika 26, 1934), one-sided at 95 %: no error in 299 pairs
proves a precision above 0.99.
"""

from math import exp, lgamma, log, log1p
from random import Random
from typing import TypeVar

PROVEN, CONFIDENCE = 0.99, 0.95
MOST_ERRORS = 3  # with more, the model is to be mended, not the sample

One = TypeVar("One")


def lower_bound(right: int, size: int) -> float:
    """Return the share of right pairs that `right` of `size` prove, 0 for no pairs."""
    if not right:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if chance_of_at_least(right, size, middle) < 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return low


def chance_of_at_least(right: int, size: int, share: float) -> float:
    """Return how likely `right` or more of `size` are right, when `share` of all are."""
    if share in {0.0, 1.0}:
        return float(share == 1.0 or right == 0)
    right_bits, wrong_bits = log(share), log1p(-share)
    return sum(
        exp(_ways(size, wrong) + wrong * wrong_bits + (size - wrong) * right_bits)
        for wrong in range(size - right + 1)
    )


def _ways(size: int, chosen: int) -> float:
    """Return the logarithm of how many ways there are to choose."""
    return lgamma(size + 1) - lgamma(chosen + 1) - lgamma(size - chosen + 1)


def upper_bound(right: int, size: int) -> float:
    """Return the other end: the share of right pairs that is not exceeded, 1 for no pairs."""
    return 1 - lower_bound(size - right, size) if size else 1.0


def needed(errors: int) -> int:
    """Return how many pairs prove the precision in spite of so many errors."""
    size = 299
    while lower_bound(size - errors, size) < PROVEN:
        size += 1
    return size


def drawn(pairs: list[One], size: int, seed: str) -> list[One]:
    """Return `size` of the pairs at random, the same ones for one seed; a larger draw adds."""
    order = list(pairs)
    Random(seed).shuffle(order)  # noqa: S311  (repeatable on purpose: the draw can be checked)
    return order[:size]
