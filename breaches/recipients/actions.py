"""Recognising recipients, and writing down who they are, what they have and how to reach them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from breaches.audit import log as audit
from breaches.downloads.models import Acquisition, ClientClass
from breaches.errors import Refused
from breaches.incidents.models import Incident
from breaches.recipients.models import DisclosureCopy, Recipient, RecipientContact
from breaches.recipients.queries import counting_copies, grade_of, unrecognised


class NobodyNew(Refused):
    """Every copy has its recipient already."""


class NeedsReason(Refused):
    """A name is shown to the people concerned, unless there is a legal reason."""


class VerifiedAlready(Refused):
    """Somebody has checked this contact."""


@dataclass(frozen=True)
class Known:
    """What is known of a recipient, as a person writes it down."""

    kind: str
    name: str = ""
    identity_level: int = 0
    jurisdiction: str = "US"
    is_name_confidential: bool = False
    confidential_because: str = ""


@dataclass(frozen=True)
class Way:
    """A way to reach a recipient: the name on the envelope, and address lines or the like."""

    kind: str
    source: str
    addressee: str
    lines: tuple[str, ...]


def recognise(incident: Incident, *, at: datetime) -> int:
    """Make a recipient for each network address that has a copy; return how many are new.

    Raises NobodyNew.
    """
    with transaction.atomic():
        by_network: dict[str, list[Acquisition]] = defaultdict(list)
        for got in unrecognised(incident):
            by_network[got.network].append(got)
        if not by_network:
            raise NobodyNew("Every copy has its recipient already.")
        known = Recipient.objects.filter(incident=incident, network__in=by_network)
        rows = {row.network: row for row in known}
        new = {
            network: _recipient(incident, network, found, at)
            for network, found in by_network.items()
            if network not in rows
        }
        Recipient.objects.bulk_create(new.values(), batch_size=500)
        audit.record_many(list(new.values()), "recipient.recognised", by=None, at=at)
        rows |= new
        copies = [_download(rows[got.network], got, at) for row in by_network.values()
                  for got in row]  # fmt: skip
        DisclosureCopy.objects.bulk_create(copies, batch_size=500)
    return len(new)


def add_recipient(incident: Incident, known: Known, *, by: User, at: datetime) -> Recipient:
    """Add somebody whom no log shows: an insider, an agency, a finder. Raises NeedsReason."""
    _check_confidential(known)
    recipient = _by_hand(incident, known, at)
    with transaction.atomic():
        recipient.save(force_insert=True)
        audit.record(recipient, "recipient.added", by=by, at=at, kind=known.kind)
    return recipient


def describe(recipient: Recipient, known: Known, *, by: User, at: datetime) -> None:
    """Write down what is known of a recipient. Raises NeedsReason."""
    _check_confidential(known)
    fields = ("kind", "identity_level", "jurisdiction", "is_name_confidential")
    for field in fields:
        setattr(recipient, field, getattr(known, field))
    because = known.confidential_because
    recipient.seal({**recipient.document, "name": known.name, "confidential_because": because})
    with transaction.atomic():
        recipient.save(update_fields=[*fields, "sealed"])
        names = sorted([*fields, "name"])
        audit.record(recipient, "recipient.described", by=by, at=at, fields=names)


def review_risk(recipient: Recipient, risk: str, why: str, *, by: User, at: datetime) -> None:
    """Write down whether writing to a recipient could endanger the people in the file."""
    recipient.risk, recipient.risk_reviewed_by = risk, by
    recipient.seal({**recipient.document, "risk_because": why})
    with transaction.atomic():
        recipient.save(update_fields=["risk", "risk_reviewed_by", "sealed"])
        audit.record(recipient, "recipient.risk_reviewed", by=by, at=at, risk=risk)


def add_contact(recipient: Recipient, way: Way, *, by: User, at: datetime) -> RecipientContact:
    """Add a way to reach a recipient, with where it was found."""
    contact = RecipientContact(
        incident=recipient.incident,
        recipient=recipient,
        key_name=recipient.key_name,
        kind=way.kind,
        source=way.source,
        added_by=by,
        added_at=at,
    ).with_document({"addressee": way.addressee, "lines": list(way.lines)})
    with transaction.atomic():
        contact.save(force_insert=True)
        audit.record(contact, "contact.added", by=by, at=at, kind=way.kind, source=way.source)
    return contact


def verify_contact(contact: RecipientContact, *, by: User, at: datetime) -> None:
    """Say that a contact was checked to be theirs. Raises VerifiedAlready."""
    with transaction.atomic():
        rows = RecipientContact.objects.filter(pk=contact.pk, verified_at=None)
        if not rows.update(verified_by=by, verified_at=at):
            raise VerifiedAlready("Somebody has checked this contact already.")
        audit.record(contact, "contact.verified", by=by, at=at)
        # A person whose contact holds is known as well as anybody can be.
        Recipient.objects.filter(pk=contact.recipient_id, identity_level=3).update(identity_level=4)


def add_copy(
    recipient: Recipient, kind: str, where: str, *, by: User, at: datetime
) -> DisclosureCopy:
    """Write down a copy that no log shows, such as a mail or a backup."""
    copy = DisclosureCopy(
        incident=recipient.incident,
        recipient=recipient,
        key_name=recipient.key_name,
        kind=kind,
        grade=grade_of(recipient),
        found_at=at,
    ).with_document({"where": where})
    with transaction.atomic():
        copy.save(force_insert=True)
        audit.record(copy, "copy.added", by=by, at=at, kind=kind)
    return copy


def pass_on(
    parent: Recipient, names: Collection[str], *, by: User, at: datetime
) -> list[Recipient]:
    """Add those to whom `parent` passed the file, each with a copy of the parent's grade."""
    grade = grade_of(parent)
    exposure = next((row.exposure for row in counting_copies(parent)), None)
    children = []
    with transaction.atomic():
        for name in names:
            child = _by_hand(parent.incident, Known("identified_person", name), at)
            child.parent = parent
            child.save(force_insert=True)
            DisclosureCopy(
                incident=child.incident, recipient=child, key_name=child.key_name, kind="onward",
                exposure=exposure, grade=grade, found_at=at,
            ).with_document({"where": ""}).save(force_insert=True)  # fmt: skip
            audit.record(child, "recipient.passed_on_to", by=by, at=at)
            children.append(child)
    return children


def _check_confidential(known: Known) -> None:
    if known.is_name_confidential and not known.confidential_because.strip():
        raise NeedsReason(
            "The people concerned see who has their data; hiding a name needs a legal reason."
        )


def _recipient(
    incident: Incident, network: str, found: list[Acquisition], at: datetime
) -> Recipient:
    document = found[0].document
    robots = all(row.client_class == ClientClass.BOT for row in found)
    return Recipient(
        incident=incident,
        network=network,
        key_name=incident.key_name,
        kind="crawler_or_ai" if robots else "isp_subscriber_unknown",
        identity_level=1 if document["network"] else 0,
        recognised_at=at,
    ).with_document(
        {
            "address": document["address"],
            "network": document["network"],
            "network_dated": document["network_dated"],
            "country": document.get("country", ""),
            "name": "",
        }
    )


def _by_hand(incident: Incident, known: Known, at: datetime) -> Recipient:
    return Recipient(
        incident=incident,
        key_name=incident.key_name,
        kind=known.kind,
        identity_level=known.identity_level,
        jurisdiction=known.jurisdiction,
        is_name_confidential=known.is_name_confidential,
        recognised_at=at,
    ).with_document(
        {
            "address": "",
            "network": "",
            "network_dated": "",
            "country": "",
            "name": known.name,
            "confidential_because": known.confidential_because,
        }
    )


def _download(recipient: Recipient, got: Acquisition, at: datetime) -> DisclosureCopy:
    return DisclosureCopy(
        incident=recipient.incident,
        recipient=recipient,
        key_name=recipient.key_name,
        kind="download",
        exposure=got.exposure,
        acquisition=got,
        found_at=at,
    ).with_document({"where": ""})
