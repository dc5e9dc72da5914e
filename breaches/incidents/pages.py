"""What the Incident tab shows, put together for its template."""

from datetime import UTC, datetime, time
from typing import Any

from breaches.incidents.models import Incident
from breaches.incidents.timeline import Moment, band, marks


def of_incident(incident: Incident) -> dict[str, Any]:
    """Return the exposures, statements and timeline of an incident."""
    exposures = list(incident.exposures.order_by("pk"))
    statements = incident.statements.order_by("said_on", "recorded_at")
    said = [(row, row.document) for row in statements]
    moments = _moments(incident, exposures, said)
    windows = [
        band(one.opened_at, one.closed_at, moments)
        for one in exposures
        if one.opened_at and one.closed_at
    ]
    return {
        "exposures": exposures,
        "statements": said,
        "marks": marks(moments),
        "windows": windows,
        "children": incident.children.order_by("pk"),
    }


def _moments(incident: Incident, exposures: list[Any], said: list[Any]) -> list[Moment]:
    moments = []
    if incident.snapshot_on:
        day = datetime.combine(incident.snapshot_on, time(), UTC)
        moments.append(Moment(day, "Snapshot: who was in the records on this day is affected"))
    if incident.discovered_at:
        moments.append(Moment(incident.discovered_at, "Discovered"))
    for one in exposures:
        if one.opened_at:
            moments.append(Moment(one.opened_at, "Stood open from", one.opened_source))
        if one.closed_at:
            moments.append(Moment(one.closed_at, "Closed", one.closed_source))
    for row, document in said:
        day = datetime.combine(row.said_on, time(), UTC)
        words = f"{row.get_standing_display().capitalize()}: {document['text']}"
        moments.append(Moment(day, words, document["source"]))
    return moments
