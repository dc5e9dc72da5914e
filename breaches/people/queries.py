"""Questions to the register."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Case, Count, F, Q, QuerySet, When

from breaches.audit import leases
from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS
from breaches.people import identifiers
from breaches.people.cards import PersonCard
from breaches.people.kinship import BACK, WORDS
from breaches.people.models import (
    ChangeKind,
    ContactPoint,
    Decision,
    Facility,
    Identifier,
    ImportChange,
    ImportStatus,
    Merge,
    NameKey,
    Person,
    Register,
    RegisterImport,
    Relation,
)
from breaches.people.names import display_name, name_parts
from breaches.people.opening import WITH, open_card
from breaches.people.sight import Sight, blind_sight, index_of, sight_of
from breaches.vault import blind

REGISTER = "Register"


class Listed(NamedTuple):
    """A person as a list shows them."""

    pk: UUID
    name: str
    birth_date: str


class NumberSeen(NamedTuple):
    """An identifier, opened."""

    pk: UUID
    label: str
    value: str


class Relative(NamedTuple):
    """Somebody of a person's family."""

    relation: int
    pk: UUID
    name: str
    words: str


class RegisterPerson(NamedTuple):
    """A person, opened, as the matching room needs them."""

    pk: UUID
    given: str
    family: str
    native: str
    full: str
    birth_date: str
    nationality: str
    identifiers: dict[str, str]


def the_register() -> Register | None:
    """Return the register, or None before the first import."""
    return Register.objects.filter(name=REGISTER).first()


def sight_for(user: User) -> Sight:
    """Return what `user` may see of addresses, with a register or without."""
    register = the_register()
    return sight_of(user, register) if register else Sight("", frozenset())


def to_work_on(*, at: datetime) -> list[int]:
    """Return the ids of register files that wait for a worker, to be read, applied or undone."""
    steps = (
        (ImportStatus.RECEIVED, ImportStatus.IMPORTING),
        (ImportStatus.ACCEPTED, ImportStatus.APPLYING),
        (ImportStatus.UNDO_ORDERED, ImportStatus.UNDOING),
    )
    waiting = (leases.waiting(RegisterImport, ready, busy, at=at) for ready, busy in steps)
    return [pk for rows in waiting for pk in rows.values_list("pk", flat=True)]


def persons_of(register: Register) -> Iterator[RegisterPerson]:
    """Yield everybody in the register, opened one at a time; merged records only once."""
    people = everybody(register).prefetch_related("identifiers")
    for person in people.iterator(chunk_size=2000):
        facts = person.document
        numbers = {row.kind: row.document["value"] for row in person.identifiers.all()}
        given = " ".join(filter(None, [facts["given"], facts["middle"]]))
        yield RegisterPerson(
            *(person.pk, given, facts["family"], facts["native"], facts["full"]),
            *(facts["birth_date"], facts["nationality"], numbers),
        )


def cards(ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Return the card of each person by id."""
    people = list(Person.objects.filter(pk__in=list(ids)).prefetch_related(*WITH))
    into = _merged_into(people)
    register = the_register()
    sight = blind_sight(register) if register else Sight("", frozenset())
    return {person.pk: open_card(into.get(person.pk, person), sight) for person in people}


def kept_records(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return, for each merged record among `ids`, the person it is part of now."""
    people = Person.objects.filter(pk__in=list(ids)).exclude(merged_into=None)
    return {pk: person.pk for pk, person in _merged_into(people).items()}


def who_holds_impounded() -> QuerySet[ContactPoint, Any]:
    """Return, as ids to filter by, whoever has an impounded address, their own or another's."""
    hidden = ContactPoint.objects.filter(is_impounded=True).exclude(index="").values("index")
    return ContactPoint.objects.filter(index__in=hidden).values("person")


def address_index() -> Callable[[Iterable[str]], str]:
    """Return what gives the blind index of where an address leads; "" is nowhere or unknown."""
    register = the_register()
    return partial(index_of, register.key_name) if register else lambda _: ""


def card(person: Person) -> PersonCard:
    """Return what routing and letters need to know of one person."""
    return cards([person.pk])[person.pk]


def _merged_into(people: Iterable[Person]) -> dict[UUID, Person]:
    """Return, for each record that was merged into another, the person it is part of now."""
    found: dict[UUID, Person] = {}
    for person in people:
        last = person
        while last.merged_into_id:
            last = Person.objects.prefetch_related(*WITH).get(pk=last.merged_into_id)
            found[person.pk] = last
    return found


def find(register: Register, text: str) -> QuerySet[Person]:
    """Return whoever has exactly this identifier, or every part of this name."""
    key = register.key_name
    numbers = {
        blind.index(key, kind, identifiers.normal(kind, text)) for kind in sorted(IDENTIFIERS)
    }
    people = everybody(register)
    parts = name_parts(text)
    named = people if parts else people.none()
    for part in parts:
        held = NameKey.objects.filter(index=blind.index(key, "name", part))
        named = named.filter(pk__in=held.values("person"))
    numbered = Identifier.objects.filter(index__in=numbers).values("person")
    wanted = Q(pk__in=numbered) | Q(key=blind.index(key, "key", text.strip()))
    return people.filter(wanted | Q(pk__in=named.values("pk")))


def everybody(register: Register) -> QuerySet[Person]:
    """Return the people of a register in an order that stays."""
    return Person.objects.filter(register=register, merged_into=None).order_by("pk")


def listed(people: Iterable[Person]) -> list[Listed]:
    """Return people as a list shows them: name and birth date, opened."""
    documents = ((person, person.document) for person in people)
    return [Listed(one.pk, display_name(facts), facts["birth_date"]) for one, facts in documents]


def numbers_of(person: Person) -> list[NumberSeen]:
    """Return the identifiers of a person, each with what it is called."""
    rows = person.identifiers.order_by("kind", "pk")
    return [NumberSeen(row.pk, ELEMENTS[row.kind].label, row.document["value"]) for row in rows]


def family_of(person: Person) -> list[Relative]:
    """Return who belongs to somebody, and what they are to them, whoever it was said of."""
    forth = Relation.objects.filter(person=person).select_related("other")
    back = Relation.objects.filter(other=person).select_related("person")
    found = [(row, row.other, row.kind) for row in forth]
    found += [(row, row.person, BACK[row.kind]) for row in back]
    return [
        Relative(row.pk, other.pk, display_name(other.document), WORDS[kind])
        for row, other, kind in sorted(found, key=lambda item: item[0].pk)
    ]


def merges_of(person: Person) -> list[tuple[Merge, str]]:
    """Return the records that are part of a person, each with the name it came under."""
    rows = Merge.objects.filter(kept=person, undone_at=None).select_related("gone", "by")
    return [(row, display_name(row.gone.document)) for row in rows.order_by("-at")]


def changes_of(order: RegisterImport) -> QuerySet[ImportChange]:
    """Return what a file would change: conflicts first, then changes, then new people."""
    rank = Case(
        When(kind=ChangeKind.CONFLICT, then=0), When(kind=ChangeKind.CHANGE, then=1), default=2
    )
    rows = ImportChange.objects.filter(register_import=order).select_related("person")
    return rows.order_by(rank, "row_number", "slot", "pk")


def change_counts(order: RegisterImport) -> dict[str, int]:
    """Return how many people a file would add, how many facts change, how many need a person."""
    rows = ImportChange.objects.filter(register_import=order)
    by_kind = dict(rows.values_list("kind").annotate(number=Count("pk")))
    counts = {kind: by_kind.get(kind, 0) for kind in ChangeKind.values}
    open_ones = rows.filter(kind=ChangeKind.CONFLICT, decision=Decision.OPEN, is_applied=False)
    return {**counts, "open": open_ones.count()}


def imports_of(register: Register) -> QuerySet[RegisterImport]:
    """Return the register files that were handed in, latest first."""
    rows = RegisterImport.objects.filter(register=register).select_related("evidence")
    return rows.order_by("-pk")


def facilities() -> QuerySet[Facility]:
    """Return the facilities, open ones first, by name."""
    return Facility.objects.order_by(F("closed_on").asc(nulls_first=True), "name")


def check_again(today: date) -> date:
    """Return the day before which a facility's rules count as old: three months."""
    return today - timedelta(days=90)
