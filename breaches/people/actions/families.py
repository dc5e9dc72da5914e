"""Families, and two records that are one person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q

from breaches.audit import log
from breaches.errors import Refused
from breaches.people.actions.rows import ThereAlready, check_not_merged
from breaches.people.changing import ChangedSince, changing
from breaches.people.entries import FACTS, MORE_NAMES, NAMES
from breaches.people.images import digest, images, restore
from breaches.people.models import (
    ContactPoint,
    Identifier,
    Merge,
    NameKey,
    Person,
    Relation,
    Source,
)
from breaches.people.names import display_name
from breaches.people.slots import name_anew, set_facts

MOVED = ("contact_points", "representations", "guardianships", "placements")


class SamePerson(Refused):
    """It takes two."""


def relate(person: Person, other: Person, kind: str, *, by: User, at: datetime) -> None:
    """Say what `other` is to `person`. Raises SamePerson, ThereAlready, MergedAway."""
    if person.pk == other.pk:
        raise SamePerson("Nobody is related to themselves; choose somebody else.")
    for one in (person, other):
        check_not_merged(one)
    try:
        with changing([person, other], "person.related", by=by, at=at), transaction.atomic():
            Relation.objects.create(person=person, other=other, kind=kind)
    except IntegrityError as clash:
        raise ThereAlready("This relation is on record already.") from clash


def unrelate(relation: Relation, *, by: User, at: datetime) -> None:
    """Take a relation away. It stays in the history of both."""
    both = [relation.person, relation.other]
    with changing(both, "person.unrelated", by=by, at=at):
        relation.delete()


def merge(kept: Person, gone: Person, *, by: User, at: datetime) -> Merge:
    """Make two records one person: what `gone` has goes to `kept`; what both have stays `kept`'s.

    The record that goes stays findable, with everything that was matched to or sent for it.
    Raises SamePerson, MergedAway.
    """
    if kept.pk == gone.pk:
        raise SamePerson("A record cannot be merged into itself; choose another.")
    for one in (kept, gone):
        check_not_merged(one)
    with transaction.atomic():
        before = images([kept.pk, gone.pk])
        with changing([kept, gone], "person.merged", by=by, at=at, is_correction=False):
            _move_rows(kept, gone)
            _join_facts(kept, gone)
            Person.objects.filter(pk=gone.pk).update(merged_into=kept)
        kept.refresh_from_db()
        name_anew(kept)
        gone.refresh_from_db()
        row = Merge(kept=kept, gone=gone, by=by, at=at, key_name=kept.key_name)
        row.seal({"before": _by_text(before), "after": _by_text(images([kept.pk, gone.pk]))})
        row.save(force_insert=True)
        log.record(row, "person.joined", by=by, at=at)
    return row


def unmerge(row: Merge, *, by: User, at: datetime) -> None:
    """Part two records again, both as they were to the byte. Raises ChangedSince, NotMerged."""
    if row.undone_at:
        raise NotMerged("These two were parted already.")
    document, now = row.document, images([row.kept_id, row.gone_id])
    if any(digest(now[UUID(pk)]) != digest(text) for pk, text in document["after"].items()):
        raise ChangedSince(
            "The person was changed since the merge. Undo the later changes in the history first, "
            "so that none of them is lost."
        )
    with transaction.atomic():
        both = [row.kept, row.gone]
        with changing(both, "person.unmerged", by=by, at=at, is_correction=False):
            restore(document["before"].values())
        undone: dict[str, Any] = {"undone_by": by, "undone_at": at}
        if not Merge.objects.filter(pk=row.pk, undone_at=None).update(**undone):
            raise NotMerged("These two were parted already.")
        log.record(row, "person.parted", by=by, at=at)


class NotMerged(Refused):
    """There is nothing to part."""


def _by_text(rows: dict[UUID, str]) -> dict[str, str]:
    return {str(pk): text for pk, text in rows.items()}


def _move_rows(kept: Person, gone: Person) -> None:
    """Give `kept` what hangs on `gone`; of what comes from two registers, `kept`'s is current."""
    contacts = list(gone.contact_points.all())
    for name in MOVED:
        getattr(gone, name).filter(source=Source.REGISTER).update(source=Source.STAFF)
        getattr(gone, name).update(person=kept)
    for contact in contacts:
        said, contact.person = contact.document, kept
        contact.seal(said)  # it is sealed with whose it is
    ContactPoint.objects.bulk_update(contacts, ["sealed"])
    there = set(kept.identifiers.values_list("kind", "index"))
    for number in gone.identifiers.all():
        if (number.kind, number.index) not in there:
            Identifier.objects.filter(pk=number.pk).update(person=kept, source=Source.STAFF)
    if not hasattr(kept, "death") and hasattr(gone, "death"):
        type(gone.death).objects.filter(pk=gone.death.pk).update(person=kept)
    _move_relations(kept, gone)
    NameKey.objects.filter(person=gone).delete()


def _move_relations(kept: Person, gone: Person) -> None:
    between = Q(person=kept, other=gone) | Q(person=gone, other=kept)
    Relation.objects.filter(between).delete()
    for relation in Relation.objects.filter(Q(person=gone) | Q(other=gone)):
        ends = {"person": relation.person_id, "other": relation.other_id, "kind": relation.kind}
        ends |= {side: kept.pk for side in ("person", "other") if ends[side] == gone.pk}
        if Relation.objects.filter(**ends).exists():
            relation.delete()
        else:
            Relation.objects.filter(pk=relation.pk).update(
                person=ends["person"], other=ends["other"]
            )


def _join_facts(kept: Person, gone: Person) -> None:
    """Fill what `kept` lacks, and keep the other record's name as one more name."""
    ours, theirs = kept.document, gone.document
    names = (*NAMES, *MORE_NAMES)
    facts = {
        fact: theirs[fact]
        for fact in FACTS
        if fact not in names and theirs.get(fact) and not ours.get(fact)
    }
    called = display_name(theirs)
    known = [ours.get("alias", ""), called if called != display_name(ours) else ""]
    known += [theirs.get("alias", ""), theirs.get("former", ""), theirs["native"]]
    facts["alias"] = "; ".join(dict.fromkeys(filter(None, known)))
    set_facts(kept, {**facts, "native": ours["native"] or theirs["native"]})
