"""Taking in a leaked file, naming its columns, sealing its rows."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from breaches.audit import leases, log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.evidence import actions as evidence_actions
from breaches.incidents.models import Incident
from breaches.leaks.inspection import Found, inspect
from breaches.leaks.models import CellProblem, ColumnMapping, FileStatus, SourceFile, SourceRow
from breaches.leaks.problems import doubts
from breaches.leaks.tabular import Row, Unreadable, read
from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS, NAMES
from breaches.vault import files

PIECE = 500


class NothingToFindPeopleBy(Refused):
    """No column names anybody."""


class UnknownElement(Refused):
    """There is no such data element."""


def receive_file(
    incident: Incident, upload: UploadedFile, *, handed_over_by: str, by: User, at: datetime
) -> SourceFile:
    """Seal a leaked file as evidence, to be read in the background.

    Raises AlreadyHere, EmptyFile, NoRoom.
    """
    evidence = evidence_actions.take_in(
        incident, upload, kind="leaked_file", handed_over_by=handed_over_by, by=by, at=at
    )
    with transaction.atomic():
        file = SourceFile.objects.create(
            incident=incident, evidence=evidence, status=FileStatus.RECEIVED, status_at=at
        )
        log.record(file, "file.received", by=by, at=at)
    return file


def inspect_file(file: SourceFile, *, at: datetime) -> None:
    """Read a file once and suggest what its columns hold. Safe to repeat.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(file, FileStatus.READING, at=at)
    try:
        found = inspect(read(files.chunks(file.evidence.file)))
    except Unreadable as problem:
        move(file, FileStatus.REFUSED, by=None, at=lease.now, problem=str(problem)[:300])
        return
    with transaction.atomic():
        lease.keep(total=found.rows)
        ColumnMapping.objects.filter(source_file=file).delete()
        ColumnMapping.objects.bulk_create(_columns(file, found))
        move(
            file,
            FileStatus.MAPPING,
            by=None,
            at=lease.now,
            sheet=found.sheet,
            header_row=found.header_row,
            hidden_sheets=found.hidden.get("hidden_sheets", 0),
            hidden=found.hidden,
            claim=None,
            claimed_at=None,
        )


def confirm_mapping(
    file: SourceFile, elements: Mapping[int, str], *, by: User, at: datetime
) -> None:
    """Say what each column holds, by its position; columns left out stay unnamed.

    Raises NothingToFindPeopleBy, UnknownElement, IllegalMove, MovedMeanwhile.
    """
    file.check_move(FileStatus.MAPPED)
    if unknown := set(elements.values()) - set(ELEMENTS) - {""}:
        raise UnknownElement(f"There is no data element “{min(unknown)}”.")
    if not set(elements.values()) & (NAMES | IDENTIFIERS):
        raise NothingToFindPeopleBy(
            "No column is a name or an identifier, so nobody could be found. "
            "Name at least one such column."
        )
    with transaction.atomic():
        for column in file.columns.all():
            column.element = elements.get(column.position, "")
            column.save(update_fields=["element"])
        move(file, FileStatus.MAPPED, by=by, at=at)


def store_rows(file: SourceFile, *, at: datetime) -> None:
    """Seal the rows of a file in pieces of 500. Safe to repeat and to kill.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(file, FileStatus.STORING, at=at)
    elements = dict(file.columns.values_list("position", "element"))
    width = max((position for position, header in _headers(file) if header), default=-1) + 1
    naming = {position for position, element in elements.items() if element in NAMES | IDENTIFIERS}
    rows = _data_rows(file)
    try:
        for _ in islice(rows, file.done):
            pass  # stored before a worker was killed
        while piece := list(islice(rows, PIECE)):
            with transaction.atomic():
                lease.keep(done=file.done + len(piece))
                SourceRow.objects.bulk_create([_sealed(file, row, naming) for row in piece])
                CellProblem.objects.bulk_create(_problems(file, piece, elements, width))
    except Unreadable as problem:
        move(file, FileStatus.REFUSED, by=None, at=lease.now, problem=str(problem)[:300])
        return
    move(file, FileStatus.READY, by=None, at=lease.now, total=file.done, claim=None)


def _data_rows(file: SourceFile) -> Iterator[Row]:
    for item in read(files.chunks(file.evidence.file)):
        if isinstance(item, Row) and item.sheet == file.sheet and item.row > file.header_row:
            yield item


def _sealed(file: SourceFile, row: Row, naming: set[int]) -> SourceRow:
    cells = {str(position): cell for position, cell in enumerate(row.cells) if cell}
    return SourceRow(
        incident=file.incident,
        source_file=file,
        sheet=row.sheet,
        row_number=row.row,
        key_name=file.incident.key_name,
        is_identifying=any(str(position) in cells for position in naming),
    ).with_document(cells)


def _headers(file: SourceFile) -> Iterator[tuple[int, str]]:
    for column in file.columns.all():
        yield column.position, column.document["header"]


def _problems(
    file: SourceFile, piece: list[Row], elements: Mapping[int, str], width: int
) -> Iterator[CellProblem]:
    for row in piece:
        for position, reason in doubts(row.cells, elements, width):
            yield CellProblem(
                source_file=file,
                sheet=row.sheet,
                row_number=row.row,
                position=position,
                reason=reason,
            )


def _columns(file: SourceFile, found: Found) -> Iterator[ColumnMapping]:
    for column in found.columns:
        yield ColumnMapping(
            source_file=file,
            key_name=file.incident.key_name,
            sheet=found.sheet,
            position=column.position,
            element=column.element,
            fitting=column.fitting,
            filled=column.filled,
        ).with_document({"header": column.header, "samples": column.samples})
