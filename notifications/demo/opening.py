"""The incident of the demonstration, as it is told on the first day."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from breaches.errors import Refused
from breaches.incidents.actions import (
    IncidentFacts,
    Said,
    add_exposure,
    add_statement,
    add_to_team,
    close_incident,
    open_incident,
)
from breaches.incidents.models import Incident, IncidentStatus
from notifications.demo.access_log import CLOSED, OPENED, PATH
from notifications.demo.cast import Cast
from notifications.demo.crowd import SNAPSHOT

SITE = "https://agency.example.org"
FIRST_DAY = date(2022, 11, 28)
STATEMENTS = (
    Said(
        FIRST_DAY,
        "claimed",
        "A file with the names of people in custody is on the site.",
        "telephone call of a legal-aid office",
        "discovered",
    ),
    Said(
        FIRST_DAY,
        "admitted",
        "The file was put up during a routine update of the statistics page.",
        "press office",
        "cause",
    ),
    Said(
        date(2022, 11, 30),
        "claimed",
        "The file was downloaded six times.",
        "lawyers of the people in it",
        "downloads",
    ),
    Said(
        date(2022, 12, 2),
        "unknown",
        "Whether a copy was passed on.",
        "own note",
        "onward",
    ),
)


def open_demo(cast: Cast, file_size: int, file_sha256: str, *, at: datetime) -> Incident:
    """Close any earlier demonstration and open a new one with everybody on its team."""
    earlier = Incident.objects.filter(reference__startswith="DEMO-")
    number = earlier.count() + 1
    for one in earlier.filter(status=IncidentStatus.OPEN):
        with suppress(Refused):
            close_incident(one, by=cast.lead, at=at)
    incident = open_incident(_facts(f"DEMO-{number}"), by=cast.intake, at=at)
    for user in cast:
        add_to_team(incident, user, by=cast.intake, at=at)
    add_exposure(
        incident,
        by=cast.intake,
        at=at,
        kind="url",
        locator=f"{SITE}{PATH}",
        file_name=PATH.rpartition("/")[2],
        file_size=file_size,
        file_sha256=file_sha256,
        opened_at=OPENED,
        opened_source="publishing system",
        opened_certainty="exact",
        closed_at=CLOSED,
        closed_source="web team",
        closed_certainty="about",
    )
    for said in STATEMENTS:
        add_statement(incident, said, by=cast.intake, at=at)
    return incident


def _facts(reference: str) -> IncidentFacts:
    return IncidentFacts(
        reference=reference,
        name="Spreadsheet on the statistics page",
        kind="public_posting",
        holder="Example Detention Agency",
        side="holder",
        snapshot_on=SNAPSHOT,
        discovered_at=CLOSED - timedelta(minutes=11),
        contact={
            "contact_name": "Notice Help Desk",
            "contact_phone": "1-800-555-0142",
            "contact_address": "PO Box 100, Springfield IL 62701",
        },
    )
