"""Taking in a register: receive, compare, accept, undo."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from breaches.audit import leases, log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.evidence import actions as evidence_actions
from breaches.leaks.tabular import Unreadable
from breaches.people import columns, comparing, keeping
from breaches.people.changing import ChangedSince, undo
from breaches.people.importing import PIECE, Layout, Piece, look, pieces
from breaches.people.models import (
    Decision,
    ImportChange,
    ImportProblem,
    ImportStatus,
    Person,
    PersonChange,
    Register,
    RegisterImport,
)
from breaches.people.queries import REGISTER, the_register
from breaches.vault import keys


class NotAConflict(Refused):
    """Only what the file and a correction disagree on is decided by a person."""


def receive_register(
    upload: UploadedFile, *, handed_over_by: str, by: User, at: datetime
) -> RegisterImport:
    """Seal a register file, to be read in the background.

    Raises AlreadyHere, EmptyFile, NoRoom.
    """
    register = the_register() or _new_register(by=by, at=at)
    evidence = evidence_actions.keep_for_register(
        register.key_name, upload, handed_over_by=handed_over_by, by=by, at=at
    )
    with evidence_actions.listed_once(evidence):
        order = RegisterImport.objects.create(
            register=register, evidence=evidence, status=ImportStatus.RECEIVED, status_at=at
        )
        log.record(order, "register.received", by=by, at=at)
    return order


def import_register(order: RegisterImport, *, at: datetime) -> None:
    """Read a register file in pieces. Safe to repeat and to kill.

    The first file of an empty register is taken in at once; any other is compared, and changes
    nothing until somebody accepts it. Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(order, ImportStatus.IMPORTING, at=at)
    is_first = not Person.objects.filter(register=order.register).exclude(added_by=order).exists()
    try:
        found, layout = look(order)
        lease.keep(total=found.rows)
        for piece in pieces(order, layout, skip=order.done):
            _read_piece(lease, order, layout, piece, is_first)
    except Unreadable as problem:
        move(order, ImportStatus.REFUSED, by=None, at=lease.now, problem=str(problem)[:300])
        return
    end = ImportStatus.IMPORTED if is_first else ImportStatus.COMPARED
    move(order, end, by=None, at=lease.now, claim=None)


def _read_piece(
    lease: leases.Lease, order: RegisterImport, layout: Layout, piece: Piece, is_first: bool
) -> None:
    with transaction.atomic():
        ImportProblem.objects.bulk_create(piece.problems)
        done = order.done + piece.rows
        if is_first:
            entries = (one.entry for one in piece.read)
            added = keeping.add_people(order.register, entries, order)
            lease.keep(done=done, added=order.added + added)
            return
        mentioned = columns.slots(set(layout.columns.values()))
        stay, changed = comparing.compare(order, piece.read, mentioned)
        lease.keep(done=done, unchanged=order.unchanged + stay, changed=order.changed + changed)


def accept_import(order: RegisterImport, *, by: User, at: datetime) -> None:
    """Have what a file would change applied. Raises IllegalMove, MovedMeanwhile."""
    total = order.changes.count()
    move(order, ImportStatus.ACCEPTED, by=by, at=at, done=0, total=total, accepted_by=by)


def discard_import(order: RegisterImport, *, by: User, at: datetime) -> None:
    """Set a compared file aside; it changes nothing. Raises IllegalMove, MovedMeanwhile."""
    move(order, ImportStatus.DISCARDED, by=by, at=at)


def decide(change: ImportChange, decision: str, *, by: User, at: datetime) -> None:
    """Say whose word counts where the file and a correction disagree.

    Raises NotAConflict, IllegalMove.
    """
    order = change.register_import
    order.check_move(ImportStatus.ACCEPTED)
    if change.kind != "conflict" or decision not in set(Decision.values):
        raise NotAConflict("There is nothing to decide here.")
    with transaction.atomic():
        ImportChange.objects.filter(pk=change.pk).update(decision=decision)
        log.record(order, "register.decided", by=by, at=at, row=change.row_number, slot=change.slot)


def apply_import(order: RegisterImport, *, at: datetime) -> None:
    """Apply an accepted import, a piece at a time. Safe to repeat and to kill.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(order, ImportStatus.APPLYING, at=at)
    waiting = order.changes.order_by("row_number", "slot", "pk")
    by = order.accepted_by
    while piece := list(waiting[order.done : order.done + PIECE]):
        with transaction.atomic():
            lease.keep(done=order.done + len(piece))
            comparing.apply(piece, order, by=by, at=lease.now)
    added = Person.objects.filter(added_by=order).count()
    move(order, ImportStatus.IMPORTED, by=None, at=lease.now, claim=None, added=added)


def order_undo(order: RegisterImport, *, by: User, at: datetime) -> None:
    """Have an import taken back. Raises IllegalMove, MovedMeanwhile."""
    move(order, ImportStatus.UNDO_ORDERED, by=by, at=at, problem="")


def undo_import(order: RegisterImport, *, at: datetime) -> None:
    """Put the register back to what it was before an import, to the byte, or say why not.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(order, ImportStatus.UNDOING, at=at)
    put_back = partial(move, order, by=None, at=lease.now, claim=None)
    try:
        with transaction.atomic():
            lease.keep()
            undo(PersonChange.objects.filter(register_import=order, undone_at=None), at=lease.now)
            Person.objects.filter(added_by=order).delete()
            order.changes.update(is_applied=False)
            put_back(ImportStatus.UNDONE)
    except ChangedSince as later:
        put_back(ImportStatus.IMPORTED, problem=str(later)[:300])
    except ProtectedError:
        put_back(ImportStatus.IMPORTED, problem=IN_USE)


IN_USE = (
    "Some of the people that this file added were matched to a leak, changed or merged since, "
    "so they cannot be taken out again. Nothing was undone."
)


def read_again(
    order: RegisterImport, meanings: Mapping[int, str], *, by: User, at: datetime
) -> None:
    """Read a file anew with what a person says its columns hold.

    Raises IllegalMove, MovedMeanwhile.
    """
    with transaction.atomic():
        for column in order.columns.all():
            column.element, column.is_corrected = meanings.get(column.position, ""), True
            column.save(update_fields=["element", "is_corrected"])
        order.changes.all().delete()
        order.problems.all().delete()
        fresh = {"done": 0, "total": 0, "added": 0, "changed": 0, "unchanged": 0}
        move(order, ImportStatus.RECEIVED, by=by, at=at, problem="", **fresh)


def _new_register(*, by: User, at: datetime) -> Register:
    with contextlib.suppress(FileExistsError):
        keys.create("register")
    try:
        with transaction.atomic():
            register = Register.objects.create(name=REGISTER, key_name="register")
            log.record(register, "register.opened", by=by, at=at)
    except IntegrityError:
        return Register.objects.get(name=REGISTER)
    return register
