"""Where an incident stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.leaks.queries import row_counts
from breaches.matching.queries import figures
from breaches.web import StaffRequest
from notifications.outcomes import queries


@require_GET
@on_team("incident.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the coverage ledger, the figures of each stage, and what needs a person next."""
    ledger = queries.coverage(incident)
    page = {
        "incident": incident,
        "tab": "incident",
        "ledger": ledger,
        "shares": ledger.shares(),
        "rows": row_counts(incident),
        "matched": figures(incident),
        "todos": queries.todos(incident),
        "wordings": queries.wordings_to_approve(),
    }
    return render(request, "notifications/outcomes/overview.html", page)
