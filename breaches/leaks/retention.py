"""How long a file is kept: holds, the day of deletion, and decisions to destroy."""

from collections.abc import Collection, Generator
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import islice

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from breaches.audit import leases, log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.evidence.actions import note_custody
from breaches.incidents.models import Incident, IncidentStatus
from breaches.leaks.models import (
    Destruction,
    DestructionStatus,
    FileStatus,
    LegalHold,
    SourceFile,
    SourceRow,
)
from breaches.vault import files
from breaches.vault.models import sealer_for

PIECE = 500
REMINDED = timedelta(days=30)


class OnHold(Refused):
    """A legal hold forbids it."""


class NotKept(Refused):
    """There is nothing to destroy, to hold or to lift."""


ON_HOLD = "A legal hold forbids to destroy anything of this file."


def open_hold(file: SourceFile) -> LegalHold | None:
    """Return the hold that forbids to destroy anything of a file, or None."""
    return file.holds.filter(lifted_at=None).order_by("pk").first()


def under_way(file: SourceFile) -> Destruction | None:
    """Return the destruction that was decided and is not done, or None."""
    return file.destructions.exclude(status=DestructionStatus.DESTROYED).first()


def place_hold(file: SourceFile, reason: str, *, by: User, at: datetime) -> LegalHold:
    """Forbid to destroy anything of a file; a destruction under way goes no further.

    Raises NotKept, OnHold.
    """
    hold = LegalHold(
        incident=file.incident,
        source_file=file,
        key_name=file.incident.key_name,
        placed_by=by,
        placed_at=at,
    ).with_document({"reason": reason})
    with transaction.atomic():
        if _locked(file).is_deleted:
            raise NotKept("The values of this file are destroyed already; only a trace is left.")
        if open_hold(file):
            raise OnHold("There is a hold on this file already.")
        hold.save(force_insert=True)
        stopped = under_way(file)
        done = {"destruction": str(stopped.pk), "rows_destroyed": stopped.done} if stopped else {}
        log.record(hold, "hold.placed", by=by, at=at, **done)
    return hold


def lift_hold(file: SourceFile, reason: str, *, by: User, at: datetime) -> None:
    """Allow again to destroy what is no longer needed. Raises NotKept."""
    hold = open_hold(file)
    if hold is None:
        raise NotKept("There is no hold on this file.")
    hold.seal({**hold.document, "lifted": reason})
    hold.lifted_by, hold.lifted_at = by, at
    with transaction.atomic():
        hold.save()
        log.record(hold, "hold.lifted", by=by, at=at)


def delete_on(file: SourceFile, day: date | None, *, by: User, at: datetime) -> None:
    """Say on which day the values of a file are destroyed, or that no day is set.

    Raises NotKept.
    """
    if file.is_deleted:
        raise NotKept("The values of this file are destroyed already.")
    with transaction.atomic():
        SourceFile.objects.filter(pk=file.pk).update(delete_on=day)
        log.record(file, "file.deletion_set", by=by, at=at, day=str(day or ""))
    file.delete_on = day


def order_destruction(
    file: SourceFile, columns: Collection[str], reason: str, *, by: User | None, at: datetime
) -> Destruction:
    """Decide that what some columns hold is destroyed, by their keys; without any, all of them.

    The file as it was handed over goes with them, since it holds them too. Raises OnHold, NotKept.
    """
    if open_hold(file):
        raise OnHold(ON_HOLD)
    if file.status != FileStatus.READY or file.is_deleted:
        raise NotKept("Only a file that is ready and not destroyed yet can be destroyed.")
    known = {column.key for column in file.columns.all()}
    if unknown := set(columns) - known:
        raise NotKept(f"There is no column {min(unknown)} in this file.")
    order = Destruction(
        incident=file.incident,
        source_file=file,
        key_name=file.incident.key_name,
        columns=sorted(columns),
        status=DestructionStatus.ORDERED,
        status_at=at,
        by=by,
    ).with_document({"reason": reason})
    try:
        with transaction.atomic():
            order.save(force_insert=True)
            log.record(order, "destruction.ordered", by=by, at=at, columns=sorted(columns))
    except IntegrityError as other:
        raise NotKept(
            "Something of this file is being destroyed; wait until it is done."
        ) from other
    return order


def destroy(order: Destruction, *, at: datetime) -> None:
    """Do what was decided, in pieces, until a hold is placed. Safe to repeat and to kill.

    Raises OnHold, IllegalMove, MovedMeanwhile, TakenOver.
    """
    file = order.source_file
    if open_hold(file):
        raise OnHold(ON_HOLD)
    lease = leases.take(order, DestructionStatus.DESTROYING, at=at)
    keys = set(order.columns) or {column.key for column in file.columns.all()}
    lease.keep(total=file.rows.count())
    with closing(_left(order)) as pieces:  # a cursor is not left open when a hold ends the work
        for piece in pieces:
            _destroy_piece(order, lease, piece, keys)
    _end(order, lease, keys)


def _left(order: Destruction) -> Generator[list[SourceRow], None, None]:
    rows = order.source_file.rows.order_by("table", "row_number")
    left = rows[order.done :].iterator(chunk_size=PIECE)
    while piece := list(islice(left, PIECE)):
        yield piece


def _destroy_piece(
    order: Destruction, lease: leases.Lease, piece: list[SourceRow], keys: set[str]
) -> None:
    sealer = sealer_for(order.key_name)
    for row in piece:
        kept = {key: None if key in keys else cell for key, cell in row.document.items()}
        row.seal(kept, sealer)
    with transaction.atomic():
        _check_free(order.source_file)
        SourceRow.objects.bulk_update(piece, ["sealed"])
        lease.keep(done=order.done + len(piece))


def _locked(file: SourceFile) -> SourceFile:
    """Return a file as it is now; a hold and a piece of a destruction take turns at it."""
    return SourceFile.objects.select_for_update(no_key=True).get(pk=file.pk)


def _check_free(file: SourceFile) -> None:
    _locked(file)
    if open_hold(file):
        raise OnHold(ON_HOLD)


def _end(order: Destruction, lease: leases.Lease, keys: set[str]) -> None:
    file = order.source_file
    with transaction.atomic():
        _check_free(file)
        for column in file.columns.all():
            if column.key in keys:
                column.seal({**column.document, "samples": []})
                column.save(update_fields=["sealed"])
        if not order.columns:
            SourceFile.objects.filter(pk=file.pk).update(is_deleted=True)
        note_custody(file.evidence, "destroyed", by=order.by, at=lease.now)
        move(order, DestructionStatus.DESTROYED, by=order.by, at=lease.now, claim=None)
        # Still under the lock: a hold that was answered "placed" finds the file there.
        files.remove(file.evidence.file)


def to_destroy(*, at: datetime) -> QuerySet[Destruction]:
    """Return the decisions that wait for a worker; those on hold wait longer."""
    ordered, doing = DestructionStatus.ORDERED, DestructionStatus.DESTROYING
    held = LegalHold.objects.filter(source_file=OuterRef("source_file"), lifted_at=None)
    waiting = leases.waiting(Destruction, ordered, doing, at=at)
    return waiting.filter(~Exists(held)).exclude(incident__status=IncidentStatus.ENDED)


def due(*, at: datetime) -> QuerySet[SourceFile]:
    """Return the files whose day of deletion has come and that nothing forbids to destroy."""
    held = LegalHold.objects.filter(source_file=OuterRef("pk"), lifted_at=None)
    ordered = Destruction.objects.filter(source_file=OuterRef("pk"))
    open_orders = ordered.exclude(status=DestructionStatus.DESTROYED)
    ready = SourceFile.objects.filter(
        status=FileStatus.READY, is_deleted=False, delete_on__lte=at.date()
    ).exclude(incident__status=IncidentStatus.ENDED)
    return ready.filter(~Exists(held), ~Exists(open_orders)).order_by("pk")


def without_day(incident: Incident) -> QuerySet[SourceFile]:
    """Return the files of an incident for which nobody has set a day of deletion."""
    return incident.files.filter(status=FileStatus.READY, is_deleted=False, delete_on=None)


def soon_due(incident: Incident, *, at: datetime) -> QuerySet[SourceFile]:
    """Return the files whose day of deletion comes within 30 days."""
    until = (at + REMINDED).date()
    return incident.files.filter(is_deleted=False, delete_on__lte=until).order_by("delete_on")
