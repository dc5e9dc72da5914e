"""Changing people: what was there is kept to the byte, and what the register said as well.

Whatever is done to somebody who is in the register already goes through `changing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from breaches.audit import log
from breaches.errors import Refused
from breaches.people import keeping
from breaches.people.differences import same
from breaches.people.entries import Said
from breaches.people.images import digest, images, restore
from breaches.people.models import Person, PersonChange, RegisterImport

WHOLE = frozenset({"person.merged", "person.unmerged"})  # two records at once, undone as a whole


class NothingChanged(Refused):
    """Everything was so already."""


class ChangedSince(Refused):
    """Somebody was changed after what is to be undone."""


@contextmanager
def changing(
    people: Sequence[Person],
    event: str,
    *,
    by: User | None,
    at: datetime,
    order: RegisterImport | None = None,
    is_correction: bool = True,
) -> Iterator[None]:
    """Keep a change to `people` that the caller makes inside, as `event` of each.

    A correction outranks what the register said; an import or an undo is none.
    Raises NothingChanged when the caller changed nothing; nothing is kept then.
    """
    ids = [one.pk for one in people]
    with transaction.atomic():
        list(Person.objects.select_for_update().filter(pk__in=ids))
        was = images(ids)
        heeds = is_correction and order is None
        said = {pk: keeping.said_of(one) for pk, one in fresh(ids).items()} if heeds else {}
        yield
        now = images(ids)
        changed = [pk for pk in ids if now[pk] != was[pk]]
        if not changed:
            raise NothingChanged("Everything was so already; nothing was changed.")
        if _remember_corrections(changed, said):
            now = images(ids)
        _keep(event, [(pk, was[pk], now[pk]) for pk in changed], by=by, at=at, order=order)


def undo(changes: Iterable[PersonChange], *, at: datetime) -> int:
    """Put back what `changes` changed, and mark them; return how many people it was.

    Nothing is put back unless everything can be. Raises ChangedSince.
    """
    todo = sorted(changes, key=lambda change: change.at)
    last = {change.person_id: change for change in todo}
    first = {change.person_id: change for change in reversed(todo)}
    with transaction.atomic():
        now = images(last)
        later = sum(digest(now[pk]) != change.digest for pk, change in last.items())
        if later:
            raise ChangedSince(
                f"{later} of these people {'was' if later == 1 else 'were'} changed since. "
                "Undo the later changes on their pages first."
            )
        restore(change.document["rows"] for change in first.values())
        PersonChange.objects.filter(pk__in=[one.pk for one in todo]).update(undone_at=at)
    return len(first)


def fresh(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Return people as they stand now, with what hangs on them, by id."""
    rows = Person.objects.filter(pk__in=list(ids)).prefetch_related(*keeping.AROUND)
    return {one.pk: one for one in rows}


def _keep(
    event: str,
    changed: Sequence[tuple[UUID, str, str]],
    *,
    by: User | None,
    at: datetime,
    order: RegisterImport | None,
) -> None:
    people = fresh(pk for pk, _, _ in changed)
    PersonChange.objects.bulk_create(
        PersonChange(
            person=people[pk],
            key_name=people[pk].key_name,
            event=event,
            by=by,
            at=at,
            register_import=order,
            digest=digest(now),
        ).with_document({"rows": was, "now": now})
        for pk, was, now in changed
    )
    log.record_many(list(people.values()), event, by=by, at=at)


def _remember_corrections(ids: Iterable[UUID], before: dict[UUID, Said]) -> bool:
    """Keep what the register said wherever staff now say otherwise; say whether that was so."""
    written = False
    for pk, one in fresh(pk for pk in ids if pk in before).items():
        corrected = _corrected(one, before[pk], keeping.said_of(one))
        document = one.document
        if corrected != document.get("corrected", {}):
            one.seal({**document, "corrected": corrected})
            one.save(update_fields=["sealed"])
            written = True
    return written


def _corrected(one: Person, before: Said, now: Said) -> Said:
    corrected: Said = dict(one.document.get("corrected", {}))
    for slot in {*before, *now}:
        if not same(slot, before.get(slot), now.get(slot)):
            corrected.setdefault(slot, before.get(slot))
        if slot in corrected and same(slot, corrected[slot], now.get(slot)):
            del corrected[slot]
    return corrected
