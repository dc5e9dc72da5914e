"""Close an incident, open it again, or end it for good."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.incidents.actions import close_incident, reopen_incident
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.web import StaffRequest, attempt, attempt_form
from notifications.endings import actions, queries
from notifications.endings.forms import AskForm, ConfirmForm
from notifications.endings.models import Ending


@require_GET
@on_team("incident.view")
def detail(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show how far an incident is from its end, and the next step."""
    asked = queries.asked(incident)
    context = {
        "incident": incident,
        "tab": "incident",
        "reasons": queries.in_the_way(incident),
        "asked": asked,
        "is_own": asked is not None and asked.asked_by == request.user,
        "ask_form": AskForm(),
        "confirm_form": ConfirmForm(incident=incident),
    }
    return render(request, "notifications/endings/detail.html", context)


@require_POST
@on_team("incident.close")
def close(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Close the incident."""
    return _do(
        request,
        incident,
        lambda: close_incident(incident, by=request.user, at=timezone.now()),
        "Closed. It can be opened again until it is ended.",
    )


@require_POST
@on_team("incident.close")
def reopen(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Open the incident again."""
    return _do(
        request,
        incident,
        lambda: reopen_incident(incident, by=request.user, at=timezone.now()),
        "The incident is open again.",
    )


@require_POST
@on_team("incident.close")
def ask(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Ask that the incident be ended."""
    form = AskForm(request.POST)

    def act() -> None:
        ground = form.cleaned_data["ground"]
        actions.ask(incident, ground, by=request.user, at=timezone.now())

    attempt_form(request, form, act, "Asked for. A second person confirms it here.")
    return _back(incident)


@require_POST
@on_team("incident.close")
def withdraw(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Take the request back."""
    ending = get_object_or_404(Ending, pk=pk, incident=incident)
    return _do(
        request,
        incident,
        lambda: actions.withdraw(ending, by=request.user, at=timezone.now()),
        "Taken back; nothing is destroyed.",
    )


@require_POST
@on_team("incident.end")
def confirm(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Confirm as the second person; the key is destroyed."""
    ending = get_object_or_404(Ending, pk=pk, incident=incident)
    form = ConfirmForm(request.POST, incident=incident)

    def act() -> None:
        actions.confirm(ending, by=request.user, at=timezone.now())

    attempt_form(request, form, act, "Ended. Its records cannot be read again.")
    return _back(incident)


def _do(
    request: StaffRequest, incident: Incident, act: Callable[[], None], done: str
) -> HttpResponse:
    attempt(request, act, done)
    return _back(incident)


def _back(incident: Incident) -> HttpResponse:
    return redirect("endings:detail", incident_id=incident.pk)
