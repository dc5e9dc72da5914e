"""Whether reviewed pairs contradict a model, and by how many bits its score is to be moved. Pure.

Only the intercept moves: reviewed pairs are not drawn at random, and a slope learnt from them was
measured to lose matches. The shift is that of a logistic regression with one free term, held
near nothing by a normal prior, so that a single slip of a reviewer moves little.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

FEWEST = 50  # judged pairs
CERTAIN = 1.96  # standard errors, 95 % two-sided
STIFF = 2.0  # bits, the standard deviation of the prior of the shift
MOST = 6.0  # bits
NATURAL = math.log(2)


class Correction(NamedTuple):
    """What was expected of the judged pairs, what was found, and the shift that reconciles them."""

    pairs: int
    expected: float
    found: int
    errors_apart: float
    bits: float

    @property
    def is_due(self) -> bool:
        """Say whether there are enough pairs and they contradict the model."""
        return self.pairs >= FEWEST and abs(self.errors_apart) > CERTAIN


def correction(judged: Sequence[tuple[float, bool]]) -> Correction:
    """Return what judged pairs, each a posterior and whether it is a match, say of a model."""
    odds = [_logit(posterior) for posterior, _ in judged]
    found = sum(is_match for _, is_match in judged)
    expected = sum(map(_share, odds))
    spread = sum(_share(one) * (1 - _share(one)) for one in odds)
    apart = (found - expected) / math.sqrt(spread + 0.25)  # a quarter: half a pair either way
    return Correction(len(judged), expected, found, apart, _shift(odds, found))


def _shift(odds: list[float], found: int) -> float:
    """Find by halving where expected and found meet, less the pull of the prior."""
    low, high = -MOST * NATURAL, MOST * NATURAL
    stiff = (STIFF * NATURAL) ** 2
    for _ in range(60):
        middle = (low + high) / 2
        if found - sum(_share(one + middle) for one in odds) - middle / stiff > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2 / NATURAL


def _logit(posterior: float) -> float:
    kept = min(max(posterior, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
