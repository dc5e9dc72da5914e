"""Taking in a file: hashed and sealed while it streams, once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.errors import Refused
from breaches.evidence.models import CustodyEvent, Evidence
from breaches.incidents.models import Incident
from breaches.vault import files


class AlreadyHere(Refused):
    """The very same file was taken in before."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(
            f"This very file (same SHA-256) was received on {evidence.received_at:%d %B %Y}; "
            "nothing was done."
        )
        self.evidence = evidence


class EmptyFile(Refused):
    """The file has no bytes."""


class NoRoom(Refused):
    """The disk is full."""


def take_in(
    incident: Incident,
    upload: UploadedFile,
    *,
    kind: str,
    handed_over_by: str,
    by: User,
    at: datetime,
) -> Evidence:
    """Seal an uploaded file under the key of its incident.

    Raises AlreadyHere, EmptyFile, NoRoom.
    """
    new = partial(Evidence, incident=incident, key_name=incident.key_name, kind=kind)
    return _take_in(new, upload, handed_over_by, by, at)


def keep_document(
    incident: Incident,
    upload: UploadedFile,
    *,
    kind: str,
    handed_over_by: str,
    by: User,
    at: datetime,
) -> Evidence:
    """Seal a document, or return the very same one: a paper may bear several things, or none yet.

    Raises EmptyFile, NoRoom.
    """
    try:
        return take_in(incident, upload, kind=kind, handed_over_by=handed_over_by, by=by, at=at)
    except AlreadyHere as known:
        return known.evidence


def keep_for_register(
    key_name: str, upload: UploadedFile, *, handed_over_by: str, by: User, at: datetime
) -> Evidence:
    """Seal a file of the register under the register's key, or return the very same one.

    Raises EmptyFile, NoRoom.
    """
    new = partial(Evidence, key_name=key_name, kind="register")
    try:
        return _take_in(new, upload, handed_over_by, by, at)
    except AlreadyHere as known:
        return known.evidence


@contextmanager
def listed_once(evidence: Evidence) -> Iterator[None]:
    """Make the one row that lists a kept file, in one transaction.

    A process may die between keeping and listing; so whether a file was received is told by the
    row, and whoever hands it in anew lists what was kept. Raises AlreadyHere.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise AlreadyHere(evidence) from clash


def _take_in(
    new: Callable[..., Evidence], upload: UploadedFile, handed_over_by: str, by: User, at: datetime
) -> Evidence:
    draft = new()
    try:
        file = files.store(upload.chunks(), key_name=draft.key_name)
    except OSError as full:
        raise NoRoom("The file could not be stored; is the disk full? Nothing was kept.") from full
    evidence = new(
        file=file, sha256=file.sha256, size=file.size, received_by=by, received_at=at
    ).with_document({"handed_over_by": handed_over_by, "file_name": upload.name or ""})
    try:
        _check_not_empty(evidence)
        with transaction.atomic():
            evidence.save(force_insert=True)
            note_custody(evidence, "received", by=by, at=at)
            log.record(evidence, "evidence.received", by=by, at=at, sha256=file.sha256)
    except (IntegrityError, EmptyFile) as problem:
        files.remove(file)
        file.delete()
        if isinstance(problem, EmptyFile):
            raise
        same = {"key_name": draft.key_name, "kind": draft.kind, "sha256": evidence.sha256}
        raise AlreadyHere(Evidence.objects.get(**same)) from problem
    return evidence


def note_custody(evidence: Evidence, what: str, *, by: User | None, at: datetime) -> None:
    """Add a link to the chain of custody of `evidence`."""
    CustodyEvent.objects.create(
        incident=evidence.incident, evidence=evidence, what=what, by=by, at=at
    )


def _check_not_empty(evidence: Evidence) -> None:
    if not evidence.size:
        raise EmptyFile("The file is empty; nothing was kept.")
