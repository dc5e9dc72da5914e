"""When a pair may be linked without a person looking, whatever it weighs. Pure."""

import numpy as np

from breaches.matching.linkage import levels
from breaches.matching.linkage.comparing import DATE, FAMILY, FIRST_COLUMN, GIVEN, Comparer
from breaches.matching.linkage.vocabulary import Array

AUTO, REVIEW = 0.99, 0.02

FREE, NAMES, DATES, CONFLICT, NO_DATE = "", "names", "birth_date", "identifier_conflict", "no_date"
VETOES = {
    NAMES: "The names do not agree well enough to link without a person looking.",
    DATES: "The birth dates do not agree well enough to link without a person looking.",
    NO_DATE: "A birth date is missing, and no identifier stands in for it.",
    CONFLICT: "The same identifier, but name and birth date both contradict it.",
}


def vetoes(comparer: Comparer, found: Array) -> Array:
    """Return for each pair what forbids an automatic link, "" for nothing.

    The names fit and two of three parts of the date; or an exact identifier with one of the two;
    or, without a date, an identifier within one slip. Given names that are only remotely alike
    are what twins have, and need an exact identifier: the next number in the file is a slip away.
    Where the identifiers contradict each other they must be more than alike, as Maria and Martin
    are. An identifier with both in conflict goes to a person always.
    """
    given, date = found[:, GIVEN], found[:, DATE]
    names, dates, best = _fitting(comparer, found)
    apart = (best >= 0) & (best < levels.REMOTE)
    least = np.where(apart, levels.SAME_SOUND, levels.SIMILAR_NAME)
    alike = names & ((given >= least) | (given == levels.MISSING))
    exact, close = best == levels.EXACT, best >= levels.CLOSE
    free = (alike & (dates | (close & (date < 0)))) | (exact & (names | dates))
    reasons = [free, exact & ~names & ~dates, ~alike, date < 0]
    return np.select(reasons, [FREE, CONFLICT, NAMES, NO_DATE], DATES)


def is_conflict(comparer: Comparer, found: Array) -> Array:
    """Say for each pair whether an identifier is the same and name and date both contradict it."""
    names, dates, best = _fitting(comparer, found)
    return np.asarray((best == levels.EXACT) & ~names & ~dates)


def _fitting(comparer: Comparer, found: Array) -> tuple[Array, Array, Array]:
    """Return whether the names and the dates fit, and the level of the best identifier."""
    given, family = found[:, GIVEN], found[:, FAMILY]
    names = _fits(given) & _fits(family) & ~((given < 0) & (family < 0))
    numbers = found[:, FIRST_COLUMN : comparer.first_attribute]
    best = numbers.max(1) if numbers.shape[1] else np.full(len(found), levels.MISSING)
    return names, found[:, DATE] >= levels.TWO_OF_THREE, best


def _fits(level: Array) -> Array:
    return np.asarray((level >= levels.REMOTE_NAME) | (level == levels.MISSING))
