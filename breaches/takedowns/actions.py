"""Having a copy taken off the net, looking again, and what a new sighting reopens."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.audit import log
from breaches.audit.lifecycle import move
from breaches.clawback.journal import Grounds, take_step
from breaches.errors import Refused
from breaches.evidence.actions import keep_document
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient
from breaches.takedowns import queries, rules
from breaches.takedowns.models import Sighting, Takedown, TakedownStatus


class KnownCopy(Refused):
    """This copy at this service is on the list."""


class NeedsDocument(Refused):
    """That a copy is gone is shown by a document."""


@dataclass(frozen=True)
class Found:
    """A copy on the net, as a person found it."""

    service: str
    address: str
    found_by: str
    recipient: Recipient | None = None
    snapshot_at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """What was asked of a service, and by which way."""

    request: str
    on: date
    channel: str
    reference: str = ""
    control: str = ""


@dataclass(frozen=True)
class Seen:
    """The file, seen again; `suspect` is the recipient whose copy it is, if that is known."""

    address: str
    kind: str
    seen_on: date
    service: str = "platform"
    suspect: Recipient | None = None


def add_takedown(incident: Incident, found: Found, *, by: User, at: datetime) -> Takedown:
    """Put a copy on the list. Raises KnownCopy."""
    takedown = Takedown(
        incident=incident,
        recipient=found.recipient,
        key_name=incident.key_name,
        status=TakedownStatus.TO_ASK,
        status_at=at,
        service=found.service,
        found_by=found.found_by,
        place=queries.place_of(incident, found.address),
        snapshot_at=found.snapshot_at,
        next_check_at=at,
    ).with_document({"address": found.address, "reference": "", "channel": "", "control": ""})
    try:
        with transaction.atomic():
            takedown.save(force_insert=True)
            log.record(takedown, "takedown.added", by=by, at=at, service=found.service)
    except IntegrityError as clash:
        raise KnownCopy("This copy at this service is on the list already.") from clash
    return takedown


def ask(takedown: Takedown, asked: Asked, *, by: User, at: datetime) -> None:
    """Record what was asked of the service, how, and the proof that the site is ours.

    Raises IllegalMove, MovedMeanwhile.
    """
    said = {name: getattr(asked, name) for name in ("reference", "channel", "control")}
    takedown.seal({**takedown.document, **said})
    again = at + rules.next_check(takedown.service, 0)
    facts = {"request": asked.request, "asked_on": asked.on, "asked_by": by}
    facts |= {"sealed": takedown.sealed, "next_check_at": again, "checks": 0}
    move(takedown, TakedownStatus.ASKED, by=by, at=at, **facts)


def look(
    takedown: Takedown, outcome: str, *, paper: UploadedFile | None, by: User, at: datetime
) -> None:
    """Record a look from outside: gone (with a document), still there, refused, cannot.

    Raises NeedsDocument, IllegalMove, MovedMeanwhile.
    """
    if outcome == "still":
        return _still_there(takedown, by, at)
    to = {"gone": TakedownStatus.GONE, "refused": TakedownStatus.REFUSED,
          "cannot": TakedownStatus.CANNOT}[outcome]  # fmt: skip
    takedown.check_move(to)
    if to != TakedownStatus.GONE:
        return move(takedown, to, by=by, at=at, next_check_at=None)
    if paper is None:
        raise NeedsDocument("Hand in what shows that it is gone: the answer 404 or 410, a picture.")
    evidence, holds = _kept(takedown.incident, paper, by, at), _holds(takedown)
    return move(
        takedown, to, by=by, at=at, evidence=evidence, gone_at=takedown.gone_at or at,
        expires_at=takedown.expires_at or (at + holds if holds else None),
        checks=takedown.checks + 1,
        next_check_at=at + rules.next_check(takedown.service, takedown.checks + 1),
    )  # fmt: skip


def expire(takedown: Takedown, *, at: datetime) -> None:
    """End a removal whose time is over. Raises IllegalMove, MovedMeanwhile."""
    facts = {"expires_at": None, "gone_at": None, "next_check_at": at}
    move(takedown, TakedownStatus.EXPIRED, by=None, at=at, **facts)


def report_sighting(
    incident: Incident, seen: Seen, paper: UploadedFile, *, by: User, at: datetime
) -> Sighting:
    """Record that the file was seen again, and reopen what that puts in doubt.

    The suspect's case is reopened; where nobody knows whose copy it is, every case that was
    closed as deleted or without a copy. A removal of that address is there again, or to be
    asked for.
    """
    evidence = _kept(incident, paper, by, at)
    cases = queries.in_doubt(incident)
    if seen.suspect:
        cases = cases.filter(recipient=seen.suspect)
    with transaction.atomic():
        doubted = list(cases)
        for case in doubted:
            take_step(case, "reappeared", by=by, at=at, grounds=Grounds(evidence=evidence))
        sighting = Sighting(
            incident=incident,
            takedown=_takedown_for(incident, seen, by, at),
            key_name=incident.key_name,
            kind=seen.kind,
            seen_on=seen.seen_on,
            evidence=evidence,
            reopened=len(doubted),
            recorded_by=by,
            recorded_at=at,
        ).with_document({"address": seen.address})
        sighting.save(force_insert=True)
        log.record(sighting, "sighting.recorded", by=by, at=at, reopened=len(doubted))
    return sighting


def _still_there(takedown: Takedown, by: User, at: datetime) -> None:
    if takedown.status == TakedownStatus.GONE:
        move(takedown, TakedownStatus.BACK, by=by, at=at, next_check_at=at, gone_at=None)
        return
    checks = takedown.checks + 1
    again = at + rules.next_check(takedown.service, checks)
    with transaction.atomic():
        Takedown.objects.filter(pk=takedown.pk).update(checks=checks, next_check_at=again)
        log.record(takedown, "takedown.still_there", by=by, at=at)


def _takedown_for(incident: Incident, seen: Seen, by: User, at: datetime) -> Takedown:
    place = queries.place_of(incident, seen.address)
    known = Takedown.objects.filter(incident=incident, place=place).order_by("pk").first()
    if known is None:
        return add_takedown(
            incident, Found(seen.service, seen.address, "report", seen.suspect), by=by, at=at
        )
    if known.status == TakedownStatus.GONE:
        move(known, TakedownStatus.BACK, by=by, at=at, next_check_at=at, gone_at=None)
    return known


def _holds(takedown: Takedown) -> timedelta | None:
    return rules.SERVICES[takedown.service].holds_for


def _kept(incident: Incident, paper: UploadedFile, by: User, at: datetime) -> Evidence:
    return keep_document(incident, paper, kind="document", handed_over_by="looked up", by=by, at=at)
