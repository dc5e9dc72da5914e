"""The Recipients tab: who has it, what was done about each, and what was promised."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from breaches.accountability import dossier, queries
from breaches.accountability.rows import answered, called
from breaches.clawback.machine import STEPS
from breaches.clawback.queries import dates_of, to_confirm
from breaches.demands.queries import to_approve
from breaches.downloads.grades import GRADES
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.web import StaffRequest, page_of

TAB = "recipients"


@require_GET
@on_team("recipient.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the recipients and where each stands."""
    at = timezone.now()
    page = page_of(request, queries.recipients_with_all(incident))
    context = _context(
        incident,
        page=page,
        rows=[answered(row, at=at) for row in page],
        **queries.facts_for_page(incident, at=at),
    )
    return render(request, "breaches/accountability/list.html", context)


@require_GET
@on_team("recipient.view")
def detail(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one recipient: what it has, who it is, its case, and what can be done now."""
    recipient = get_object_or_404(queries.recipients_with_all(incident), pk=pk)
    at = timezone.now()
    row = answered(recipient, at=at)
    context = _context(incident, row=row, grades=GRADES, **dossier.of(row, at=at))
    return render(request, "breaches/accountability/detail.html", context)


@require_GET
@on_team("recipient.view")
def dates(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List every date of every case, the nearest first, and what waits for a second person."""
    at = timezone.now()
    page = page_of(request, dates_of(incident))
    context = _context(
        incident,
        page=page,
        rows=[(clock, called(clock.case.recipient), clock.due_at <= at) for clock in page],
        proposals=[
            (one, STEPS[one.event].words, called(one.case.recipient))
            for one in to_confirm(incident)
        ],
        drafts=[(one, called(one.recipient)) for one in to_approve(incident)],
    )
    return render(request, "breaches/accountability/dates.html", context)


@require_GET
@on_team("recipient.view")
def promised(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what was promised, dated, against what was done."""
    context = _context(
        incident,
        promises=queries.promises(incident),
        measures=queries.measure(incident),
        **queries.facts_for_page(incident, at=timezone.now()),
    )
    return render(request, "breaches/accountability/promised.html", context)


@require_GET
@on_team("recipient.view")
@vary_on_headers("HX-Request")
def person(request: StaffRequest, incident: Incident, affected_id: str) -> HttpResponse:
    """List every recipient and how each answered, for one affected person's page."""
    affected = get_object_or_404(AffectedPerson, pk=affected_id, incident=incident)
    at = timezone.now()
    rows = [answered(row, at=at) for row in queries.recipients_with_all(incident)]
    context = _context(incident, affected=affected, rows=rows, grades=GRADES)
    name = "fragment" if request.headers.get("HX-Request") else "person"
    return render(request, f"breaches/accountability/{name}.html", context)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}
