"""Plain functions that make the smallest valid row; every argument has a default."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from breaches.access.actions import add_staff
from breaches.access.rules import ROLES
from breaches.incidents.actions import IncidentFacts, add_exposure, add_to_team, open_incident
from breaches.incidents.models import Exposure, Incident
from breaches.matching.models import AffectedPerson

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_numbers = count(1)


def make_user(*roles: str) -> User:
    """Make staff with `roles`; without any, with every role there is."""
    return add_staff(f"staff{next(_numbers)}@example.org", roles or tuple(ROLES), by=None, at=NOON)


def make_incident(
    *, by: User | None = None, team: Sequence[User] = (), **facts: object
) -> Incident:
    """Open an incident with `by` and `team` on its team."""
    defaults = {
        "reference": f"INC-{next(_numbers)}",
        "name": "Spreadsheet on the public site",
        "kind": "public_posting",
        "holder": "Example Agency",
        "side": "holder",
    }
    opener = by or make_user()
    incident = open_incident(IncidentFacts(**{**defaults, **facts}), by=opener, at=NOON)  # type: ignore[arg-type]
    for user in team:
        add_to_team(incident, user, by=opener, at=NOON)
    return incident


def make_exposure(*, incident: Incident | None = None, **facts: object) -> Exposure:
    """Record a web address that stood open for five hours."""
    defaults: dict[str, object] = {
        "kind": "url",
        "locator": "https://agency.example.org/files/roster.xlsx",
        "file_name": "roster.xlsx",
        "file_size": 1_000_000,
        "file_sha256": "0" * 64,
        "opened_at": datetime(2022, 11, 28, 14, 45, tzinfo=UTC),
        "closed_at": datetime(2022, 11, 28, 19, 45, tzinfo=UTC),
        "opened_certainty": "exact",
        "closed_certainty": "exact",
    }
    incident = incident or make_incident()
    return add_exposure(incident, by=make_user(), at=NOON, **{**defaults, **facts})


def make_upload(content: bytes = b"a,b\n1,2\n", name: str = "file.csv") -> SimpleUploadedFile:
    """Make an upload as a form hands it on."""
    return SimpleUploadedFile(name, content)


def make_affected(incident: Incident, **facts: object) -> AffectedPerson:
    """Make somebody affected in a leak without a register."""
    known = {
        "name": "Ada Doe",
        "birth_date": "1990-01-02",
        "nationality": "",
        "language": "en",
        "lines": ["1 Main Street", "Springfield IL 62701"],
        **facts,
    }
    elements = known.pop("elements", ["full_name", "birth_date"])
    one = AffectedPerson(
        incident=incident,
        group=f"{next(_numbers):032}",
        key_name=incident.key_name,
        elements=elements,
        found_at=NOON,
    ).with_document(known)
    one.save(force_insert=True)
    return one
