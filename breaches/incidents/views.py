"""The list of incidents, and the Incident tab."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access.gate import staff_may
from breaches.errors import Refused
from breaches.incidents import actions, pages, queries
from breaches.incidents.forms import ExposureForm, IncidentForm, MemberForm, StatementForm
from breaches.incidents.gate import on_team
from breaches.incidents.models import Exposure, Incident
from breaches.web import StaffRequest, answer_refusal, page_of

TAB = "incident"


@require_GET
@staff_may("incident.view")
def overview(request: StaffRequest) -> HttpResponse:
    """List the incidents of whoever looks."""
    page = page_of(request, queries.incidents_of(request.user))
    return render(request, "breaches/incidents/list.html", {"page": page})


@staff_may("incident.open")
def open_incident(request: StaffRequest) -> HttpResponse:
    """Open an incident."""
    form = IncidentForm(request.POST or None, others=queries.incidents_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            incident = actions.open_incident(form.facts, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("reference", str(refusal))
        else:
            messages.success(request, "The incident is open. Say next where the data stood open.")
            return redirect("incidents:detail", incident.pk)
    return render(request, "breaches/incidents/open.html", {"form": form})


@require_GET
@on_team("incident.view")
def detail(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what is known of an incident."""
    return render(
        request, "breaches/incidents/detail.html", _context(incident, **pages.of_incident(incident))
    )


@on_team("incident.edit")
def edit(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Correct an incident."""
    others = queries.incidents_of(request.user).exclude(pk=incident.pk)
    initial = {name: getattr(incident, name) for name in IncidentForm.base_fields}
    form = IncidentForm(request.POST or None, initial=initial, others=others)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            incident,
            lambda: actions.correct_incident(
                incident, form.facts, by=request.user, at=timezone.now()
            ),
        )
    return _form(request, incident, form, "Correct the incident")


@on_team("incident.edit")
def add_exposure(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Record a place where the data stood open."""
    form = ExposureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            incident,
            lambda: actions.add_exposure(
                incident, by=request.user, at=timezone.now(), **form.cleaned_data
            ),
        )
    return _form(request, incident, form, "Where the data stood open")


@on_team("incident.edit")
def edit_exposure(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Correct an exposure."""
    exposure = get_object_or_404(Exposure, pk=pk, incident=incident)
    form = ExposureForm(request.POST or None, instance=exposure)
    if request.method == "POST" and form.is_valid():
        kept = get_object_or_404(Exposure, pk=pk)  # the form has written on the other
        return _do(
            request,
            incident,
            lambda: actions.correct_exposure(
                kept, by=request.user, at=timezone.now(), **form.cleaned_data
            ),
        )
    return _form(request, incident, form, "Where the data stood open")


@on_team("incident.edit")
def add_statement(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Keep what somebody said."""
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            incident,
            lambda: actions.add_statement(incident, form.said, by=request.user, at=timezone.now()),
        )
    return _form(request, incident, form, "What was said")


@on_team("team.manage")
def team(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the team, and add somebody to it."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        actions.add_to_team(incident, user, by=request.user, at=timezone.now())
        return redirect("incidents:team", incident.pk)
    members = incident.team.select_related("user").order_by("user__email")
    context = _context(incident, form=form, members=members)
    return render(request, "breaches/incidents/team.html", context)


@require_POST
@on_team("team.manage")
def leave_team(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Take somebody off the team."""
    user = get_object_or_404(User, pk=pk, teams__incident=incident)
    try:
        actions.remove_from_team(incident, user, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    if user == request.user and not incident.team.filter(user=user).exists():
        return redirect("incidents:list")
    return redirect("incidents:team", incident.pk)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}


def _do(request: StaffRequest, incident: Incident, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        messages.success(request, "Saved.")
    return redirect("incidents:detail", incident.pk)


def _form(request: StaffRequest, incident: Incident, form: Any, title: str) -> HttpResponse:
    return render(
        request, "breaches/incidents/form.html", _context(incident, form=form, title=title)
    )
