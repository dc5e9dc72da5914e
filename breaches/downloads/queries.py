"""What the logs of an incident say."""

from datetime import UTC, datetime

from django.db.models import Q, QuerySet, Sum

from breaches.audit import leases
from breaches.downloads import cautions, counting, reporting
from breaches.downloads.counting import Counts, Holder
from breaches.downloads.grades import CONTENT, RANK
from breaches.downloads.locators import locator
from breaches.downloads.models import (
    AccessEvent,
    Acquisition,
    ClientClass,
    LogSource,
    LogStatus,
    NamedNetwork,
    Tally,
)
from breaches.downloads.reporting import Overview
from breaches.downloads.tallying import COUNTS, posted_of, seconds_count, window_of
from breaches.incidents.models import Exposure, Incident

OPENED = 1000  # parts whose line is opened to see what size it names
UNDECIDED = ~Q(problem="") & Q(decision="")
GOT_CONTENT = Q(worth__in=CONTENT)


def waiting_to_be_read(*, at: datetime) -> QuerySet[LogSource]:
    """Return the logs that no living worker holds."""
    return leases.waiting(LogSource, LogStatus.RECEIVED, LogStatus.READING, at=at)


def out_of_date() -> list[Exposure]:
    """Return the exposures whose window or file size changed since they were counted."""
    return [
        row.exposure
        for row in Tally.objects.select_related("exposure", "incident")
        if (row.file_size, row.opened_at, row.closed_at)
        != (posted_of(row.exposure).size, row.exposure.opened_at, row.exposure.closed_at)
    ]


def web_exposures(incident: Incident) -> QuerySet[Exposure]:
    """Return the exposures that a web log can speak of."""
    return Exposure.objects.filter(incident=incident, kind="url").order_by("pk")


def logs_of(exposure: Exposure) -> QuerySet[LogSource]:
    """Return the logs asked about `exposure`, oldest first."""
    rows = LogSource.objects.filter(exposure=exposure).select_related("evidence__file", "incident")
    return rows.order_by("pk")


def events_of(exposure: Exposure, figure: str) -> QuerySet[AccessEvent]:
    """Return the lines behind one figure, in order of time."""
    rows = AccessEvent.objects.filter(exposure=exposure).select_related("log_source__evidence")
    rows = rows.order_by("at", "log_source_id", "line_number")
    if figure == "unknown":
        return rows.filter(UNDECIDED, is_repeat=False)
    if figure == "repeats":
        return rows.filter(is_repeat=True)
    rows = rows.filter(COUNTS, is_repeat=False)
    inside = _inside(exposure)
    by_figure = {"outside": ~inside, "listed": inside & ~GOT_CONTENT}
    class_code = figure if figure in ClientClass.values else ClientClass.UNKNOWN
    return rows.filter(by_figure.get(figure, inside & GOT_CONTENT & Q(client_class=class_code)))


def events_behind(acquisition: Acquisition) -> QuerySet[AccessEvent]:
    """Return the lines that one client's grade rests on, and its failed tries."""
    rows = AccessEvent.objects.filter(
        COUNTS,
        _inside(acquisition.exposure),
        exposure=acquisition.exposure,
        network=acquisition.network,
        client_class=acquisition.client_class,
        is_repeat=False,
    )
    rows = rows.select_related("log_source__evidence")
    return rows.order_by("at", "log_source_id", "line_number")


def acquisitions_of(incident: Incident) -> QuerySet[Acquisition]:
    """Return what each client got, of all exposures, without the withdrawn."""
    return Acquisition.objects.filter(incident=incident, withdrawn_at=None)


def gravest_first(exposure: Exposure) -> list[Acquisition]:
    """Return the acquisitions of `exposure`: unrecognised clients first, gravest grade first."""
    rows = acquisitions_of(exposure.incident).filter(exposure=exposure)
    classes = ClientClass.values
    return sorted(
        rows.select_related("exposure"),
        key=lambda row: (
            classes.index(row.client_class),
            RANK.index(row.grade),
            row.first_at or datetime.max.replace(tzinfo=UTC),
        ),
    )


def counts(incident: Incident) -> Counts:
    """Return the four numbers of all exposures of `incident`, and what was set aside."""
    return _counts(list(web_exposures(incident)), acquisitions_of(incident))


def counts_of(exposure: Exposure) -> Counts:
    """Return the four numbers of one exposure, and what was set aside."""
    rows = acquisitions_of(exposure.incident).filter(exposure=exposure)
    return _counts([exposure], rows)


def overview(exposure: Exposure) -> Overview:
    """Return everything that is printed of one posted file."""
    logs, rows = list(logs_of(exposure)), gravest_first(exposure)
    outside = events_of(exposure, "outside").filter(GOT_CONTENT)
    times = [at for at in outside.values_list("at", flat=True) if at]
    return Overview(
        exposure=exposure,
        counts=counts_of(exposure),
        rows=rows,
        logs=logs,
        cautions=[
            *(reporting.cautions_of(exposure, logs, rows, times) if logs else []),
            *cautions.of_versions(_larger(exposure), _versions(exposure)),
        ],
        picture=reporting.picture_of(exposure, logs, rows) if logs else None,
    )


def networks_of(incident: Incident) -> QuerySet[NamedNetwork]:
    """Return the networks named as ours or a monitor's."""
    return NamedNetwork.objects.filter(incident=incident).order_by("added_at", "pk")


def _counts(exposures: list[Exposure], rows: QuerySet[Acquisition]) -> Counts:
    made = Counts()
    for exposure in exposures:
        for figure in FIGURES:
            found = events_of(exposure, figure).count()
            setattr(made, figure, getattr(made, figure) + found)
        made.seconds_count = made.seconds_count and seconds_count(exposure)
        made.is_at_least = made.is_at_least or _is_at_least(exposure)
    unrecognised = rows.filter(client_class=ClientClass.UNKNOWN)
    made.actions = unrecognised.aggregate(total=Sum("actions"))["total"] or 0
    holders = [
        Holder(*row)
        for row in rows.values_list("network", "operator", "agents", "client_class", "grade")
    ]
    made.low, made.point, made.high = counting.recipients(holders)
    made.by_grade = counting.by_grade(holders)
    made.is_at_least = made.is_at_least or made.unknown > 0
    return made


FIGURES = ("requests", "own", "monitor", "bot", "listed", "outside", "unknown", "repeats")


def _is_at_least(exposure: Exposure) -> bool:
    return any(row.is_gap for row in reporting.gaps_of(exposure, logs_of(exposure)))


def _larger(exposure: Exposure) -> int:
    """Return how many answers are longer than the posted file."""
    size = posted_of(exposure).size
    if size is None:
        return 0
    requests = events_of(exposure, "requests")
    longer = Q(http_status=200, bytes__gt=size + cautions.HEADERS) | Q(span_end__gt=size)
    parts = requests.filter(span_end__lte=size)[:OPENED]
    raws = (part.document["raw"].encode("latin-1") for part in parts)
    return requests.filter(longer).count() + sum(cautions.is_larger(raw, size) for raw in raws)


def _versions(exposure: Exposure) -> int:
    """Return how many other versions stood at the same address in an overlapping window."""
    place, window = locator(exposure.locator), window_of(exposure)
    others = web_exposures(exposure.incident).exclude(pk=exposure.pk)
    return sum(
        locator(other.locator) == place and window.overlaps(window_of(other)) for other in others
    )


def _inside(exposure: Exposure) -> Q:
    since = Q(at__gte=exposure.opened_at) if exposure.opened_at else Q()
    until = Q(at__lt=exposure.closed_at) if exposure.closed_at else Q()
    # A line whose time could not be read counts as inside: assume the worst.
    return Q(at__isnull=True) | (since & until) if since or until else Q(pk__isnull=False)
