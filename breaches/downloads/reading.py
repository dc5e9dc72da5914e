"""One worker's hold on a log: what it finds is kept block by block, with the place it reached.

A block's events and the cursor after it are committed together, under the claim. A worker
killed between two blocks loses nothing; one that was overtaken keeps nothing.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction

from breaches.audit import leases
from breaches.downloads import addresses, clients, crawlers, grades
from breaches.downloads.coverage import Coverage
from breaches.downloads.evidence_pass import Hit, Step
from breaches.downloads.formats import choice
from breaches.downloads.formats.combined import first_word
from breaches.downloads.formats.line import Format, NotALine, Request
from breaches.downloads.formats.moments import stamp_any
from breaches.downloads.models import AccessEvent, LogSource, LogStatus, NamedNetwork
from breaches.downloads.streams import Packing, packing_of, unpack
from breaches.downloads.tallying import posted_of
from breaches.downloads.unread import Ends
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.vault import blind, files

METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"}
METHODS |= {"PROPFIND"}
FIRST_BYTES = 256 * 1024


def first_of(evidence: Evidence) -> tuple[str, bytes]:
    """Return the packing of a stored log and its first bytes, unpacked."""
    stored = b"".join(islice(files.chunks(evidence.file), 2))[:FIRST_BYTES]
    text = b"".join(islice(unpack([stored], Packing()), 2))
    return packing_of(stored), text[:FIRST_BYTES]


def format_of(log: LogSource, first: bytes) -> Format:
    """Return how a log is read: as a person said, else as its first lines show."""
    guess = choice.guessed(first)
    if log.format_said or guess is None:
        return choice.in_force(log.format_said or "combined", first)
    return guess.format


def samples(log: LogSource, count: int = 5) -> list[Request]:
    """Return the first lines of a log as they were understood."""
    _, first = first_of(log.evidence)
    known, found = format_of(log, first), []
    for line in choice.lines_of(first)[: choice.TRIED]:
        with suppress(NotALine):
            found.append(known.parse(line))
    return found[:count]


def known_networks(incident: Incident) -> list[clients.KnownNetwork]:
    """Return the networks that were named as ours or a monitor's."""
    return [
        clients.KnownNetwork(ip_network(row.document["network"]), row.client_class)
        for row in NamedNetwork.objects.filter(incident=incident)
    ]


@dataclass
class Reading:
    """A claim on a log, renewed with each block that is kept."""

    log: LogSource
    lease: leases.Lease
    known: list[clients.KnownNetwork]
    posted: grades.Posted
    ends: Ends = field(default_factory=lambda: Ends([]))

    def text(self, packing: Packing) -> Iterator[bytes]:
        """Yield the unpacked text of the log from its beginning."""
        self.ends = Ends(unpack(files.chunks(self.log.evidence.file), packing))
        return iter(self.ends)

    @property
    def last_line(self) -> int:
        """Return 1 where the text ends in a line without an end, which no step has counted."""
        return int(not self.ends.at_line_end)

    def format(self) -> Format:
        """Return how the log is read where its reading stands."""
        known = format_of(self.log, first_of(self.log.evidence)[1])
        if self.log.header and known.follow:
            return known.follow(self.log.header.encode("latin-1"))
        return known

    def keep(self, step: Step, packing: Packing, coverage: Coverage) -> None:
        """Store what one block brought, and where the reading now stands.

        Raises TakenOver.
        """
        events = [event_of(self.log, hit, self.known, self.posted) for hit in step.hits]
        with transaction.atomic():
            self.lease.keep(
                done=packing.taken,
                text_offset=step.cursor.offset,
                line_count=step.cursor.lines,
                coverage=coverage.to_json(),
                header=step.header.decode("latin-1") or self.log.header,
            )
            _number(self.log, events)
            AccessEvent.objects.bulk_create(events, batch_size=500)


def claim(log: LogSource, *, at: datetime) -> Reading:
    """Take hold of a log that waits, or whose worker has not been heard of for a lease.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(log, LogStatus.READING, at=at)
    return Reading(log, lease, known_networks(log.incident), posted_of(log.exposure))


def event_of(
    log: LogSource, hit: Hit, known: list[clients.KnownNetwork], posted: grades.Posted
) -> AccessEvent:
    """Return the event of one line, sealed, not yet saved."""
    key, request = log.incident.key_name, _storable(hit.request)
    address = request.address if request else first_word(hit.raw)
    agent = request.agent if request else ""
    client = addresses.client(address)
    user = clients.user_of(request.user, request.status) if request else ""
    kind = crawlers.classify(address, agent, known, settings.CRAWLER_RANGES, settings.NETWORK_TABLE)
    raw = hit.raw.decode("latin-1")  # byte for byte
    event = AccessEvent(
        incident=log.incident,
        log_source=log,
        exposure=log.exposure,
        key_name=key,
        line_number=hit.line_number,
        byte_offset=hit.byte_offset,
        client_class=kind.code,
        class_reason=kind.reason,
        address_kind=client.kind,
        # The best that is known of who asked: the user, else the address.
        network=blind.index(key, "user", user) if user else blind.index(key, "address", client.key),
        agent=blind.index(key, "agent", f"{client.key} {agent}" if user else agent),
        line=blind.index(key, "line", raw),
        problem=hit.problem,
        **_asked(hit, posted),
    )
    more = (request.referer, request.user, request.port) if request else ("", "", None)
    referer, user, port = more
    return event.with_document(
        {
            "raw": raw,
            "address": address,
            "agent": agent,
            "referer": referer,
            "user": user,
            "port": port,
        }
    )


def _storable(request: Request | None) -> Request | None:
    """Return `request` without halves of pairs of UTF-16, which JSON lets through."""
    if request is None:
        return None
    names = ("address", "user", "referer", "agent", "zone")
    texts = {name: getattr(request, name) for name in names}
    return request._replace(
        **{name: text.encode("utf-8", "backslashreplace").decode() for name, text in texts.items()}
    )


def _asked(hit: Hit, posted: grades.Posted) -> dict[str, Any]:
    """Return what was asked and answered, as columns."""
    request = hit.request
    if request is None:
        seconds = stamp_any(hit.raw)
        at = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
        return {"at": at, "worth": grades.Worth.UNREAD}
    return {
        "at": request.at,
        "zone": request.zone,
        "method": request.method if request.method in METHODS else "other",
        "http_status": request.status,
        "bytes": request.sent,
        "aborted": request.aborted,
        "span_start": request.span[0] if request.span else None,
        "span_end": request.span[1] if request.span else None,
        "worth": grades.worth(
            request.method,
            request.status,
            request.sent,
            posted,
            aborted=request.aborted,
            span=request.span,
        ),
    }


def _number(log: LogSource, events: list[AccessEvent]) -> None:
    """Number equal lines of one time, so that the nth of one log is known again in another."""
    lines = {event.line for event in events}
    kept = AccessEvent.objects.filter(log_source=log, line__in=lines)
    seen = Counter(kept.values_list("line", "at"))
    for event in events:
        seen[event.line, event.at] += 1
        event.occurrence = seen[event.line, event.at]
