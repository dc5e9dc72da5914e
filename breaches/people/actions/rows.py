"""What staff enter, mend and end on a person's page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.errors import Refused
from breaches.people.addresses import mended
from breaches.people.changing import WHOLE, changing, undo
from breaches.people.freeing import frees
from breaches.people.hand_made import KINDS, Given, end, fill, new_row
from breaches.people.models import ContactPoint, Person, PersonChange, Source
from breaches.people.sight import sight_of
from breaches.people.slots import set_facts

IMPOUNDED = "This address is impounded; only those with the right change it."


class ThereAlready(Refused):
    """The person has this already."""


class NothingOffered(Refused):
    """No address here has a ZIP Code to mend."""


class MergedAway(Refused):
    """The record is part of another now."""


class Impounded(Refused):
    """Only those with the right set an impounded address free."""


class NotByItself(Refused):
    """A merge is parted as a whole, not undone on one of the two records."""


def add_row(person: Person, kind: str, given: Given, *, by: User, at: datetime) -> Any:
    """Add a contact point, representation, guardian, custody, death or number.

    Raises ThereAlready, MergedAway.
    """
    check_not_merged(person)
    row = new_row(KINDS[kind], person)
    try:
        with changing([person], f"person.{kind}_added", by=by, at=at), transaction.atomic():
            fill(row, KINDS[kind], given)
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise ThereAlready("This is on record already; change or end it there.") from clash
    return row


def change_row(row: Any, kind: str, given: Given, *, by: User, at: datetime) -> None:
    """Mend what is on record. Raises ThereAlready, MergedAway, NothingChanged."""
    check_not_merged(row.person)
    try:
        with changing([row.person], f"person.{kind}_changed", by=by, at=at), transaction.atomic():
            fill(row, KINDS[kind], given)
            row.save()
    except IntegrityError as clash:
        raise ThereAlready("This is on record already; change or end it there.") from clash


def take_offers(rows: Sequence[ContactPoint], *, by: User, at: datetime) -> int:
    """Give addresses back the zeros that their ZIP Codes lost; return how many.

    Each is a change of its person that can be undone. Raises NothingOffered, MergedAway.
    """
    offered = {row.pk: (row, row.document.get("offer", "")) for row in rows}
    todo = {
        pk: (row, mended(row.document["lines"], zip_code))
        for pk, (row, zip_code) in offered.items()
        if zip_code
    }
    wanted = [(row, lines) for row, lines in todo.values() if lines]
    if not wanted:
        raise NothingOffered("No ZIP Code here lacks a zero any more; nothing was changed.")
    people = {row.person_id: row.person for row, _ in wanted}
    for person in people.values():
        check_not_merged(person)
    with changing(list(people.values()), "person.zip_mended", by=by, at=at):
        for row, lines in wanted:
            given = {name: getattr(row, name) for name in KINDS["contact"].clear}
            said = {"country": "", "note": "", **row.document, "lines": lines}
            fill(row, KINDS["contact"], {**said, **given, "source": Source.STAFF})
            row.save()
    return len(wanted)


def end_row(row: Any, kind: str, *, by: User, at: datetime) -> None:
    """End what is on record, today; what has no end is taken away. It stays in the history.

    Raises MergedAway, NothingChanged.
    """
    check_not_merged(row.person)
    with changing([row.person], f"person.{kind}_ended", by=by, at=at):
        end(row, KINDS[kind], at.date())


def correct_facts(person: Person, facts: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Correct names, birth date, nationality, languages and the like.

    Raises MergedAway, NothingChanged.
    """
    check_not_merged(person)
    was = person.document
    changed = {name: value for name, value in facts.items() if (was.get(name) or "") != value}
    with changing([person], "person.corrected", by=by, at=at):
        if changed:
            set_facts(person, changed)


def undo_change(change: PersonChange, *, by: User, at: datetime) -> None:
    """Take the latest change of a person back, to the byte.

    Raises ChangedSince, MergedAway, Impounded, NotByItself.
    """
    check_not_merged(change.person)
    if change.event in WHOLE:
        raise NotByItself("Records that were merged are parted under “Records of the same person”.")
    if frees(change) and not sight_of(by, change.person.register).sees_impounded:
        raise Impounded(IMPOUNDED)
    event = "person.change_undone"
    with changing([change.person], event, by=by, at=at, is_correction=False):
        undo([change], at=at)


def check_not_merged(person: Person) -> None:
    """Raise MergedAway when the record is part of another."""
    if person.merged_into_id:
        raise MergedAway("This record is part of another person now; change that one.")
