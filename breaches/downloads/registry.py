"""What registries answered about the addresses in logs: asked in the background, kept verbatim.

Nothing waits for a registry: without an answer the dated table of networks stands as before.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from breaches.audit import log as audit
from breaches.downloads import rdap
from breaches.downloads.counting import HOLDERS
from breaches.downloads.models import Acquisition, ClientClass, RegistryReply

# A registry knows nothing of these.
NOT_ASKED = ("private", "cgnat", "loopback", "special", "name")
TRIES = 5
AGAIN = timedelta(hours=1)  # after the first failure; twice as long after each further one


class Registered(NamedTuple):
    """One reply as it is printed: who holds the network, who said so and when."""

    row: RegistryReply
    holder: rdap.Holder
    source: str
    problem: str


def unasked() -> QuerySet[Acquisition]:
    """Return what was got from addresses that no registry was asked about yet."""
    rows = Acquisition.objects.filter(withdrawn_at=None, grade__in=list(HOLDERS))
    rows = rows.exclude(address_kind__in=NOT_ASKED)
    known = RegistryReply.objects.filter(incident=OuterRef("incident"), network=OuterRef("network"))
    return rows.exclude(client_class=ClientClass.OWN).filter(~Exists(known)).order_by("pk")


def to_ask(*, at: datetime) -> QuerySet[RegistryReply]:
    """Return the addresses whose turn it is, those that have waited longest first."""
    rows = RegistryReply.objects.filter(answered_at=None, tries__lt=TRIES, next_at__lte=at)
    return rows.order_by("next_at", "pk")


def note(acquisitions: Iterable[Acquisition], *, at: datetime) -> None:
    """Put the addresses of `acquisitions` on the list of what is asked."""
    rows = {}
    for row in acquisitions:
        reply = RegistryReply(incident_id=row.incident_id, key_name=row.key_name,
                              network=row.network, next_at=at)  # fmt: skip
        made = reply.with_document({"address": row.document["address"]})
        rows[row.incident_id, row.network] = made
    RegistryReply.objects.bulk_create(rows.values(), batch_size=500, ignore_conflicts=True)


def ask(row: RegistryReply, *, at: datetime) -> None:
    """Ask the registry about one address, once however many workers try; keep what it says."""
    again = at + AGAIN * 2**row.tries
    same = RegistryReply.objects.filter(pk=row.pk, tries=row.tries, answered_at=None)
    if not settings.RDAP_URL or not same.update(tries=row.tries + 1, next_at=again, asked_at=at):
        return
    document = row.document
    audit.record(row, "registry.asked", by=None, at=at)
    try:
        reply = rdap.ask(settings.RDAP_URL, document["address"], seconds=settings.RDAP_SECONDS)
    except rdap.NoAnswer as fault:
        RegistryReply.objects.filter(pk=row.pk).update(problem=str(fault))
        return
    row.refresh_from_db()
    row.seal({**document, "reply": reply.text, "url": reply.url})
    row.answered_at, row.problem = at, ""
    with transaction.atomic():
        row.save()
        audit.record(row, "registry.answered", by=None, at=at)


def of_network(incident_id: int, network: str) -> Registered | None:
    """Return what a registry said of an address (its blind index), or None if none was asked."""
    row = RegistryReply.objects.filter(incident_id=incident_id, network=network).first()
    if row is None or row.asked_at is None:
        return None
    document = row.document
    found = rdap.holder(document["reply"]) if row.answered_at else rdap.Holder()
    problem = rdap.PROBLEMS.get(row.problem, "")
    return Registered(row, found, document.get("url", ""), problem)
