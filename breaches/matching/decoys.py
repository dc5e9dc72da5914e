"""People who do not exist: how often would the model link them all the same? Pure.

A namesake has somebody's name and another's birth date; a relative, who may be a twin, has
another's given name. Both are shuffled inside the nationality, and neither has a number.
"""

from collections import defaultdict
from random import Random
from typing import NamedTuple

from breaches.matching.subjects import Record

MOST = {"namesakes": 0.005, "relatives": 0.02}  # share of decoys that may be linked


class Tried(NamedTuple):
    """How many decoys of one kind were made, and how many would have been linked."""

    kind: str
    made: int
    linked: int

    @property
    def share(self) -> float:
        """Return the share that would have been linked."""
        return self.linked / self.made if self.made else 0.0

    @property
    def most(self) -> float:
        """Return the share that is allowed."""
        return MOST[self.kind]

    @property
    def passes(self) -> bool:
        """Say whether few enough would have been linked; none tried proves nothing."""
        return self.made > 0 and self.share <= self.most


def decoys(kind: str, records: list[Record], seed: int) -> list[Record]:
    """Return the decoys of one kind, made of real rows."""
    field = "born" if kind == "namesakes" else "given"
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if getattr(record, field):
            groups[record.nationality].append(record)
    dice = Random(seed)  # noqa: S311  (repeatable on purpose)
    made = []
    for group in groups.values():
        values = [getattr(record, field) for record in group]
        dice.shuffle(values)
        pairs = zip(group, values, strict=True)
        changed = [(record, value) for record, value in pairs if getattr(record, field) != value]
        made += [record._replace(**{field: value, "numbers": {}}) for record, value in changed]
    return made
