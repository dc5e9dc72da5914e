"""When a pair may be linked without a person looking, whatever it weighs. Pure."""

import numpy as np

from breaches.matching.linkage import levels
from breaches.matching.linkage.comparing import DATE, FAMILY, FIRST_COLUMN, GIVEN, Comparer
from breaches.matching.linkage.encoding import Array

AUTO, REVIEW = 0.99, 0.02


def is_free_of_vetoes(comparer: Comparer, found: Array) -> Array:
    """Say for each pair whether nothing forbids an automatic link.

    Both name parts at least alike and two of three parts of the date; or an exact identifier
    with one of the two; or, without a date, an identifier within one slip. An identifier with
    both in conflict goes to a person always.
    """
    given, family, date = found[:, GIVEN], found[:, FAMILY], found[:, DATE]
    names = _fits(given) & _fits(family) & ~((given < 0) & (family < 0))
    dates = date >= levels.TWO_OF_THREE
    numbers = found[:, FIRST_COLUMN : comparer.first_attribute]
    best = numbers.max(1) if numbers.shape[1] else np.full(len(found), levels.MISSING)
    exact, close = best == levels.EXACT, best >= levels.CLOSE
    free = (names & dates) | (exact & (names | dates)) | (names & (date < 0) & close)
    return np.asarray(free)


def _fits(level: Array) -> Array:
    return np.asarray((level >= levels.REMOTE_NAME) | (level == levels.MISSING))
