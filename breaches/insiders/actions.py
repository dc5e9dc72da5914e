"""Taking in a roster or an audit log, and finding out whose records were opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from breaches.audit import leases
from breaches.audit import log as audit
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.evidence import actions as evidence_actions
from breaches.incidents.models import Incident
from breaches.insiders import affecting, queries, reading, rules
from breaches.insiders.models import (
    AccessFile,
    AccessGrant,
    FileKind,
    FileStatus,
    RecordView,
    SeenDecision,
)
from breaches.leaks.tabular import Row, Unreadable
from breaches.leaks.vocabulary import ELEMENTS
from breaches.people.models import Person

PIECE = 500


class AlreadyImported(Refused):
    """The very same file was handed in before."""


class ColumnsMissing(Refused):
    """A column without which the file says nothing is not named."""


@dataclass(frozen=True)
class AccessOrder:
    """What a person hands in."""

    upload: UploadedFile
    kind: str
    handed_over_by: str
    zone: str = "UTC"


def receive(incident: Incident, order: AccessOrder, *, by: User, at: datetime) -> AccessFile:
    """Seal a roster or audit log; its columns are named next.

    Raises AlreadyImported, EmptyFile, NoRoom.
    """
    evidence = evidence_actions.keep_document(
        incident, order.upload, kind="log", handed_over_by=order.handed_over_by, by=by, at=at
    )
    try:
        with evidence_actions.listed_once(evidence):
            file = AccessFile.objects.create(
                incident=incident,
                evidence=evidence,
                kind=order.kind,
                zone=order.zone,
                status=FileStatus.RECEIVED,
                status_at=at,
            )
            audit.record(file, "accessfile.received", by=by, at=at, kind=order.kind)
    except evidence_actions.AlreadyHere as known:
        raise AlreadyImported(str(known)) from known
    return file


def name_columns(file: AccessFile, columns: Mapping[str, int], *, by: User, at: datetime) -> None:
    """Say which column holds what; the file is read next.

    Raises ColumnsMissing, IllegalMove, MovedMeanwhile.
    """
    if lacking := rules.missing(file.kind, columns):
        raise ColumnsMissing(f"Say which column holds: {', '.join(lacking)}.")
    move(file, FileStatus.MAPPED, by=by, at=at, columns=dict(columns))


def set_aside(file: AccessFile, problem: str, *, at: datetime) -> None:
    """Keep a file that cannot be read as evidence only.

    Raises IllegalMove, MovedMeanwhile.
    """
    move(file, FileStatus.REFUSED, by=None, at=at, problem=problem[:300], claim=None)


def read_file(file: AccessFile, *, at: datetime) -> None:
    """Read a file from where it was left. Safe to repeat and to kill.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease, numbering = leases.take(file, FileStatus.READING, at=at), reading.Numbering(file)
    try:
        rows = islice(reading.rows_of(file), 1, None)
        numbering.pass_over(islice(rows, file.done))
        while piece := list(islice(rows, PIECE)):
            with transaction.atomic():
                _keep(numbering, piece)
                lease.keep(done=file.done + len(piece), total=file.done + len(piece))
    except Unreadable as problem:
        set_aside(file, str(problem), at=lease.now)
        return
    with transaction.atomic():
        link_records(file.incident, at=lease.now)
        cover(file.incident)
        move(file, FileStatus.READ, by=None, at=lease.now, claim=None)


def link_records(incident: Incident, *, at: datetime) -> None:
    """Look every record number up in the register as it is now."""
    for person in Person.objects.filter(record_views__incident=incident).exclude(merged_into=None):
        person.record_views.update(person=reading.final(person))
    views = RecordView.objects.filter(incident=incident, person=None).exclude(record="")
    while_open = views.order_by("pk").iterator(chunk_size=PIECE)
    while piece := list(islice(while_open, PIECE)):
        RecordView.objects.bulk_update(reading.link(piece), ["person"])
    AccessFile.objects.filter(incident=incident).update(linked_at=at)
    audit.record(incident, "records.linked", by=None, at=at)


def cover(incident: Incident) -> None:
    """Mark each view by whether a grant held for its account at that time."""
    grants: dict[str, list[tuple[datetime | None, datetime | None]]] = {}
    for row in AccessGrant.objects.filter(incident=incident, problem=""):
        grants.setdefault(row.account, []).append((row.granted_at, row.revoked_at))
    changed = []
    views = RecordView.objects.filter(incident=incident).defer("sealed")
    for view in views.iterator(chunk_size=PIECE):
        # Without any roster nothing can be said against a view.
        is_covered = (
            not grants or view.at is None or rules.is_covered(view.at, grants.get(view.account, ()))
        )
        if is_covered != view.is_covered:
            view.is_covered = is_covered
            changed.append(view)
    RecordView.objects.bulk_update(changed, ["is_covered"], batch_size=PIECE)


def decide_affected(
    incident: Incident, elements: Iterable[str], *, with_could: bool, by: User, at: datetime
) -> SeenDecision:
    """Say which data the system shows, and whether whoever could be seen is affected too.

    Raises ColumnsMissing where no data is named.
    """
    codes = sorted(set(elements) & set(ELEMENTS))
    if not codes:
        raise ColumnsMissing("Say which data the system shows of a person.")
    said = {"elements": codes, "with_could": with_could, "said_by": by, "said_at": at}
    with transaction.atomic():
        decision, _ = SeenDecision.objects.update_or_create(
            incident=incident, defaults={**said, "settled_at": None}
        )
        audit.record(decision, "seen.decided", by=by, at=at, elements=codes, could=with_could)
    return decision


def carry_out(decision: SeenDecision, *, at: datetime) -> int:
    """Make the affected people what the decision says; return how many there are."""
    return affecting.settle(decision, queries.affected_by(decision), at=at)


def _keep(numbering: reading.Numbering, piece: list[Row]) -> None:
    file = numbering.file
    if file.kind == FileKind.ROSTER:
        grants = [reading.grant_of(file, row) for row in piece]
        AccessGrant.objects.bulk_create(grants, ignore_conflicts=True)
    else:
        RecordView.objects.bulk_create(numbering.views(piece), ignore_conflicts=True)
