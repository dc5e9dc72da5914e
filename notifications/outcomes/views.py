"""Where an incident stands."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access.gate import roles_of
from breaches.access.rules import grants
from breaches.audit import log
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import actions
from breaches.web import StaffRequest, page_of
from notifications.notices.actions import reconsider
from notifications.outcomes import hanging, queries, worklist

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


@require_GET
@on_team("letter.view")
def changed(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List whose match changed after a notice was routed, and what hung on it."""
    page = page_of(request, hanging.hanging(incident))
    found = hanging.opened(list(page))
    if found:
        log.record(incident, "changed.listed", by=request.user, at=timezone.now(), count=len(found))
    context = {"incident": incident, "tab": "letters", "page": page, "found": found}
    return render(request, "notifications/outcomes/changed.html", context)


@require_POST
@on_team("letter.resolve")
def look_at(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Note that everything that hung on one changed match was looked at."""
    one, at = get_object_or_404(hanging.hanging(incident), pk=pk), timezone.now()
    reconsider(incident, at=at)  # once looked at, nothing tells any more that it changed
    actions.look_at(one, by=request.user, at=at)
    messages.success(request, "Noted: you looked at what hung on this match.")
    return redirect("outcomes:changed", incident.pk)


def _ledger(incident: Incident) -> dict[str, object]:
    found = queries.coverage(incident)
    return {"incident": incident, "ledger": found, "shares": found.shares()}


def _linked(
    request: StaffRequest, incident: Incident, what: worklist.Todo | queries.Figure
) -> Linked:
    if not grants(roles_of(request.user), what.permission):
        return Linked(what, "")
    return Linked(what, reverse(what.page, args=[] if what.page in GLOBAL else [incident.pk]))
