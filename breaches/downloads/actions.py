"""Taking in a log, reading it, and what a person decides about its lines."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from ipaddress import ip_network

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from breaches.audit import log as audit
from breaches.audit.lifecycle import move
from breaches.downloads import archives, crawlers, intake, streams
from breaches.downloads.coverage import from_json
from breaches.downloads.evidence_pass import Cursor, steps
from breaches.downloads.intake import LogImport, NetworkLine, NotALog
from breaches.downloads.models import AccessEvent, LogSource, LogStatus, NamedNetwork
from breaches.downloads.reading import claim, known_networks
from breaches.downloads.tallying import tally
from breaches.errors import Refused
from breaches.incidents.models import Exposure, Incident
from breaches.vault import blind


class NoAddress(Refused):
    """The exposure has no web address that a log could speak of."""


class DecidedMeanwhile(Refused):
    """Somebody else decided this line first, or it needs no decision."""


def import_log(incident: Incident, order: LogImport, *, by: User, at: datetime) -> LogSource:
    """Name the networks given with a log, and take the log in.

    Raises AlreadyImported, EmptyFile, NoAddress, NoRoom, NotALog, UnknownFormat.
    """
    return import_logs(incident, order, by=by, at=at)[0]


def import_logs(incident: Incident, order: LogImport, *, by: User, at: datetime) -> list[LogSource]:
    """Name the networks given with a log or a zip of logs, and take in each.

    Raises AlreadyImported, EmptyFile, NoAddress, NoRoom, NotALog, UnknownFormat.
    """
    intake.check_format(order.format_said)
    _check_address(order.exposure)
    if order.networks:
        name_networks(incident, order.networks, by=by, at=at)
    evidence = intake.keep(incident, order, by=by, at=at)
    if archives.is_zip(evidence):
        return archives.logs_of(evidence, order, by=by, at=at)
    return [intake.log_of(evidence, order, by=by, at=at)]


def read_log(log_source: LogSource, *, at: datetime) -> None:
    """Read a log from where it was left, and count. Safe to repeat and to kill.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    reading = claim(log_source, at=at)
    packing, known = streams.Packing(), reading.format()
    coverage = replace(from_json(log_source.coverage), stamp=known.stamp)
    cursor = Cursor(log_source.text_offset, log_source.line_count)
    for step in steps(reading.text(packing), log_source.locator, known, cursor, coverage):
        reading.keep(step, packing, coverage)
        if streams.is_bomb(packing.taken, step.cursor.offset):
            move(log_source, LogStatus.REFUSED, by=None, at=at, problem=BOMB, claim=None)
            return
    with transaction.atomic():
        if reading.known != known_networks(log_source.incident):
            _classify_again(log_source.incident)
        facts = {
            "damage": packing.damage or log_source.damage,  # of itself, or of the zip it lay in
            "line_count": log_source.line_count + reading.last_line,
        }
        move(log_source, LogStatus.READ, by=None, at=at, claim=None, **facts)
        tally(log_source.exposure, at=at)


def read_again(log_source: LogSource, format_said: str, *, by: User, at: datetime) -> None:
    """Have a log read anew in the format that a person gives; empty: as its lines show.

    Raises DecidedMeanwhile, IllegalMove, MovedMeanwhile, NotALog, UnknownFormat.
    """
    intake.check_format(format_said)
    facts, problem = intake.looked_at(log_source.evidence, format_said)
    if problem:
        raise NotALog(problem)
    if log_source.events.exclude(decision="").exists():
        raise DecidedMeanwhile("Lines of this log were decided by hand; it is not read anew.")
    start = {"text_offset": 0, "line_count": 0, "done": 0, "coverage": {}, "header": ""}
    with transaction.atomic():
        move(log_source, LogStatus.RECEIVED, by=by, at=at, **facts, **start)
        log_source.events.all().delete()  # they say what the sealed file says, read wrongly


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


BOMB = "It unpacks to more than 400 times its size; that is not a log. Nothing more was read."


def _check_address(exposure: Exposure) -> None:
    if exposure.kind != "url":
        raise NoAddress("A web log can be read only for an exposure with a web address.")


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
        who = document["address"], document["agent"]
        kind = crawlers.classify(*who, known, settings.CRAWLER_RANGES, settings.NETWORK_TABLE)
        if (kind.code, kind.reason) != (event.client_class, event.class_reason):
            event.client_class, event.class_reason = kind.code, kind.reason
            changed.append(event)
    AccessEvent.objects.bulk_update(changed, ["client_class", "class_reason"], batch_size=500)
