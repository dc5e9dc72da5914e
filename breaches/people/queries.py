"""Questions to the register."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from breaches.audit import leases
from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS
from breaches.people import identifiers
from breaches.people.cards import Contact, Counsel, PersonCard
from breaches.people.models import (
    Identifier,
    ImportStatus,
    NameKey,
    Person,
    Register,
    RegisterImport,
)
from breaches.people.names import name_parts
from breaches.vault import blind

REGISTER = "Register"


class Listed(NamedTuple):
    """A person as a list shows them."""

    pk: UUID
    name: str
    birth_date: str


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


def to_import(*, at: datetime) -> QuerySet[RegisterImport]:
    """Return the register files that wait for a worker."""
    return leases.waiting(RegisterImport, ImportStatus.RECEIVED, ImportStatus.IMPORTING, at=at)


def persons_of(register: Register) -> Iterator[RegisterPerson]:
    """Yield everybody in the register, opened one at a time."""
    people = Person.objects.filter(register=register).prefetch_related("identifiers")
    for person in people.order_by("pk").iterator(chunk_size=2000):
        facts = person.document
        numbers = {row.kind: row.document["value"] for row in person.identifiers.all()}
        given = " ".join(filter(None, [facts["given"], facts["middle"]]))
        yield RegisterPerson(
            *(person.pk, given, facts["family"], facts["native"], facts["full"]),
            *(facts["birth_date"], facts["nationality"], numbers),
        )


def cards(ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Return the card of each person by id."""
    people = Person.objects.filter(pk__in=list(ids))
    return {
        person.pk: _card(person)
        for person in people.prefetch_related("contact_points", "representations")
    }


def card(person: Person) -> PersonCard:
    """Return what routing and letters need to know of one person."""
    return _card(person)


def find(register: Register, text: str) -> QuerySet[Person]:
    """Return whoever has exactly this identifier, or every part of this name."""
    key = register.key_name
    numbers = {
        blind.index(key, kind, identifiers.normal(kind, text)) for kind in sorted(IDENTIFIERS)
    }
    people = Person.objects.filter(register=register)
    parts = name_parts(text)
    named = people if parts else people.none()
    for part in parts:
        held = NameKey.objects.filter(index=blind.index(key, "name", part))
        named = named.filter(pk__in=held.values("person"))
    numbered = Identifier.objects.filter(index__in=numbers).values("person")
    wanted = Q(pk__in=numbered) | Q(key=blind.index(key, "key", text.strip()))
    return people.filter(wanted | Q(pk__in=named.values("pk"))).order_by("pk")


def everybody(register: Register) -> QuerySet[Person]:
    """Return the people of a register in an order that stays."""
    return Person.objects.filter(register=register).order_by("pk")


def listed(people: Iterable[Person]) -> list[Listed]:
    """Return people as a list shows them: name and birth date, opened."""
    documents = ((person, person.document) for person in people)
    return [Listed(one.pk, display_name(facts), facts["birth_date"]) for one, facts in documents]


def numbers_of(person: Person) -> list[tuple[str, str]]:
    """Return the identifiers of a person, each with what it is called."""
    rows = person.identifiers.order_by("kind")
    return [(ELEMENTS[row.kind].label, row.document["value"]) for row in rows]


def imports_of(register: Register) -> QuerySet[RegisterImport]:
    """Return the register files that were handed in, latest first."""
    rows = RegisterImport.objects.filter(register=register).select_related("evidence")
    return rows.order_by("-pk")


def display_name(facts: dict[str, Any]) -> str:
    """Return the name of a person as it is printed."""
    parts = [facts["given"], facts["middle"], facts["family"]]
    return " ".join(filter(None, parts)) or facts["full"] or facts["native"]


def _card(person: Person) -> PersonCard:
    facts = person.document
    contacts = [
        Contact(tuple(row.document["lines"]), row.is_safe, row.is_impounded, row.is_do_not_contact)
        for row in person.contact_points.all()
    ]
    current = [row for row in person.representations.all() if row.withdrawn_on is None]
    counsel = current[0].document if current else None
    return PersonCard(
        name=display_name(facts),
        birth_date=facts["birth_date"],
        nationality=facts["nationality"],
        language=facts["language"],
        is_dead=bool(facts["deceased_on"]),
        guardian=facts["guardian"],
        guardian_is_unsafe=facts["guardian_unsafe"],
        counsel=Counsel(
            *(counsel["practitioner"], counsel["organisation"]),
            *(tuple(counsel["lines"]), current[0].scope),
        )
        if counsel
        else None,
        contacts=tuple(sorted(contacts, key=lambda contact: not contact.is_safe)),
    )
