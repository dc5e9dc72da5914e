"""The gate page: why a model may not link by itself yet, and what is left to do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import actions, gates, tasks
from breaches.matching.models import Gate
from breaches.matching.views.showing import show
from breaches.web import StaffRequest, answer_refusal


@require_GET
@on_team("match.view")
def detail(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what was tried, how far the blind sample is, and what is missing."""
    gate = gates.latest(incident)
    standing = gates.standing(gate) if gate else None
    waiting = gates.to_link(gate).count() if gate else 0
    return show(request, incident, "gate", {"standing": standing, "waiting": waiting})


@require_POST
@on_team("match.release")
def open_it(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Open the gate; the pairs that wait are linked by the next run."""
    gate = get_object_or_404(Gate, pk=pk, incident=incident)
    try:
        run = actions.open_gate(gate, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("matching:gate", incident.pk)
    if run:
        tasks.match.delay_on_commit(run_id=run.pk)
    messages.success(request, "The gate is open. The pairs that waited are linked now.")
    return redirect("matching:list", incident.pk)


@require_POST
@on_team("match.review")
def enlarge(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Draw more pairs into the blind sample."""
    gate = get_object_or_404(Gate, pk=pk, incident=incident)
    try:
        actions.draw_more(gate, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    return redirect("matching:gate", incident.pk)
