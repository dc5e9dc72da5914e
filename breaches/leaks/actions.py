"""Taking in a leaked file, naming its columns, sealing its rows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from breaches.audit import leases, log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.evidence import actions as evidence_actions
from breaches.incidents.models import Incident
from breaches.leaks import bulk, counting, layouts, storing, versions
from breaches.leaks.dates import ORDERS
from breaches.leaks.encodings import DELIMITERS, ENCODINGS
from breaches.leaks.inspection import inspect
from breaches.leaks.models import (
    CellProblem,
    ColumnMapping,
    FileStatus,
    SourceFile,
    SourceRow,
)
from breaches.leaks.problems import DATES
from breaches.leaks.shapes import Shape, from_json, letters
from breaches.leaks.tabular import Item, Unreadable, read
from breaches.leaks.texts import Wish
from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS, NAMES
from breaches.vault import files

PIECE = 2000
LISTED = 10_000  # doubtful cells of one reason; all of them are counted


class NothingToFindPeopleBy(Refused):
    """No column names anybody."""


class UnknownElement(Refused):
    """There is no such data element."""


class OrderUndecided(Refused):
    """Nobody has said what comes first in the dates of a column."""


class NoSuchLayout(Refused):
    """The file cannot be read in the way that was asked for."""


def receive_file(
    incident: Incident,
    upload: UploadedFile,
    *,
    handed_over_by: str,
    by: User,
    at: datetime,
    replaces: SourceFile | None = None,
) -> SourceFile:
    """Seal a leaked file as evidence, to be read in the background.

    Raises AlreadyHere, EmptyFile, NoRoom.
    """
    evidence = evidence_actions.keep_document(
        incident, upload, kind="leaked_file", handed_over_by=handed_over_by, by=by, at=at
    )
    with evidence_actions.listed_once(evidence):
        file = SourceFile.objects.create(
            incident=incident, evidence=evidence, status=FileStatus.RECEIVED, status_at=at,
            replaces=replaces,
        )  # fmt: skip
        log.record(file, "file.received", by=by, at=at)
    return file


def inspect_file(file: SourceFile, *, at: datetime) -> None:
    """Read a file once, find its tables and suggest what their columns hold. Safe to repeat.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(file, FileStatus.READING, at=at)
    shapes = [from_json(one) for one in file.wish.get("tables", [])]
    try:
        found = inspect(_items(file), shapes)
    except Unreadable as problem:
        move(file, FileStatus.REFUSED, by=None, at=lease.now, problem=str(problem)[:300])
        return
    with transaction.atomic():
        lease.keep(total=found.rows)
        layouts.keep(file, found)
        move(
            file,
            FileStatus.MAPPING,
            by=None,
            at=lease.now,
            problem="",
            hidden=found.hidden,
            remarks=found.remarks,
            encoding=found.encoding,
            delimiter=found.delimiter,
            claim=None,
            claimed_at=None,
        )


def correct_reading(
    file: SourceFile, wish: Wish, shapes: Iterable[Shape] = (), *, by: User, at: datetime
) -> None:
    """Say how a file is to be read: its encoding, what parts its cells, where its tables stand.

    It is read again in the background. Raises NoSuchLayout, IllegalMove, MovedMeanwhile.
    """
    if wish.encoding not in {"", *ENCODINGS} or wish.delimiter not in {"", *DELIMITERS}:
        raise NoSuchLayout("Choose one of the encodings and delimiters of the list.")
    tables = [shape.as_json() for shape in shapes]
    asked = {"encoding": wish.encoding, "delimiter": wish.delimiter, "tables": tables}
    move(file, FileStatus.RECEIVED, by=by, at=at, wish=asked, claim=None, claimed_at=None)


def confirm_mapping(
    file: SourceFile,
    elements: Mapping[int, str] | Mapping[str, str],
    *,
    by: User,
    at: datetime,
    orders: Mapping[str, str] | None = None,
    tables: Iterable[int] | None = None,
) -> None:
    """Say what each column holds; columns left out stay unnamed.

    `elements`: by the key of the column, which in the main table is its position. `orders`: what
    comes first in its dates, by the key. `tables`: the numbers of those to take in, else as they
    are marked. Raises NothingToFindPeopleBy, UnknownElement, OrderUndecided, IllegalMove,
    MovedMeanwhile.
    """
    file.check_move(FileStatus.MAPPED)
    named = {str(key): code for key, code in elements.items()}
    if unknown := set(named.values()) - set(ELEMENTS) - {""}:
        raise UnknownElement(f"There is no data element “{min(unknown)}”.")
    chosen = layouts.chosen(file, tables)
    columns = [column for column in file.columns.all() if column.table in chosen]
    for column in columns:
        column.element = named.get(column.key, "")
        column.date_order = (orders or {}).get(column.key, column.date_order)
    _check(columns)
    with transaction.atomic():
        ColumnMapping.objects.bulk_update(columns, ["element", "date_order"])
        layouts.take(file, chosen)
        layouts.remember(file, chosen, by=by, at=at)
        total = layouts.rows_in(file, chosen)
        move(file, FileStatus.MAPPED, by=by, at=at, total=total, done=0)


def store_rows(file: SourceFile, *, at: datetime) -> None:
    """Seal the rows of a file in pieces. Safe to repeat and to kill.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(file, FileStatus.STORING, at=at)
    sets = storing.known_sets(file)
    rows = storing.taken(_items(file), storing.plans_of(file, at.date()))
    try:
        for piece in leases.pieces(rows, done=file.done, size=PIECE):
            mill = storing.Mill(file, sets)
            with transaction.atomic():
                _store(file, lease, mill, piece)
    except Unreadable as problem:
        move(file, FileStatus.REFUSED, by=None, at=lease.now, problem=str(problem)[:300])
        return
    counting.unite(file)
    people = counting.people_by_rule(file)
    total = file.done
    with transaction.atomic():
        if file.replaces:
            versions.drop_repeated(file)
        move(file, FileStatus.READY, by=None, at=lease.now, total=total, people=people, claim=None)


def _store(
    file: SourceFile, lease: leases.Lease, mill: storing.Mill, piece: list[storing.Taken]
) -> None:
    doubts = Counter(file.doubts)
    listed: list[CellProblem] = []
    for problem in (problem for one in piece for problem in mill.problems(one)):
        doubts[problem.reason] += 1
        if doubts[problem.reason] <= LISTED:
            listed.append(problem)
    bulk.insert(SourceRow, storing.FIELDS, [mill.row(one.plan, one.row) for one in piece])
    CellProblem.objects.bulk_create(listed)
    lease.keep(done=file.done + len(piece), doubts=dict(doubts))


def _items(file: SourceFile) -> Iterator[Item]:
    wish = Wish(file.wish.get("encoding", ""), file.wish.get("delimiter", ""))
    return read(files.chunks(file.evidence.file), wish)


def _check(columns: list[ColumnMapping]) -> None:
    if not {column.element for column in columns} & (NAMES | IDENTIFIERS):
        raise NothingToFindPeopleBy(
            "No column is a name or an identifier, so nobody could be found. "
            "Name at least one such column."
        )
    for column in columns:
        is_dated = column.element in DATES and column.is_undecided
        if is_dated and column.date_order not in ORDERS:
            raise OrderUndecided(
                f"Column {letters(column.position)} has dates such as 3/4/1990. "
                "Say whether the day or the month comes first in it."
            )
