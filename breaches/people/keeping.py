"""Writing register entries as sealed rows, a piece at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model

from breaches.people.entries import Entry
from breaches.people.models import (
    ContactPoint,
    Identifier,
    NameKey,
    Person,
    Register,
    Representation,
)
from breaches.people.names import name_parts
from breaches.vault import blind


def keep(register: Register, entries: Iterable[Entry]) -> tuple[int, int]:
    """Add or update the people of `entries`; return how many were new and how many changed."""
    by_key = {blind.index(register.key_name, "key", one.key): one for one in entries}
    known = {
        person.key: person for person in Person.objects.filter(register=register, key__in=by_key)
    }
    new = [
        Person(register=register, key_name=register.key_name, key=key).with_document(one.person)
        for key, one in by_key.items()
        if key not in known
    ]
    Person.objects.bulk_create(new)
    changed = [known[key] for key in known if known[key].document != by_key[key].person]
    for person in changed:
        person.seal(by_key[person.key].person)
    Person.objects.bulk_update(changed, ["sealed"])
    _keep_around([*new, *known.values()], by_key)
    return len(new), len(changed)


def _keep_around(people: list[Person], by_key: dict[str, Entry]) -> None:
    """Write what hangs on people anew; a safe address that staff entered stays."""
    ContactPoint.objects.filter(person__in=people, source="register").delete()
    for model in (Identifier, NameKey, Representation):
        model._default_manager.filter(person__in=people).delete()
    rows: list[Any] = [row for person in people for row in _around(person, by_key[person.key])]
    for kind in (Identifier, NameKey, ContactPoint, Representation):
        of_kind: list[Any] = [row for row in rows if isinstance(row, kind)]
        kind._default_manager.bulk_create(of_kind)


def _around(person: Person, one: Entry) -> Iterator[Model]:
    key = person.key_name
    for kind, value in one.identifiers.items():
        index = blind.index(key, kind, value)
        row = Identifier(person=person, key_name=key, kind=kind, index=index)
        yield row.with_document({"value": value})
    for part in name_parts(one.names):
        yield NameKey(person=person, index=blind.index(key, "name", part))
    if one.lines:
        point = ContactPoint(person=person, key_name=key, is_safe=one.is_safe)
        yield point.with_document({"lines": one.lines})
    if one.counsel:
        yield Representation(person=person, key_name=key).with_document(one.counsel)
