"""What the logs of one exposure say together: cautions, coverage, the picture."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings

from breaches.downloads import cautions, log_cautions, networks, picture
from breaches.downloads.cautions import Caution
from breaches.downloads.counting import Counts
from breaches.downloads.coverage import HOUR, Coverage, from_json, together
from breaches.downloads.log_cautions import LogFacts
from breaches.downloads.models import AccessEvent, Acquisition, ClientClass, LogSource, LogStatus
from breaches.downloads.tallying import posted_of, window_of
from breaches.incidents.models import Exposure

LAST = 253_402_300_799  # the end of the year 9999
REMEDY = "Enter them on the Incident page."


class Overview(NamedTuple):
    """Everything that is printed of one posted file."""

    exposure: Exposure
    counts: Counts
    rows: list[Acquisition]
    logs: list[LogSource]
    cautions: list[Caution]
    picture: picture.Picture | None


class Times(NamedTuple):
    """What one log covers."""

    first: datetime | None
    last: datetime | None
    fault: str


def facts_of(log: LogSource) -> LogFacts:
    """Return one log as the cautions need it."""
    name = str(log).capitalize()
    zones = log.events.exclude(zone="").order_by().values_list("zone", flat=True).distinct()
    return LogFacts(
        name,
        log.damage,
        log.line_count,
        from_json(log.coverage),
        log.notes,
        log.evidence.received_at,
        list(zones),
    )


def times_of(log: LogSource) -> Times:
    """Return the first and last time of one log, and what is wrong with its clock."""
    coverage = from_json(log.coverage)
    first, last = (at and _at(at) for at in (coverage.first, coverage.last))
    return Times(first or None, last or None, coverage.clock_fault)


def cautions_of_log(log: LogSource) -> list[Caution]:
    """Return what must be said of one log."""
    return log_cautions.of_log(facts_of(log), window_of(log.exposure))


def gaps_of(exposure: Exposure, logs: Iterable[LogSource]) -> list[Caution]:
    """Return what damage, silences and missing ends the logs have, and broken clocks."""
    window = window_of(exposure)
    facts = [facts_of(log) for log in logs if log.status != LogStatus.REFUSED]
    found = [row for log in facts for row in log_cautions.of_log(log, window)]
    return found + log_cautions.of_coverage(facts, window)


def cautions_of(
    exposure: Exposure,
    logs: Iterable[LogSource],
    rows: Sequence[Acquisition],
    outside: Sequence[datetime],
) -> list[Caution]:
    """Return all that must be said beside the numbers of `exposure`."""
    kinds = {row.address_kind for row in rows}
    size = posted_of(exposure).size
    facts = cautions.of_facts(window_of(exposure), size, outside, kinds, REMEDY)
    repeats = AccessEvent.objects.filter(exposure=exposure, is_repeat=True)
    facts += cautions.of_repeats(repeats.count())
    if rows:
        first = min((row.first_at for row in rows if row.first_at), default=None)
        facts += cautions.of_networks(networks.dated(settings.NETWORK_TABLE), first)
    return gaps_of(exposure, logs) + facts


def picture_of(
    exposure: Exposure, logs: Iterable[LogSource], rows: Sequence[Acquisition]
) -> picture.Picture | None:
    """Return the picture of `exposure`: its window, the unrecognised clients, the coverage."""
    dated = [
        picture.Dated(row.first_at, row.grade, f"grade {row.grade}, {row.first_at:%H:%M:%S} UTC")
        for row in rows
        if row.first_at and row.client_class == ClientClass.UNKNOWN
    ]
    window = window_of(exposure)
    opened, closed = (int(at.timestamp()) if at else None for at in window)
    covers = [from_json(log.coverage) for log in logs]
    covered = [span for coverage in covers for span in _hours(coverage)]
    silent = [
        gap for coverage in [*covers, together(covers)] for gap in coverage.silences(opened, closed)
    ]
    gaps = [(_at(gap.start), _at(gap.end)) for gap in silent]
    return picture.draw((window.opened, window.closed), dated, covered, gaps)


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(min(seconds, LAST), UTC)


def _hours(coverage: Coverage) -> list[tuple[datetime, datetime]]:
    """Return the hours that hold lines, those that follow one another as one span."""
    spans: list[list[int]] = []
    for hour in sorted(coverage.hours):
        start = max(hour * HOUR, coverage.first or 0)
        end = min((hour + 1) * HOUR, (coverage.last or 0) + 1)
        if spans and spans[-1][1] >= start:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return [(_at(start), _at(end)) for start, end in spans]
