"""Finding, for one leaked row, the people of the register it may speak of. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from breaches.leaks.vocabulary import IDENTIFIERS
from breaches.matching import birth_dates, names
from breaches.matching.decisions import RULES, may_fit, rule
from breaches.people import dates, identifiers

MOST_IN_BLOCK = 2_000  # a key that so many share finds nobody
MOST_KEPT = 5


class Subject(NamedTuple):
    """One side of a comparison: a leaked row or a person, prepared."""

    pk: UUID
    tokens: tuple[str, ...]
    birth_date: str
    numbers: dict[str, str]


class Pair(NamedTuple):
    """A person who may be meant, by which rule, and how each part agrees."""

    pk: UUID
    rule: str
    reasons: dict[str, str]


def from_values(pk: UUID, values: dict[str, str]) -> Subject:
    """Prepare a leaked row, given by data element."""
    parts = ("given_name", "middle_name", "family_name", "full_name")
    written = " ".join(values[part] for part in parts if values.get(part))
    numbers = {kind: identifiers.normal(kind, values.get(kind, "")) for kind in IDENTIFIERS}
    return Subject(
        pk,
        names.tokens(written or values.get("native_name", "")),
        dates.parse(values.get("birth_date", "")),
        {kind: number for kind, number in numbers.items() if number},
    )


@dataclass
class Index:
    """The register, findable by number, by name part and year, and by birth date."""

    people: dict[UUID, Subject] = field(default_factory=dict)
    also_called: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    blocks: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Subject, native: tuple[str, ...] = ()) -> None:
        """Take a person in, with the romanised form of their name in its own script."""
        self.people[person.pk] = person
        if native and native != person.tokens:
            self.also_called[person.pk] = native
        for key in keys(person) | keys(person._replace(tokens=native)):
            self.blocks[key].append(person.pk)

    def pairs(self, row: Subject) -> list[Pair]:
        """Return the people who may be meant by `row`, the strongest first."""
        found = [pair for pk in self._near(row) if (pair := self._compare(row, self.people[pk]))]
        found.sort(key=lambda pair: (-RULES[pair.rule].strength, str(pair.pk)))
        return found[:MOST_KEPT]

    def _near(self, row: Subject) -> set[UUID]:
        blocks = [self.blocks[key] for key in keys(row) if key in self.blocks]
        return {pk for block in blocks if len(block) <= MOST_IN_BLOCK for pk in block}

    def _compare(self, row: Subject, person: Subject) -> Pair | None:
        number = numbers_agree(row.numbers, person.numbers)
        born = birth_dates.agreement(row.birth_date, person.birth_date)
        if not may_fit(number, born):
            return None  # names are dear to compare
        name = self._name_agrees(row, person)
        code = rule(number, name, born)
        reasons = {"identifier": number, "name": name, "birth_date": born}
        return Pair(person.pk, code, reasons) if code else None

    def _name_agrees(self, row: Subject, person: Subject) -> str:
        said = names.agreement(row.tokens, person.tokens)
        other = self.also_called.get(person.pk)
        if said == "same" or not other:
            return said
        return min(said, names.agreement(row.tokens, other), key=ORDER.index)


ORDER = ["same", "similar", "different", "missing"]


def keys(subject: Subject) -> set[str]:
    """Return the keys under which a subject is looked for; one error leaves others whole."""
    found = {f"n|{kind}|{number}" for kind, number in subject.numbers.items()}
    bones = sorted({names.skeleton(token) for token in subject.tokens})
    if subject.birth_date:
        year, digits = subject.birth_date[:4], "".join(sorted(subject.birth_date))
        found |= {f"y|{bone}|{year}" for bone in bones}
        found |= {f"d|{digits}|{token[0]}" for token in subject.tokens}
        found |= {f"m|{bone}|{subject.birth_date[5:]}" for bone in bones}
    found |= {f"b|{one}|{other}" for one in bones for other in bones if one < other}
    return found


def numbers_agree(left: dict[str, str], right: dict[str, str]) -> str:
    """Return same, different or missing, over the kinds of number that both have."""
    both = set(left) & set(right)
    if not both:
        return "missing"
    return "same" if any(left[kind] == right[kind] for kind in both) else "different"


def groups(
    rows: Iterable[Subject], contradicts: Callable[[UUID, UUID], bool] = lambda one, other: False
) -> Iterator[list[Subject]]:
    """Yield the rows of each person, for a leak without a register.

    Rows join when their number is the same and name or birth date fits, or when name and
    birth date are the same and nothing contradicts; every row must fit the first of its group,
    so that chains of likenesses do not grow into one.
    """
    index, members = Index(), dict[UUID, list[Subject]]()
    for row in rows:
        joins = (
            pair.pk
            for pair in index.pairs(row)
            if pair.rule == "identifier"
            or (pair.rule == "name_and_birth_date" and not contradicts(pair.pk, row.pk))
        )
        first = next(joins, None)
        if first is None:
            index.add(row)
            members[row.pk] = [row]
        else:
            members[first].append(row)
    yield from members.values()
