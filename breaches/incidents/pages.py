"""What the Incident tab shows, put together for its template."""

from datetime import UTC, date, datetime, time
from typing import Any

from breaches.incidents.models import Certainty, Exposure, Incident, Statement
from breaches.incidents.timeline import Moment, picture

Said = list[tuple[Statement, dict[str, Any]]]


def of_incident(incident: Incident) -> dict[str, Any]:
    """Return the exposures, statements and timeline of an incident."""
    exposures = list(incident.exposures.order_by("pk"))
    said = [(row, row.document) for row in incident.statements.order_by("said_on", "recorded_at")]
    windows = [
        (one.opened_at, one.closed_at) for one in exposures if one.opened_at and one.closed_at
    ]
    moments = [*_of_facts(incident), *_of_exposures(exposures), *_of_statements(said)]
    return {
        "exposures": exposures,
        "statements": said,
        "picture": picture(moments, windows),
        "children": incident.children.order_by("pk"),
    }


def _of_facts(incident: Incident) -> list[Moment]:
    moments = []
    if incident.snapshot_on:
        words = "Snapshot: whoever was in the records on this day is affected"
        moments.append(Moment(_day(incident.snapshot_on), words, is_day=True))
    if incident.discovered_at:
        moments.append(Moment(incident.discovered_at, "Discovered"))
    return moments


def _of_exposures(exposures: list[Exposure]) -> list[Moment]:
    moments = []
    for one in exposures:
        if one.opened_at:
            words = _sure("Opened", one.opened_certainty)
            moments.append(Moment(one.opened_at, words, one.opened_source))
        if one.closed_at:
            words = _sure("Closed", one.closed_certainty)
            moments.append(Moment(one.closed_at, words, one.closed_source))
    return moments


def _of_statements(said: Said) -> list[Moment]:
    return [
        Moment(
            _day(row.said_on),
            f"{row.get_standing_display().capitalize()}: {document['text']}",
            document["source"],
            is_day=True,
        )
        for row, document in said
    ]


def _sure(verb: str, certainty: str) -> str:
    if certainty == Certainty.UNKNOWN:
        return f"{verb} (certainty not known)"
    return f"{verb} ({Certainty(certainty).label})"


def _day(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
