"""From the kept lines of an exposure to what each client got. Safe to repeat at any time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from breaches.downloads import addresses, clients, grades, networks
from breaches.downloads.counting import Seen, Window, actions_of
from breaches.downloads.locators import locator
from breaches.downloads.models import AccessEvent, Acquisition, Decision, LogSource, Tally
from breaches.incidents.models import Exposure
from breaches.vault import blind

KEPT_AGENTS = 20
COUNTS = Q(problem="") | Q(decision=Decision.HIT)


def window_of(exposure: Exposure) -> Window:
    """Return when the file could be had."""
    return Window(exposure.opened_at, exposure.closed_at)


def posted_of(exposure: Exposure) -> grades.Posted:
    """Return what is known of the posted file; a size without the hash of a file proves nothing."""
    size = exposure.file_size if exposure.file_sha256 else None
    return grades.Posted(size, locator(exposure.locator).is_compressible)


def counting_events(exposure: Exposure) -> QuerySet[AccessEvent]:
    """Return each line about the file once: read, or decided by a person."""
    return AccessEvent.objects.filter(COUNTS, exposure=exposure, is_repeat=False)


def seconds_count(exposure: Exposure) -> bool:
    """Say whether the clocks of all logs are good to the second."""
    from_logs = LogSource.objects.filter(exposure=exposure).values_list("coverage", flat=True)
    return not any((coverage or {}).get("fault") == "constant minute" for coverage in from_logs)


def tally(exposure: Exposure, *, at: datetime) -> None:
    """Weigh every line by the facts of today and bring the acquisitions up to date."""
    with transaction.atomic():
        row, _ = Tally.objects.get_or_create(exposure=exposure, incident=exposure.incident)
        row = Tally.objects.select_for_update().get(pk=row.pk)
        _mark_repeats(exposure)
        _weigh(exposure)
        _bring_up_to_date(exposure, at)
        row.file_size = posted_of(exposure).size
        row.opened_at, row.closed_at = exposure.opened_at, exposure.closed_at
        row.counted_at = at
        row.save()


def _mark_repeats(exposure: Exposure) -> None:
    """Mark the nth such line of a later log when an earlier log has n of them already.

    Lines that hold no date are the same only if they are of the same day.
    """
    seen: set[tuple[str, datetime | None, int]] = set()
    changed = []
    rows = AccessEvent.objects.filter(exposure=exposure).order_by("log_source_id", "line_number")
    for event in rows.only("line", "at", "occurrence", "is_repeat").iterator():
        key = event.line, event.at, event.occurrence
        repeats = key in seen
        seen.add(key)
        if repeats != event.is_repeat:
            event.is_repeat = repeats
            changed.append(event)
    AccessEvent.objects.bulk_update(changed, ["is_repeat"], batch_size=500)


def _weigh(exposure: Exposure) -> None:
    posted, changed = posted_of(exposure), []
    rows = AccessEvent.objects.filter(exposure=exposure, http_status__isnull=False)
    for event in rows.defer("sealed").iterator():
        worth = grades.worth(
            event.method,
            event.http_status or 0,
            event.bytes,
            posted,
            aborted=event.aborted,
            span=event.span,
        )
        if worth != event.worth:
            event.worth = worth
            changed.append(event)
    AccessEvent.objects.bulk_update(changed, ["worth"], batch_size=500)


def _bring_up_to_date(exposure: Exposure, at: datetime) -> None:
    found: dict[tuple[str, str], list[AccessEvent]] = defaultdict(list)
    window = window_of(exposure)
    for event in counting_events(exposure).defer("sealed").order_by("at", "line_number"):
        if window.place(event.at) == "inside":
            found[event.network, event.client_class].append(event)
    kept = {(row.network, row.client_class): row for row in exposure.acquisitions.all()}
    exact, posted, with_headers = (
        seconds_count(exposure),
        posted_of(exposure),
        _with_headers(exposure),
    )
    for who, events in found.items():
        grade = _grade(events, posted, with_headers)
        if grade is not None:
            row = kept.pop(who, None) or _new(exposure, events[0])
            _fill(row, events, grade, exact=exact)
            row.save()
    gone = [row.pk for row in kept.values() if row.withdrawn_at is None]
    Acquisition.objects.filter(pk__in=gone).update(withdrawn_at=at)


def _with_headers(exposure: Exposure) -> set[int]:
    """Return the logs whose bytes are those of the body and of the headers."""
    rows = LogSource.objects.filter(exposure=exposure).values_list("pk", "notes")
    return {pk for pk, notes in rows if "headers" in notes}


def _grade(
    events: list[AccessEvent], posted: grades.Posted, with_headers: set[int]
) -> grades.Grade | None:
    got = [(event.agent, _got(event, with_headers)) for event in events]
    # A line is opened for its user only where that decides something.
    is_user = len(dict(got)) > 1 and bool(_user_of(events[0], events[0].document))
    return grades.grade_of_client(got, posted, is_user=is_user)


def _user_of(event: AccessEvent, document: dict[str, Any]) -> str:
    return clients.user_of(document["user"], event.http_status)


def _got(event: AccessEvent, with_headers: set[int]) -> grades.Got:
    aborted = grades.is_aborted(event.http_status, said=event.aborted)
    counts_headers = event.log_source_id in with_headers
    return grades.Got(event.worth, event.bytes, event.span, aborted, counts_headers)


def _new(exposure: Exposure, event: AccessEvent) -> Acquisition:
    return Acquisition(
        incident=exposure.incident,
        exposure=exposure,
        key_name=event.key_name,
        network=event.network,
        client_class=event.client_class,
        address_kind=event.address_kind,
        over_count=grades.OVER_COUNT,
    )


def _fill(row: Acquisition, events: list[AccessEvent], grade: grades.Grade, *, exact: bool) -> None:
    seen = [seen_of(event) for event in events]
    content = [event for event in seen if event.worth in grades.CONTENT]
    times = [event.at for event in events if event.at]
    row.grade, row.bytes_lower, row.bytes_upper = grade
    row.first_at, row.last_at = min(times, default=None), max(times, default=None)
    row.requests = len(content)
    row.actions = len(actions_of(content, seconds_count=exact))
    row.agents = len({event.agent for event in seen if event.worth in grades.HOLDING})
    row.withdrawn_at = None
    samples = list({event.agent: event.pk for event in events}.values())[:KEPT_AGENTS]
    _describe(row, AccessEvent.objects.filter(pk__in=samples).order_by("at"))


def _describe(row: Acquisition, samples: Iterable[AccessEvent]) -> None:
    """Seal the address, its network by the dated table, and the agents seen."""
    opened = [(event, event.document) for event in samples]
    documents = [document for _, document in opened]
    client = addresses.client(documents[0]["address"])
    name = networks.name_of(client.key, settings.NETWORK_TABLE)
    row.operator = blind.index(row.key_name, "operator", name.operator or client.block)
    row.seal(
        {
            "address": client.key,
            "user": _user_of(*opened[0]),
            "addresses": sorted({addresses.client(row["address"]).key for row in documents}),
            "agents": list(dict.fromkeys(document["agent"] for document in documents)),
            "network": name.name,
            "network_number": name.number,
            "network_words": name.words,
            "country": name.country,
            "network_source": name.source,
            "network_dated": name.dated.isoformat() if name.dated else "",
        }
    )


def seen_of(event: AccessEvent) -> Seen:
    """Return the event as the counting rules see it."""
    return Seen(event.pk, event.at, event.network, event.agent, event.client_class, event.worth)
