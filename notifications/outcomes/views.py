"""Where an incident stands."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from breaches.access.gate import roles_of
from breaches.access.rules import grants
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.web import StaffRequest
from notifications.outcomes import queries, worklist

GLOBAL = {"wording:list"}  # pages that belong to no incident


class Linked(NamedTuple):
    """Words or a figure, and the page behind it where this person may open it."""

    what: worklist.Todo | queries.Figure
    href: str


@require_GET
@on_team("incident.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the coverage ledger, the figures of each stage, and what needs a person next."""
    todos = worklist.todos(incident, at=timezone.now())
    linked = [_linked(request, incident, todo) for todo in todos]
    context = {
        **_ledger(incident),
        "tab": "incident",
        "stages": [_linked(request, incident, stage) for stage in queries.stages(incident)],
        "mine": [row for row in linked if row.href],
        "others": [row for row in linked if not row.href],
    }
    return render(request, "notifications/outcomes/overview.html", context)


@require_GET
@on_team("incident.view")
def ledger(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the coverage ledger alone, for another page to include."""
    return render(request, "notifications/outcomes/ledger.html", _ledger(incident))


def _ledger(incident: Incident) -> dict[str, object]:
    found = queries.coverage(incident)
    return {"incident": incident, "ledger": found, "shares": found.shares()}


def _linked(
    request: StaffRequest, incident: Incident, what: worklist.Todo | queries.Figure
) -> Linked:
    if not grants(roles_of(request.user), what.permission):
        return Linked(what, "")
    return Linked(what, reverse(what.page, args=[] if what.page in GLOBAL else [incident.pk]))
