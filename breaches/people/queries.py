"""Questions to the register."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from breaches.audit import leases
from breaches.people import identifiers
from breaches.people.cards import Contact, Counsel, PersonCard
from breaches.people.models import ImportStatus, Person, Register, RegisterImport
from breaches.vault import blind

REGISTER = "Register"


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
    """Return whoever has exactly this identifier, or is called so in the register."""
    numbers = {
        blind.index(register.key_name, kind, identifiers.normal(kind, text))
        for kind in ("a_number", "passport", "case_number", "ssn")
    }
    people = Person.objects.filter(register=register)
    key = blind.index(register.key_name, "key", text)
    return (people.filter(identifiers__index__in=numbers) | people.filter(key=key)).distinct()


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
