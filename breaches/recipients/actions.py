"""Recognising recipients, demanding the file back, recording what they answer."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.audit import log as audit
from breaches.audit.lifecycle import move
from breaches.downloads.grades import GRADES
from breaches.downloads.models import Acquisition, ClientClass
from breaches.errors import Refused
from breaches.evidence import actions as evidence_actions
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients import rules
from breaches.recipients.models import Demand, DemandStatus, Recipient, Response
from breaches.recipients.queries import COUNTING, unrecognised


class NobodyNew(Refused):
    """Every copy has its recipient already."""


class DemandOpen(Refused):
    """A demand to this recipient is under way."""


class NotToBeWritten(Refused):
    """Nobody writes to this recipient, or not this text."""


class NeedsSecondPerson(Refused):
    """The author cannot approve."""


class BadDates(Refused):
    """The dates cannot be."""


@dataclass(frozen=True)
class Answer:
    """What a recipient answered, as a person read it."""

    kind: str
    received_on: date
    upload: UploadedFile | None = None
    scope: str = ""
    sharing: str = ""
    shared_with: str = ""


def recognise(incident: Incident, *, at: datetime) -> int:
    """Make a recipient for each network address that has a copy; return how many are new.

    Raises NobodyNew.
    """
    with transaction.atomic():
        by_network: dict[str, list[Acquisition]] = defaultdict(list)
        for copy in unrecognised(incident):
            by_network[copy.network].append(copy)
        if not by_network:
            raise NobodyNew("Every copy has its recipient already.")
        known = Recipient.objects.filter(incident=incident, network__in=by_network)
        rows = {row.network: row for row in known}
        new = {
            network: _recipient(incident, network, copies, at)
            for network, copies in by_network.items()
            if network not in rows
        }
        Recipient.objects.bulk_create(new.values(), batch_size=500)
        audit.record_many(list(new.values()), "recipient.recognised", by=None, at=at)
        for network, row in (rows | new).items():
            row.acquisitions.add(*by_network[network])
    return len(new)


def describe(
    recipient: Recipient, kind: str, *, name: str, contact: str, by: User, at: datetime
) -> None:
    """Write down what is known of a recipient: its kind, name, contact."""
    with transaction.atomic():
        recipient.kind = kind
        recipient.seal({**recipient.document, "name": name, "contact": contact})
        recipient.save(update_fields=["kind", "sealed"])
        fields = ["contact", "kind", "name"]
        audit.record(recipient, "recipient.described", by=by, at=at, fields=fields)


def draft_demand(recipient: Recipient, *, by: User, at: datetime) -> Demand:
    """Write a demand to `recipient` for a second person to approve.

    Raises DemandOpen, NotToBeWritten.
    """
    text = _text_for(recipient)
    demand = Demand(
        incident=recipient.incident,
        recipient=recipient,
        key_name=recipient.key_name,
        status=DemandStatus.DRAFT,
        status_at=at,
        text_sha256=sha256(text.encode()).hexdigest(),
        author=by,
        drafted_at=at,
    ).with_document({"text": text})
    try:
        with transaction.atomic():
            demand.save(force_insert=True)
            audit.record(demand, "demand.drafted", by=by, at=at)
    except IntegrityError as clash:
        raise DemandOpen("A demand to this recipient is under way already.") from clash
    return demand


def approve_demand(demand: Demand, *, by: User, at: datetime) -> None:
    """Approve a demand that somebody else wrote.

    Raises NeedsSecondPerson, IllegalMove, MovedMeanwhile.
    """
    if by.pk == demand.author_id:
        raise NeedsSecondPerson("You wrote this demand; a second person must approve it.")
    move(demand, DemandStatus.APPROVED, by=by, at=at, approved_by=by)


def mark_sent(
    demand: Demand, channel: str, *, sent_on: date, due_on: date, by: User, at: datetime
) -> None:
    """Record that a demand went out, and by when an answer is due.

    Raises BadDates, IllegalMove, MovedMeanwhile.
    """
    if due_on < sent_on:
        raise BadDates("The answer cannot be due before the demand was sent.")
    move(demand, DemandStatus.SENT, by=by, at=at, channel=channel, sent_on=sent_on, due_on=due_on)


def record_answer(
    demand: Demand,
    kind: str,
    upload: UploadedFile | None,
    *,
    received_on: date,
    by: User,
    at: datetime,
) -> Response:
    """Record the bare kind of an answer with its document; see `keep_answer`."""
    return keep_answer(demand, Answer(kind, received_on, upload), by=by, at=at)


def keep_answer(demand: Demand, answer: Answer, *, by: User, at: datetime) -> Response:
    """Record an answer with its document as evidence.

    Raises BadDates, IllegalMove, MovedMeanwhile.
    """
    demand.check_move(DemandStatus.ANSWERED)
    if demand.sent_on and answer.received_on < demand.sent_on:
        raise BadDates("The answer cannot have come before the demand was sent.")
    response = Response(
        incident=demand.incident,
        demand=demand,
        key_name=demand.key_name,
        kind=answer.kind,
        has_scope=bool(answer.scope.strip()),
        sharing=answer.sharing,
        evidence=_kept(demand, answer.upload, by, at) if answer.upload else None,
        received_on=answer.received_on,
        recorded_by=by,
        recorded_at=at,
    ).with_document({"scope": answer.scope, "shared_with": answer.shared_with})
    with transaction.atomic():
        move(demand, DemandStatus.ANSWERED, by=by, at=at)
        response.save(force_insert=True)
        audit.record(response, "response.recorded", by=by, at=at, kind=answer.kind)
    return response


def _recipient(
    incident: Incident, network: str, copies: list[Acquisition], at: datetime
) -> Recipient:
    document = copies[0].document
    robots = all(copy.client_class == ClientClass.BOT for copy in copies)
    return Recipient(
        incident=incident,
        network=network,
        key_name=incident.key_name,
        kind="crawler_or_ai" if robots else "isp_subscriber_unknown",
        recognised_at=at,
    ).with_document(
        {
            "address": document["address"],
            "network": document["network"],
            "network_dated": document["network_dated"],
            "name": "",
            "contact": "",
        }
    )


def _text_for(recipient: Recipient) -> str:
    if recipient.kind in rules.NEVER_WRITTEN_TO:
        raise NotToBeWritten(
            "Nobody writes to a foreign government: it would confirm the list to it."
        )
    copies = recipient.acquisitions.filter(COUNTING).select_related("exposure")
    if not copies:
        raise NotToBeWritten("No copy counts for this recipient any more.")
    text = rules.demand_text(
        recipient.kind,
        recipient.incident.holder,
        recipient.document["address"],
        [_copy(row) for row in copies.order_by("first_at", "pk")],
    )
    if problem := rules.text_problem(text):
        raise NotToBeWritten(problem)
    return text


def _copy(row: Acquisition) -> rules.Copy:
    return rules.Copy(
        file_name=rules.file_name(row.exposure.locator),
        file_size=row.exposure.file_size,
        file_sha256=row.exposure.file_sha256,
        first_at=row.first_at,
        last_at=row.last_at,
        wording=GRADES[row.grade],
    )


def _kept(demand: Demand, upload: UploadedFile, by: User, at: datetime) -> Evidence:
    """Seal the answer's document; one paper may answer several demands."""
    try:
        return evidence_actions.take_in(
            demand.incident, upload, kind="answer", handed_over_by="the recipient", by=by, at=at
        )
    except evidence_actions.AlreadyHere as known:
        return known.evidence
