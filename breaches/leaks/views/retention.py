"""How long a file is kept, and what forbids to destroy it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.leaks import opening, queries, retention
from breaches.leaks.forms import DayForm, ReasonForm
from breaches.leaks.models import Destruction
from breaches.web import StaffRequest, answer_refusal, attempt


@require_GET
@on_team("file.view")
def keeping(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Show the hold, the day of deletion, and what was destroyed."""
    file = get_object_or_404(queries.files_of(incident), pk=pk)
    context = {
        "incident": incident,
        "tab": "files",
        "file": file,
        "holds": opening.holds_on(file),
        "is_held": retention.open_hold(file) is not None,
        "destructions": opening.destructions_of(file, request.sight),
        "hold_form": ReasonForm(),
        "day_form": DayForm(initial={"day": file.delete_on}),
    }
    return render(request, "breaches/leaks/keeping.html", context)


@require_POST
@on_team("file.keep")
def hold(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Place a hold, or lift the one there is."""
    file = get_object_or_404(queries.files_of(incident), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why; nothing was changed.")
        return redirect("leaks:keeping", incident.pk, file.pk)
    act = retention.lift_hold if retention.open_hold(file) else retention.place_hold
    try:
        act(file, form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        if retention.open_hold(file) and (stopped := retention.under_way(file)):
            messages.warning(request, _too_late_for(stopped))
    return redirect("leaks:keeping", incident.pk, file.pk)


def _too_late_for(stopped: Destruction) -> str:
    """Say what a hold cannot bring back."""
    if not stopped.done:
        return (
            "A destruction of this file was decided. Nothing is destroyed yet; the hold stops it."
        )
    return (
        "A destruction of this file was under way. The hold stops it, but what was to be destroyed "
        f"is gone already in {stopped.done} of {stopped.total} rows; see below. The file as it was "
        "handed over is still here."
    )


@require_POST
@on_team("file.keep")
def delete(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Set the day on which the values of a file are destroyed, or take it back."""
    file = get_object_or_404(queries.files_of(incident), pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That is no day; nothing was changed.")
        return redirect("leaks:keeping", incident.pk, file.pk)
    attempt(
        request,
        lambda: retention.delete_on(
            file, form.cleaned_data["day"], by=request.user, at=timezone.now()
        ),
        "The day of deletion is recorded.",
    )
    return redirect("leaks:keeping", incident.pk, file.pk)
