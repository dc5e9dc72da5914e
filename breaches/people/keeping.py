"""Facts in slots as sealed rows, and rows as facts in slots."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from anyascii import anyascii
from django.db.models import Model

from breaches.people.entries import ALWAYS, FACTS, MORE_NAMES, NAMES, Entry, Said
from breaches.people.models import (
    ContactKind,
    ContactPoint,
    Death,
    Guardianship,
    Identifier,
    NameKey,
    Person,
    Register,
    RegisterImport,
    Representation,
    Source,
)
from breaches.people.names import name_parts
from breaches.vault import blind
from breaches.vault.models import sealer_for

AROUND = ("identifiers", "contact_points", "representations", "guardianships", "death")
PLACE = ("lines", "normal", "country", "offer")
KINDS = (Identifier, NameKey, ContactPoint, Representation, Guardianship, Death)


def add_people(register: Register, entries: Iterable[Entry], order: RegisterImport) -> int:
    """Add the people of `entries` whom the register does not know; return how many."""
    by_key = {key_of(register, one): one for one in entries}
    known = set(
        Person.objects.filter(register=register, key__in=by_key).values_list("key", flat=True)
    )
    sealer = sealer_for(register.key_name)
    new = [
        Person(
            register=register, key_name=register.key_name, key=key, added_by=order
        ).with_document(facts_of(one.said), sealer)
        for key, one in by_key.items()
        if key not in known
    ]
    Person.objects.bulk_create(new)
    add_rows([row for person in new for row in rows_of(person, by_key[person.key].said)])
    return len(new)


def key_of(register: Register, one: Entry) -> str:
    """Return the blind index of what the register calls somebody."""
    return blind.index(register.key_name, "key", one.key)


def facts_of(said: Said) -> dict[str, Any]:
    """Return the document of a person who has only what the register says."""
    facts = {slot: said[slot] for slot in FACTS if slot in said}
    return dict.fromkeys(ALWAYS, "") | facts


def said_of(person: Person) -> Said:
    """Return the facts of a person, slot by slot, as the register's own rows have them now.

    Prefetch AROUND when many are asked.
    """
    facts = person.document
    said = {slot: facts[slot] for slot in FACTS if facts.get(slot)}
    for number in person.identifiers.all():
        if number.source == Source.REGISTER:
            said[f"identifier.{number.kind}"] = number.document["value"]
    for slot, rows in (
        ("address", [row for row in person.contact_points.all() if row.valid_to is None]),
        ("counsel", [row for row in person.representations.all() if row.withdrawn_on is None]),
        ("guardian", [row for row in person.guardianships.all() if row.ended_on is None]),
    ):
        for row in rows:
            if row.source == Source.REGISTER:
                said[slot] = READ[slot](row)
    death = getattr(person, "death", None)
    if death and death.source == Source.REGISTER:
        said["death"] = death.document["on"]
    return said


def rows_of(person: Person, said: Said, on: date | None = None) -> Iterator[Model]:
    """Yield the unsaved rows that hang on a person, for the facts in `said`; new from `on`."""
    yield from name_keys(person, " ".join(str(said.get(n, "")) for n in (*NAMES, *MORE_NAMES)))
    for slot, value in said.items():
        if slot.startswith("identifier."):
            yield identifier(person, slot.partition(".")[2], value)
    if address := said.get("address"):
        yield contact_point(person, address, valid_from=on)
    if counsel := said.get("counsel"):
        yield representation(person, counsel, effective_on=on)
    if guardian := said.get("guardian"):
        yield guardianship(person, guardian)
    if died := said.get("death"):
        yield Death(person=person, key_name=person.key_name).with_document({"on": died})


def add_rows(rows: list[Any]) -> None:
    """Save rows of several kinds, kind by kind."""
    for kind in KINDS:
        of_kind: list[Any] = [row for row in rows if isinstance(row, kind)]
        kind._default_manager.bulk_create(of_kind)


def name_keys(person: Person, names: str) -> Iterator[NameKey]:
    """Yield what a person is found by: each part of each name, or its Latin spelling too."""
    parts = name_parts(names)
    if not any(part.isascii() for part in parts):
        parts |= name_parts(anyascii(names))
    for part in parts:
        yield NameKey(person=person, index=blind.index(person.key_name, "name", part))


def identifier(person: Person, kind: str, value: str, **fields: Any) -> Identifier:
    """Return an unsaved identifier; `value` is in its normal form."""
    index = blind.index(person.key_name, kind, value)
    row = Identifier(person=person, key_name=person.key_name, kind=kind, index=index, **fields)
    return row.with_document({"value": value})


def contact_point(person: Person, address: Said, **fields: Any) -> ContactPoint:
    """Return an unsaved postal contact point, or the state that there is no fixed address."""
    key, leads_to = person.key_name, address.get("leads_to", "")
    nowhere = address.get("is_nowhere")
    row = ContactPoint(
        person=person,
        key_name=key,
        kind=ContactKind.NO_FIXED_ADDRESS if nowhere else ContactKind.POST,
        index=blind.index(key, "address", leads_to) if leads_to else "",
        is_safe=address.get("is_safe", False),
        **fields,
    )
    kept = {name: address[name] for name in PLACE if name in address}
    return row.with_document({"lines": [], **kept})


def representation(person: Person, counsel: Said, **fields: Any) -> Representation:
    """Return an unsaved representation."""
    row = Representation(
        person=person,
        key_name=person.key_name,
        form=counsel.get("form", "other"),
        scope=counsel.get("scope", "all"),
        **fields,
    )
    return row.with_document(
        {
            "practitioner": counsel.get("practitioner", ""),
            "organisation": counsel.get("organisation", ""),
            "lines": counsel.get("lines", []),
        }
    )


def guardianship(person: Person, guardian: Said, **fields: Any) -> Guardianship:
    """Return an unsaved guardianship."""
    row = Guardianship(
        person=person,
        key_name=person.key_name,
        is_unsafe=guardian.get("is_unsafe", False),
        kind=guardian.get("kind") or "other",
        **fields,
    )
    return row.with_document({"name": guardian["name"]})


def _address(row: ContactPoint) -> Said:
    said = {name: value for name, value in row.document.items() if name in PLACE and value}
    if row.kind == ContactKind.NO_FIXED_ADDRESS:
        return {"is_nowhere": True, **said}
    return {**said, "is_safe": row.is_safe, "is_impounded": row.is_impounded}


def _counsel(row: Representation) -> Said:
    return {**row.document, "form": row.form, "scope": row.scope}


def _guardian(row: Guardianship) -> Said:
    return {**row.document, "kind": row.kind, "is_unsafe": row.is_unsafe}


READ: dict[str, Any] = {"address": _address, "counsel": _counsel, "guardian": _guardian}
