"""Noting what is not known, asking for it, settling it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.accountability import gaps
from breaches.accountability.gaps import Gap
from breaches.accountability.models import Unknown, UnknownStatus
from breaches.audit import log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.evidence.actions import keep_document
from breaches.incidents.models import Incident


class NothingNew(Refused):
    """Everything that our records do not say is noted."""


class NeedsDocument(Refused):
    """What settles an unknown is a document."""


class NotedAlready(Refused):
    """Somebody has noted the very same thing."""


def note_unknown(incident: Incident, gap: Gap, *, by: User, at: datetime) -> Unknown:
    """Note one thing that nobody knows yet. Raises NotedAlready."""
    unknown = Unknown(
        incident=incident,
        recipient=gap.recipient,
        key_name=incident.key_name,
        status=UnknownStatus.OPEN,
        status_at=at,
        kind=gap.kind,
        way=gap.way,
        origin=gap.origin(incident),
        noted_by=by,
        noted_at=at,
    ).with_document({"what": gap.what, "how": gap.how, "answer": ""})
    try:
        with transaction.atomic():
            unknown.save(force_insert=True)
            log.record(unknown, "unknown.noted", by=by, at=at, kind=gap.kind)
    except IntegrityError as clash:
        raise NotedAlready("This is noted already.") from clash
    return unknown


def note_gaps(incident: Incident, *, by: User, at: datetime) -> int:
    """Note everything that our records do not say; return how many. Raises NothingNew."""
    new = gaps.found(incident)
    if not new:
        raise NothingNew("Everything that our records do not say is noted already.")
    for gap in new:
        note_unknown(incident, gap, by=by, at=at)
    return len(new)


def follow_unknown(
    unknown: Unknown, to: str, *, answer: str, paper: UploadedFile | None, by: User, at: datetime
) -> None:
    """Record that it was asked for, refused, or settled by a document.

    Raises NeedsDocument, IllegalMove, MovedMeanwhile.
    """
    unknown.check_move(to)
    if to == UnknownStatus.SETTLED and paper is None:
        raise NeedsDocument("Hand in the document that settles it.")
    evidence = unknown.evidence
    if paper is not None:
        evidence = keep_document(
            unknown.incident, paper, kind="document", handed_over_by=by.email, by=by, at=at
        )
    unknown.seal({**unknown.document, "answer": answer or unknown.document["answer"]})
    move(unknown, to, by=by, at=at, evidence=evidence, sealed=unknown.sealed)
