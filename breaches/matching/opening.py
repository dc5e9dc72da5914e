"""Opened for a reader: a pair under review, and the path from rows to one affected person."""

from typing import NamedTuple

from django.db.models import QuerySet

from breaches.leaks.models import SourceRow
from breaches.leaks.queries import element_by_column, open_row
from breaches.leaks.vocabulary import ELEMENTS, Element
from breaches.matching.comparison import Line, side_by_side
from breaches.matching.decisions import RULES
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus, Judgement
from breaches.people.queries import display_name


class Said(NamedTuple):
    """What one reviewer said, and whether it still stands."""

    judgement: Judgement
    reason: str


class Rival(NamedTuple):
    """Somebody else who may be meant by the same row."""

    name: str
    words: str
    behind: int


class Pair(NamedTuple):
    """A leaked row and a person, side by side."""

    candidate: Candidate
    place: str
    words: str
    lines: list[Line]
    rivals: list[Rival]
    said: list[Said]


def pairs(candidates: QuerySet[Candidate]) -> list[Pair]:
    """Return each candidate as its reader sees it."""
    rows = candidates.select_related("row__source_file__evidence", "person")
    return [_pair(one) for one in rows.prefetch_related("judgements__by", "person__identifiers")]


def place(row: SourceRow) -> str:
    """Return where a leaked row stands."""
    name = row.source_file.evidence.document["file_name"]
    return f"{name}, sheet {row.sheet + 1}, row {row.row_number}"


def leaked_elements(one: AffectedPerson) -> list[Element]:
    """Return what leaked about somebody, the most dangerous first."""
    found = [ELEMENTS[code] for code in one.elements]
    return sorted(found, key=lambda element: (-element.sensitivity, element.label))


def _pair(candidate: Candidate) -> Pair:
    row, person = candidate.row, candidate.person
    opened = open_row(row, element_by_column(row.source_file))
    numbers = {number.kind: number.document["value"] for number in person.identifiers.all()}
    facts = person.document
    said = sorted(candidate.judgements.all(), key=lambda one: one.at)
    return Pair(
        candidate=candidate,
        place=place(row),
        words=RULES[candidate.rule].words,
        lines=side_by_side(opened.values, display_name(facts), facts, numbers),
        rivals=_rivals(candidate),
        said=[Said(one, one.document["reason"]) for one in said],
    )


def _rivals(candidate: Candidate) -> list[Rival]:
    others = Candidate.objects.filter(row=candidate.row_id).exclude(pk=candidate.pk)
    others = others.exclude(status=CandidateStatus.REJECTED).order_by("-strength", "pk")
    return [
        Rival(
            display_name(other.person.document),
            RULES[other.rule].words,
            candidate.strength - other.strength,
        )
        for other in others.select_related("person")
    ]
