"""What becomes of the people who may be meant by one row: linked, reviewed or rejected. Pure.

Three values: a rule or the gate links, a person reviews, and what is unlikely is rejected but
kept. Two who would both be linked go to review: the first is never simply taken.
"""

from typing import Any, NamedTuple
from uuid import UUID

from breaches.matching.decisions import CONFIRM, RULES
from breaches.matching.engine import Pair
from breaches.matching.scoring import Scored

LINK, REVIEW, REJECT = "link", "review", "reject"
LEAST_KEPT, MOST_KEPT = 0.001, 5
ALWAYS_REVIEWED = {"identifier_conflict", "identifier_alone", "name_and_birth_date"}
# A slip in name or date is reviewed even against the model, unless the row has somebody better.
SLIPS = {"number_differs", "name_near_birth_date", "similar_name_birth_date"}
BETTER = 0.5
BY_SCORE = "score"


class Limits(NamedTuple):
    """From which posterior on a pair may be linked, and from which a person looks at it."""

    auto: float = 0.99
    review: float = 0.02


class Weighed(NamedTuple):
    """What the model says of one pair."""

    weight: float
    posterior: float
    is_free: bool
    evidence: dict[str, Any]


class Proposal(NamedTuple):
    """Somebody who may be meant, and what is to be done."""

    person: UUID
    rule: str
    reasons: dict[str, str]
    weighed: Weighed | None
    decides: str
    is_pending: bool  # only the gate stands between this pair and an automatic link

    @property
    def doubt(self) -> int:
        """Return how undecided the model is, 0 to 100."""
        return 0 if self.weighed is None else doubt(self.weighed.posterior)


def doubt(posterior: float) -> int:
    """Return how near a posterior is to even, 0 to 100."""
    return round(100 * (1 - abs(2 * posterior - 1)))


def weighed_by_row(scored: Scored, ids: list[str]) -> dict[int, dict[UUID, Weighed]]:
    """Return the likeliest people of each row, with the better of two records of one person."""
    found: dict[int, dict[UUID, Weighed]] = {}
    order = (-scored.posterior).argsort(kind="stable")
    for pair in order[scored.posterior[order] >= LEAST_KEPT].tolist():
        people = found.setdefault(int(scored.rows[pair]), {})
        person = UUID(ids[scored.others[pair]])
        if person not in people and len(people) < MOST_KEPT:
            people[person] = _weighed(scored, pair)
    return found


def decided(
    pairs: list[Pair], weighed: dict[UUID, Weighed] | None, limits: Limits
) -> list[Proposal]:
    """Return what is to be done about everybody who may be meant by one row.

    Without a model (`weighed` is None) the rules decide alone.
    """
    by_rule = {pair.pk: pair for pair in pairs}
    reviewed = set(by_rule) if weighed is None else _reviewed(pairs, weighed, limits)
    weighed = weighed or {}
    people = dict.fromkeys([*by_rule, *weighed])
    certain = [pk for pk, pair in by_rule.items() if RULES[pair.rule].decides == CONFIRM]
    likely = [pk for pk, one in weighed.items() if is_auto(one, limits)]
    linked = certain[0] if len(certain) == 1 else None
    alone = set(likely) if len(set(likely) | set(certain)) == 1 else set()
    found = []
    for pk in people:
        pair = by_rule.get(pk) or Pair(pk, BY_SCORE, {})
        one = weighed.get(pk)
        decides = LINK if pk == linked else REVIEW if pk in reviewed else REJECT
        is_pending = pk in alone and pk != linked
        found.append(Proposal(pk, pair.rule, pair.reasons, one, decides, is_pending))
    return found


def is_auto(one: Weighed, limits: Limits) -> bool:
    """Say whether the model would link a pair by itself."""
    return one.posterior >= limits.auto and one.is_free


def _reviewed(pairs: list[Pair], weighed: dict[UUID, Weighed], limits: Limits) -> set[UUID]:
    found = {pk for pk, one in weighed.items() if one.posterior >= limits.review}
    is_settled = any(one.posterior >= BETTER for one in weighed.values())
    rules = ALWAYS_REVIEWED if is_settled else ALWAYS_REVIEWED | SLIPS
    certain = {code for code, rule in RULES.items() if rule.decides == CONFIRM}
    return found | {pair.pk for pair in pairs if pair.rule in rules | certain}


def _weighed(scored: Scored, pair: int) -> Weighed:
    evidence = {
        "levels": scored.levels[pair].tolist(),
        "bits": [round(value, 4) for value in scored.bits[pair].tolist()],
        "rare": [round(value, 4) for value in scored.rare[pair].tolist()],
    }
    return Weighed(
        float(scored.weight[pair]),
        float(scored.posterior[pair]),
        bool(scored.is_free[pair]),
        evidence,
    )
