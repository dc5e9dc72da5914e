"""Opening an incident, saying what is known of it, and who works on it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.incidents.models import (
    Exposure,
    Incident,
    IncidentSet,
    IncidentStatus,
    Statement,
    TeamMember,
)
from breaches.vault import keys


class ReferenceTaken(Refused):
    """Another incident has this reference."""


class CannotBe(Refused):
    """The facts contradict each other."""


class LastOnTeam(Refused):
    """Nobody could open the incident any more."""


@dataclass(frozen=True)
class IncidentFacts:
    """What a person types when an incident is opened or corrected."""

    reference: str
    name: str
    kind: str
    holder: str
    side: str
    snapshot_on: date | None = None
    discovered_at: datetime | None = None
    parent: Incident | None = None
    in_set: str = ""  # the name that overlapping incidents share
    english_will_do: bool = True
    contact: dict[str, str] = field(default_factory=dict)  # contact_name, _phone, _address


def open_incident(facts: IncidentFacts, *, by: User, at: datetime) -> Incident:
    """Open an incident with a key of its own; whoever opens it is its first team member.

    Raises NoRoomForKey, ReferenceTaken.
    """
    key_name = f"incident-{uuid4().hex}"
    keys.create(key_name)
    try:
        with transaction.atomic():
            incident = Incident.objects.create(
                **_columns(facts), key_name=key_name, status=IncidentStatus.OPEN, status_at=at
            )
            log.record(incident, "incident.opened", by=by, at=at)
            add_to_team(incident, by, by=by, at=at)
    except IntegrityError as taken:
        keys.destroy(key_name)
        raise ReferenceTaken("Another incident has this reference.") from taken
    return incident


def correct_incident(incident: Incident, facts: IncidentFacts, *, by: User, at: datetime) -> None:
    """Change what is known of an incident.

    Raises CannotBe, ReferenceTaken.
    """
    if facts.parent and (facts.parent == incident or facts.parent.parent_id == incident.pk):
        raise CannotBe("An incident cannot follow from itself.")
    columns = _columns(facts)
    changed = sorted(name for name in columns if getattr(incident, name) != columns[name])
    for name, value in columns.items():
        setattr(incident, name, value)
    try:
        with transaction.atomic():
            incident.save(update_fields=list(columns))
            log.record(incident, "incident.corrected", by=by, at=at, fields=changed)
    except IntegrityError as taken:
        raise ReferenceTaken("Another incident has this reference.") from taken


def add_exposure(incident: Incident, *, by: User, at: datetime, **facts: Any) -> Exposure:
    """Record a place where the data stood open. Raises CannotBe."""
    exposure = Exposure(incident=incident, **facts)
    _check_window(exposure)
    with transaction.atomic():
        exposure.save()
        log.record(exposure, "exposure.added", by=by, at=at, fields=sorted(facts))
    return exposure


def correct_exposure(exposure: Exposure, *, by: User, at: datetime, **facts: Any) -> None:
    """Change what is known of an exposure. Raises CannotBe."""
    changed = sorted(name for name in facts if getattr(exposure, name) != facts[name])
    for name, value in facts.items():
        setattr(exposure, name, value)
    _check_window(exposure)
    with transaction.atomic():
        exposure.save()
        log.record(exposure, "exposure.corrected", by=by, at=at, fields=changed)


@dataclass(frozen=True)
class Said:
    """What somebody said about an incident, and where."""

    said_on: date
    standing: str
    text: str
    source: str
    about: str = ""


def add_statement(incident: Incident, said: Said, *, by: User, at: datetime) -> Statement:
    """Keep a dated statement with its source; statements are never changed, only added."""
    statement = Statement(
        incident=incident,
        key_name=incident.key_name,
        said_on=said.said_on,
        standing=said.standing,
        about=said.about,
        recorded_by=by,
        recorded_at=at,
    ).with_document({"text": said.text, "source": said.source})
    with transaction.atomic():
        statement.save(force_insert=True)
        log.record(statement, "statement.added", by=by, at=at, standing=said.standing)
    return statement


@transaction.atomic
def add_to_team(incident: Incident, user: User, *, by: User, at: datetime) -> None:
    """Let `user` see the incident. Safe to repeat."""
    member, is_new = TeamMember.objects.get_or_create(
        incident=incident, user=user, defaults={"added_at": at}
    )
    if is_new:
        log.record(member, "team.joined", by=by, at=at, user=user.pk)


@transaction.atomic
def remove_from_team(incident: Incident, user: User, *, by: User, at: datetime) -> None:
    """Take `user` off the team; their next request is a 404. Raises LastOnTeam."""
    if not TeamMember.objects.filter(incident=incident).exclude(user=user).exists():
        raise LastOnTeam("The last member cannot leave: nobody could open the incident.")
    for member in TeamMember.objects.filter(incident=incident, user=user):
        log.record(member, "team.left", by=by, at=at, user=user.pk)
        member.delete()


def close_incident(incident: Incident, *, by: User, at: datetime) -> None:
    """Close an incident. Raises IllegalMove, MovedMeanwhile."""
    move(incident, IncidentStatus.CLOSED, by=by, at=at)


def reopen_incident(incident: Incident, *, by: User, at: datetime) -> None:
    """Open a closed incident again. Raises IllegalMove, MovedMeanwhile."""
    move(incident, IncidentStatus.OPEN, by=by, at=at)


def end_incident(incident: Incident, *, by: User, at: datetime) -> None:
    """End a closed incident: its rows and files become unreadable, backups included.

    Raises IllegalMove, MovedMeanwhile.
    """
    move(incident, IncidentStatus.ENDED, by=by, at=at)
    transaction.on_commit(lambda: destroy_key(incident, at=at))


def destroy_key(incident: Incident, *, at: datetime) -> None:
    """Destroy the key of an incident that was ended. Safe to repeat."""
    if keys.is_stored(incident.key_name):
        keys.destroy(incident.key_name)
        log.record(incident, "incident.key_destroyed", by=None, at=at)


def _columns(facts: IncidentFacts) -> dict[str, Any]:
    return {
        "reference": facts.reference,
        "name": facts.name,
        "kind": facts.kind,
        "holder": facts.holder,
        "side": facts.side,
        "snapshot_on": facts.snapshot_on,
        "discovered_at": facts.discovered_at,
        "parent": facts.parent,
        "in_set": _set_named(facts.in_set),
        "english_will_do": facts.english_will_do,
        **facts.contact,
    }


def _set_named(name: str) -> IncidentSet | None:
    name = " ".join(name.split())
    return IncidentSet.objects.get_or_create(name=name)[0] if name else None


def _check_window(exposure: Exposure) -> None:
    opened, closed = exposure.opened_at, exposure.closed_at
    if opened and closed and closed < opened:
        raise CannotBe("It cannot have been closed before it was opened.")
