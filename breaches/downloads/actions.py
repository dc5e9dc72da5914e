"""Taking in a log, reading it, and what a person decides about its lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_network

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.audit import log as audit
from breaches.audit.lifecycle import move
from breaches.downloads import clients, streams
from breaches.downloads.coverage import from_json
from breaches.downloads.evidence_pass import Cursor, looks_like_a_log, steps
from breaches.downloads.models import AccessEvent, LogSource, LogStatus, NamedNetwork
from breaches.downloads.reading import claim, first_of, known_networks
from breaches.downloads.tallying import tally
from breaches.errors import Refused
from breaches.evidence import actions as evidence_actions
from breaches.evidence.models import Evidence
from breaches.incidents.models import Exposure, Incident
from breaches.vault import blind


class NotALog(Refused):
    """The file holds no line of an access log."""


class AlreadyImported(Refused):
    """This log was asked about this exposure before."""


class NoAddress(Refused):
    """The exposure has no web address that a log could speak of."""


class DecidedMeanwhile(Refused):
    """Somebody else decided this line first, or it needs no decision."""


@dataclass(frozen=True)
class NetworkLine:
    """A network as a person wrote it, and what it is."""

    network: str
    client_class: str
    reason: str = ""


@dataclass(frozen=True)
class LogImport:
    """What a person hands in with a log."""

    upload: UploadedFile
    exposure: Exposure
    handed_over_by: str
    ignores_case: bool = False
    networks: Sequence[NetworkLine] = ()


def import_log(incident: Incident, order: LogImport, *, by: User, at: datetime) -> LogSource:
    """Name the networks given with a log, and take the log in.

    Raises AlreadyImported, NoAddress, NotALog.
    """
    if order.networks:
        name_networks(incident, order.networks, by=by, at=at)
    _check_address(order.exposure)
    evidence = _keep(incident, order, by, at)
    return _log_of(evidence, order, by, at)


def receive_log(
    incident: Incident,
    upload: UploadedFile,
    *,
    exposure: Exposure,
    handed_over_by: str,
    by: User,
    at: datetime,
) -> LogSource:
    """Take in one log about one exposure, to be read in the background.

    Raises AlreadyImported, NoAddress, NotALog.
    """
    return import_log(incident, LogImport(upload, exposure, handed_over_by), by=by, at=at)


def read_log(log_source: LogSource, *, at: datetime) -> None:
    """Read a log from where it was left, and count. Safe to repeat and to kill.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    reading = claim(log_source, at=at)
    packing, coverage = streams.Packing(), from_json(log_source.coverage)
    cursor = Cursor(log_source.text_offset, log_source.line_count)
    for step in steps(reading.text(packing), log_source.locator, cursor, coverage):
        reading.keep(step, packing, coverage)
        if streams.is_bomb(packing.taken, step.cursor.offset):
            move(log_source, LogStatus.REFUSED, by=None, at=at, problem=BOMB, claim=None)
            return
    with transaction.atomic():
        if reading.known != known_networks(log_source.incident):
            _classify_again(log_source.incident)
        move(log_source, LogStatus.READ, by=None, at=at, damage=packing.damage, claim=None)
        tally(log_source.exposure, at=at)


def count_again(exposure: Exposure, *, at: datetime) -> None:
    """Count an exposure whose window or file size was changed."""
    tally(exposure, at=at)
    audit.record(exposure, "downloads.counted", by=None, at=at)


def decide(event: AccessEvent, decision: str, *, by: User, at: datetime) -> None:
    """Say of a line that no rule could read whether it asks for the file.

    Raises DecidedMeanwhile.
    """
    with transaction.atomic():
        open_lines = AccessEvent.objects.filter(pk=event.pk, decision="").exclude(problem="")
        if not open_lines.update(decision=decision, decided_by=by, decided_at=at):
            raise DecidedMeanwhile("Somebody else has decided this line; reload the page.")
        audit.record(event, f"line.{decision}", by=by, at=at, line_number=event.line_number)
        tally(event.exposure, at=at)


def name_networks(
    incident: Incident, lines: Iterable[NetworkLine], *, by: User, at: datetime
) -> int:
    """Name networks as ours or a monitor's, and classify all requests again; return how many."""
    rows = [_named(incident, line, by, at) for line in lines]
    with transaction.atomic():
        known = set(
            NamedNetwork.objects.filter(incident=incident).values_list("network", flat=True)
        )
        new = {row.network: row for row in rows if row.network not in known}
        NamedNetwork.objects.bulk_create(new.values())
        audit.record_many(list(new.values()), "network.named", by=by, at=at)
        if new:
            _classify_again(incident)
            for exposure in Exposure.objects.filter(events__incident=incident).distinct():
                tally(exposure, at=at)
    return len(new)


READABLE = {"plain", "gz"}
BOMB = "It unpacks to more than 400 times its size; that is not a log. Nothing more was read."


def _check_address(exposure: Exposure) -> None:
    if exposure.kind != "url":
        raise NoAddress("A web log can be read only for an exposure with a web address.")


def _keep(incident: Incident, order: LogImport, by: User, at: datetime) -> Evidence:
    """Seal the log as evidence, or return the evidence it already is."""
    try:
        return evidence_actions.take_in(
            incident,
            order.upload,
            kind="log",
            handed_over_by=order.handed_over_by,
            by=by,
            at=at,
        )
    except evidence_actions.AlreadyHere as known:
        if known.evidence.logs.filter(exposure=order.exposure).exists():
            when = f"{known.evidence.received_at:%d %B %Y}"
            raise AlreadyImported(
                f"This very log (same SHA-256) was imported on {when}. Importing it again adds "
                "nothing, so nothing was done."
            ) from known
        return known.evidence


def _log_of(evidence: Evidence, order: LogImport, by: User, at: datetime) -> LogSource:
    packing, first = first_of(evidence)
    problem = _problem(packing, first)
    log_source = LogSource(
        incident=evidence.incident,
        exposure=order.exposure,
        evidence=evidence,
        ignores_case=order.ignores_case,
        packing=packing if packing in READABLE else "other",
        total=evidence.size,
        status=LogStatus.RECEIVED,
        status_at=at,
    )
    try:
        with transaction.atomic():
            log_source.save(force_insert=True)
            audit.record(log_source, "logsource.received", by=by, at=at, size=evidence.size)
            if problem:
                move(log_source, LogStatus.REFUSED, by=None, at=at, problem=problem)
    except IntegrityError as clash:
        raise AlreadyImported("Somebody else has just imported this log.") from clash
    if problem:
        raise NotALog(f"{problem} It is kept as evidence; nothing was counted.")
    return log_source


def _problem(packing: str, first: bytes) -> str:
    if packing not in READABLE:
        return f"The file is {packing}, not a plain or gzip log: unpack it and upload the log."
    if not first.strip():
        return "The file is empty or cannot be unpacked."
    if not looks_like_a_log(first):
        return (
            "None of the first 200 lines is a line of an Apache or nginx access log "
            "(common or combined format)."
        )
    return ""


def _named(incident: Incident, line: NetworkLine, by: User, at: datetime) -> NamedNetwork:
    network = str(ip_network(line.network, strict=False))
    return NamedNetwork(
        incident=incident,
        key_name=incident.key_name,
        client_class=line.client_class,
        network=blind.index(incident.key_name, "network", network),
        added_by=by,
        added_at=at,
    ).with_document({"network": network, "reason": line.reason})


def _classify_again(incident: Incident) -> None:
    known, changed = known_networks(incident), []
    for event in AccessEvent.objects.filter(incident=incident).iterator(chunk_size=500):
        document = event.document
        kind = clients.classify(document["address"], document["agent"], known)
        if kind != (event.client_class, event.class_reason):
            event.client_class, event.class_reason = kind
            changed.append(event)
    AccessEvent.objects.bulk_update(changed, ["client_class", "class_reason"], batch_size=500)
