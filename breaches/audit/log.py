"""The only door into the audit log."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from breaches.audit.models import AuditEvent, ChainHead
from breaches.audit.rules import FIRST, link
from breaches.vault import keys

SYSTEM = "system"


def record(subject: Model, event: str, *, by: User | None, at: datetime, **data: Any) -> None:
    """Write one event about `subject`; `by=None` means the system did it."""
    record_many([subject], event, by=by, at=at, **data)


def record_many(
    subjects: Sequence[Model], event: str, *, by: User | None, at: datetime, **data: Any
) -> None:
    """Write one event about each of `subjects`, which must all belong to one chain."""
    drafts = [_draft(event, by, at, data, subject) for subject in subjects]
    if drafts:
        _append(chain_of(subjects[0]), drafts)


def note(event: str, *, by: User | None, at: datetime, chain: str = SYSTEM, **data: Any) -> None:
    """Write one event that is about no row, such as a failed log-in."""
    _append(chain, [_draft(event, by, at, data)])


def chain_of(subject: Model) -> str:
    """Return the chain of `subject`: its incident's, else the system's."""
    is_incident = subject._meta.model_name == "incident"
    incident_id = subject.pk if is_incident else getattr(subject, "incident_id", None)
    return f"incident:{incident_id}" if incident_id else SYSTEM


def _draft(
    event: str, by: User | None, at: datetime, data: dict[str, Any], subject: Model | None = None
) -> AuditEvent:
    return AuditEvent(
        at=at.astimezone(UTC),
        actor=str(by.pk) if by else SYSTEM,
        event=event,
        subject=subject._meta.label if subject else "",
        subject_id=str(subject.pk) if subject else "",
        data=data,
    )


def _append(chain: str, drafts: list[AuditEvent]) -> None:
    """Chain `drafts` behind the head, which stays locked until the transaction ends."""
    key = keys.audit_key()
    with transaction.atomic(savepoint=False):
        locked = ChainHead.objects.select_for_update()
        head = locked.filter(chain=chain).first()
        if head is None:
            ChainHead.objects.get_or_create(chain=chain, defaults={"mac": FIRST})
            head = locked.get(chain=chain)
        for event in drafts:
            head.seq += 1
            event.chain, event.seq = chain, head.seq
            event.mac = head.mac = link(key, head.mac, head.seq, event.body)
        AuditEvent.objects.bulk_create(drafts)
        head.save()
