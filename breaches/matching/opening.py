"""Opened for a reader: a pair under review, and the path from rows to one affected person."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from breaches.leaks.models import SourceRow
from breaches.leaks.opening import name_of
from breaches.leaks.queries import element_by_column, open_row
from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS, Element, by_danger
from breaches.matching.comparison import Line, side_by_side
from breaches.matching.decisions import RULES
from breaches.matching.explaining import Bar, bars, sentence
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus, Judgement
from breaches.matching.scoring import prior_of
from breaches.people.names import display_name
from breaches.web import Sight

MOST_RIVALS = 3


class Said(NamedTuple):
    """What one reviewer said, and whether it still stands."""

    judgement: Judgement
    reason: str


class Rival(NamedTuple):
    """Somebody else who may be meant by the same row; `bits` is None without a model."""

    name: str
    words: str
    behind: int
    bits: float | None

    @property
    def away(self) -> float:
        """Return by how many bits this one is ahead or behind."""
        return abs(self.bits or 0)


class Weight(NamedTuple):
    """What the model says of a pair, and of which register version."""

    bars: list[Bar]
    sentence: str
    bits: float
    prior: float
    posterior: float
    version: str


class Pair(NamedTuple):
    """A leaked row and a person, side by side."""

    candidate: Candidate
    place: str
    words: str
    weight: Weight | None
    lines: list[Line]
    rivals: list[Rival]
    said: list[Said]
    is_known: bool = False

    @property
    def is_blind(self) -> bool:
        """Say whether the model is hidden until two people have answered."""
        return self.is_known or self.candidate.is_blind


def pairs(candidates: QuerySet[Candidate], sight: Sight) -> list[Pair]:
    """Return each candidate as its reader sees it."""
    rows = candidates.select_related("row__source_file__evidence", "person", "model__index")
    return [
        _pair(one, sight) for one in rows.prefetch_related("judgements__by", "person__identifiers")
    ]


def listed(candidates: Iterable[Candidate], sight: Sight) -> list[tuple[Candidate, str, str]]:
    """Return pairs as a list shows them: who may be meant, and where the row stands."""
    return [(one, display_name(one.person.document), place(one.row, sight)) for one in candidates]


def known_pair(candidate: Candidate, sight: Sight) -> Pair:
    """Return a known pair as its reviewer sees it: without the number that gives it away."""
    (pair,) = pairs(Candidate.objects.filter(pk=candidate.pk), sight)
    hidden = {ELEMENTS[kind].label for kind in IDENTIFIERS}
    lines = [line for line in pair.lines if line.label not in hidden]
    return pair._replace(lines=lines, weight=None, rivals=[], said=[], is_known=True)


def place(row: SourceRow, sight: Sight) -> str:
    """Return where a leaked row stands."""
    name = name_of(row.source_file, sight)
    return f"{name}, sheet {row.sheet + 1}, row {row.row_number}"


def leaked_elements(one: AffectedPerson) -> list[Element]:
    """Return what leaked about somebody, the most dangerous first."""
    return by_danger(one.elements)


def _pair(candidate: Candidate, sight: Sight) -> Pair:
    row, person = candidate.row, candidate.person
    opened = open_row(row, element_by_column(row.source_file), sight)
    numbers = {number.kind: number.document["value"] for number in person.identifiers.all()}
    facts = person.document
    said = sorted(candidate.judgements.all(), key=lambda one: one.at)
    return Pair(
        candidate=candidate,
        place=place(row, sight),
        words=RULES[candidate.rule].words,
        weight=_weight(candidate),
        lines=side_by_side(opened.values, display_name(facts), facts, numbers),
        rivals=_rivals(candidate),
        said=[Said(one, one.document["reason"]) for one in said],
    )


def _weight(candidate: Candidate) -> Weight | None:
    model = candidate.model
    if model is None or candidate.weight is None or candidate.posterior is None:
        return None
    said = (model.body, candidate.evidence)
    return Weight(
        *(bars(*said), sentence(*said), candidate.weight),
        *(prior_of(model.body), candidate.posterior, str(model.index)),
    )


def _rivals(candidate: Candidate) -> list[Rival]:
    others = Candidate.objects.filter(row=candidate.row_id).exclude(pk=candidate.pk)
    others = others.exclude(status=CandidateStatus.REJECTED, is_judged=True)
    found = [
        Rival(
            display_name(other.person.document),
            RULES[other.rule].words,
            candidate.strength - other.strength,
            _apart(candidate, other),
        )
        for other in others.select_related("person").order_by("-strength", "pk")
    ]
    return sorted(found, key=lambda rival: (rival.bits or 0, rival.behind))[:MOST_RIVALS]


def _apart(one: Candidate, other: Candidate) -> float | None:
    if one.weight is None or other.weight is None:
        return None
    return one.weight - other.weight
