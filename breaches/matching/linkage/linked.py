"""What comes of comparing files: candidate pairs at their levels, and the weighed pairs. Pure."""

from dataclasses import dataclass

import numpy as np

from breaches.matching.linkage import policy
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.vocabulary import Array


@dataclass
class Linked:
    """The weighed pairs and what the engine found out on the way."""

    rows: Array
    others: Array
    levels: Array
    level_bits: Array
    rarity_bits: Array
    relatives: Array  # bits that being of one family takes; in the rarity of the family name
    weight: Array
    posterior: Array
    ahead: Array  # bits before the best other candidate of the row
    is_auto: Array
    vetoes: Array  # what forbids an automatic link, "" for nothing
    labels: list[str]
    blocked: int
    unused_keys: int  # too common to find anybody by
    scored: int
    model: Model

    @property
    def bits(self) -> Array:
        """Return the bits of each comparison, with what rarity adds."""
        return np.asarray(self.level_bits + self.rarity_bits)

    @property
    def prior(self) -> float:
        """Return the estimated share of matches among all possible pairs."""
        return self.model.prior

    @property
    def in_review(self) -> int:
        """Return how many pairs a person should see."""
        return int(((self.posterior >= policy.REVIEW) & ~self.is_auto).sum())


@dataclass
class Scored:
    """Candidate pairs at their levels, before they are weighed."""

    rows: Array
    others: Array
    levels: Array
    rarity: Array  # summed over the comparisons
    shared: Array  # of it, what relatives have in common: family name and attributes
    blocked: int
    unused_keys: int  # too common to find anybody by
