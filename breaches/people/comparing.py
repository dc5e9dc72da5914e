"""Comparing a register file with the register, and applying what was shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from breaches.people import keeping
from breaches.people.changing import changing, fresh
from breaches.people.differences import CHANGE, differences, same
from breaches.people.entries import Entry, Said
from breaches.people.importing import Read
from breaches.people.models import (
    ChangeKind,
    Decision,
    ImportChange,
    ImportProblem,
    Person,
    RegisterImport,
)
from breaches.people.slots import set_facts, set_slot

MERGED = "this person was merged into another; nothing of this row is taken in"


def compare(
    order: RegisterImport, rows: Iterable[Read], mentioned: frozenset[str]
) -> tuple[int, int]:
    """Write down what some rows would change; return how many people stay and how many change."""
    by_key = {keeping.key_of(order.register, one.entry): one for one in rows}
    people = Person.objects.filter(register=order.register, key__in=by_key)
    known = {one.key: one for one in people.prefetch_related(*keeping.AROUND)}
    found, same_people, changed = [], 0, 0
    for key, read in by_key.items():
        person = known.get(key)
        if person and person.merged_into_id:
            ImportProblem.objects.create(register_import=order, row_number=read.row, what=MERGED)
            continue
        changes = _changed(order, read, person, mentioned) if person else [_added(order, read)]
        found += changes
        same_people += not changes
        changed += bool(person and changes)
    ImportChange.objects.bulk_create(found)
    return same_people, changed


def _added(order: RegisterImport, read: Read) -> ImportChange:
    document = {"key": read.entry.key, "said": read.entry.said}
    return _change(order, read, ChangeKind.ADD).with_document(document)


def _changed(
    order: RegisterImport, read: Read, person: Person, mentioned: frozenset[str]
) -> list[ImportChange]:
    ours, corrected = keeping.said_of(person), person.document.get("corrected", {})
    return [
        _change(
            order,
            read,
            ChangeKind.CHANGE if one.kind == CHANGE else ChangeKind.CONFLICT,
            person=person,
            slot=one.slot,
        ).with_document({"ours": one.ours, "theirs": one.theirs})
        for one in differences(ours, corrected, read.entry.said, mentioned)
    ]


def _change(order: RegisterImport, read: Read, kind: str, **fields: Any) -> ImportChange:
    return ImportChange(
        register_import=order,
        key_name=order.register.key_name,
        row_number=read.row,
        kind=kind,
        **fields,
    )


def apply(
    changes: list[ImportChange], order: RegisterImport, *, by: User | None, at: datetime
) -> None:
    """Apply changes of one import. What changed since it was shown becomes a conflict."""
    added = [one for one in changes if one.kind == ChangeKind.ADD]
    keeping.add_people(order.register, map(_entry, added), order)
    _apply_to_people([one for one in changes if one.person_id], order, by=by, at=at)
    for one in added:
        one.is_applied = True
    ImportChange.objects.bulk_update(changes, ["is_applied", "kind"])


def _entry(change: ImportChange) -> Entry:
    document = change.document
    return Entry(document["key"], document["said"])


def _apply_to_people(
    changes: list[ImportChange], order: RegisterImport, *, by: User | None, at: datetime
) -> None:
    people = fresh({one.person_id for one in changes if one.person_id})
    said = {pk: keeping.said_of(one) for pk, one in people.items()}
    todo = [one for one in changes if _still_stands(one, said)]
    touched = list({pk: people[pk] for one in todo if (pk := one.person_id)}.values())
    if not touched:
        return
    with changing(touched, "person.imported", by=by, at=at, order=order):
        for one in todo:
            _apply_one(people[_person(one)], one, at)


def _still_stands(change: ImportChange, said: dict[UUID, Said]) -> bool:
    """Say whether a change may be applied, and make it a conflict when staff were faster."""
    document, pk = change.document, _person(change)
    if not same(change.slot, said[pk].get(change.slot), document["ours"]):
        change.kind = ChangeKind.CONFLICT
        return False
    return change.kind == ChangeKind.CHANGE or change.decision != Decision.OPEN


def _apply_one(person: Person, change: ImportChange, at: datetime) -> None:
    theirs = change.document["theirs"]
    if change.decision != Decision.KEEP:
        set_slot(person, change.slot, theirs, on=at.date())
    if change.kind == ChangeKind.CONFLICT:
        _settle(person, change, theirs)
    change.is_applied = True


def _settle(person: Person, change: ImportChange, theirs: Any) -> None:
    """Note that the file was heard: it is not asked again until it says something new."""
    corrected = dict(person.document.get("corrected", {}))
    corrected.pop(change.slot, None)
    if change.decision == Decision.KEEP:
        corrected[change.slot] = theirs
    set_facts(person, {"corrected": corrected})


def _person(change: ImportChange) -> UUID:
    if change.person_id is None:
        raise ValueError("a change to nobody")
    return change.person_id
