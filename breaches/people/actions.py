"""Taking in a register."""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.audit import leases, log
from breaches.audit.lifecycle import move
from breaches.evidence import actions as evidence_actions
from breaches.leaks.inspection import Found, inspect
from breaches.leaks.tabular import Row, Unreadable, read
from breaches.leaks.vocabulary import IDENTIFIERS, NAMES
from breaches.people.dates import Order, order_of
from breaches.people.entries import BadEntry, entry
from breaches.people.keeping import keep
from breaches.people.models import ImportProblem, ImportStatus, Register, RegisterImport
from breaches.people.queries import REGISTER, the_register
from breaches.vault import files, keys

PIECE = 500


class Layout(NamedTuple):
    """What each column of a register file holds, and how it writes dates."""

    columns: dict[int, str]
    dates: Order


def receive_register(
    upload: UploadedFile, *, handed_over_by: str, by: User, at: datetime
) -> RegisterImport:
    """Seal a register file, to be taken in in the background.

    Raises AlreadyHere, EmptyFile, NoRoom.
    """
    register = the_register() or _new_register(by=by, at=at)
    evidence = evidence_actions.take_in_for_register(
        register.key_name, upload, handed_over_by=handed_over_by, by=by, at=at
    )
    with transaction.atomic():
        order = RegisterImport.objects.create(
            register=register, evidence=evidence, status=ImportStatus.RECEIVED, status_at=at
        )
        log.record(order, "register.received", by=by, at=at)
    return order


def import_register(order: RegisterImport, *, at: datetime) -> None:
    """Take in the people of a register file in pieces. Safe to repeat and to kill.

    A person the register knows already is updated; nobody is ever removed by an import.
    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(order, ImportStatus.IMPORTING, at=at)
    try:
        found = inspect(read(files.chunks(order.evidence.file)))
        layout = _layout(found)
        lease.keep(total=found.rows)
        rows = _rows(order, found)
        for _ in islice(rows, order.done):
            pass  # taken in before a worker was killed
        while piece := list(islice(rows, PIECE)):
            _take_in(lease, order, layout, piece)
    except Unreadable as problem:
        move(order, ImportStatus.REFUSED, by=None, at=lease.now, problem=str(problem)[:300])
        return
    move(order, ImportStatus.IMPORTED, by=None, at=lease.now, claim=None)


def _take_in(lease: leases.Lease, order: RegisterImport, layout: Layout, piece: list[Row]) -> None:
    entries, problems = [], []
    for row in piece:
        try:
            one = entry(_values(row, layout.columns), layout.dates)
        except BadEntry as problem:
            problems.append((row.row, str(problem)))
            continue
        entries.append(one)
        problems += [(row.row, what) for what in one.problems]
    with transaction.atomic():
        added, changed = keep(order.register, entries)
        ImportProblem.objects.bulk_create(
            ImportProblem(register_import=order, row_number=number, what=what)
            for number, what in problems
        )
        lease.keep(
            done=order.done + len(piece),
            added=order.added + added,
            changed=order.changed + changed,
        )


def _layout(found: Found) -> Layout:
    columns = {column.position: column.element for column in found.columns if column.element}
    if not set(columns.values()) & (NAMES | IDENTIFIERS):
        raise Unreadable(
            "No column has a name or an identifier in its header, such as “given_names”, "
            "“family_names” or “a_number”. Rename the headers and hand the file in again."
        )
    births = [cell for one in found.columns if one.element == "birth_date" for cell in one.first]
    return Layout(columns, order_of(births))


def _rows(order: RegisterImport, found: Found) -> Iterator[Row]:
    for item in read(files.chunks(order.evidence.file)):
        if isinstance(item, Row) and item.sheet == found.sheet and item.row > found.header_row:
            yield item


def _values(row: Row, columns: dict[int, str]) -> dict[str, str]:
    return {
        columns[position]: cell
        for position, cell in enumerate(row.cells)
        if cell and position in columns
    }


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
