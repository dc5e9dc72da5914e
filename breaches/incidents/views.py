"""The list of incidents, and the Incident tab."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access import trail
from breaches.access.gate import staff_may
from breaches.audit import log
from breaches.errors import Refused
from breaches.incidents import actions, pages, queries
from breaches.incidents.forms import ExposureForm, IncidentForm, MemberForm, StatementForm
from breaches.incidents.gate import on_team
from breaches.incidents.models import Exposure, Incident
from breaches.web import StaffRequest, answer_refusal, page_of

TAB = "incident"


class Page(NamedTuple):
    """A form about an incident, and what saving it does."""

    form: Any
    title: str
    act: Callable[[], None]


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
        except actions.ReferenceTaken as taken:
            form.add_error("reference", str(taken))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The incident is open. Say next where the data stood open.")
            return redirect("incidents:detail", incident.pk)
    return render(request, "breaches/incidents/open.html", {"form": form})


@require_GET
@on_team("incident.view")
def detail(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what is known of an incident."""
    context = _context(incident, **pages.of_incident(incident))
    context["overlapping"] = queries.overlapping(incident, request.user)
    return render(request, "breaches/incidents/detail.html", context)


@on_team("incident.edit")
def edit(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Correct an incident."""
    others = queries.possible_parents(incident, request.user)
    initial = {name: getattr(incident, name) for name in IncidentForm.base_fields}
    form = IncidentForm(request.POST or None, initial=initial, others=others)

    def act() -> None:
        actions.correct_incident(incident, form.facts, by=request.user, at=timezone.now())

    return _form(request, incident, Page(form, "Correct the incident", act))


@on_team("incident.edit")
def add_exposure(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Record a place where the data stood open."""
    form = ExposureForm(request.POST or None)

    def act() -> None:
        facts = form.cleaned_data
        actions.add_exposure(incident, by=request.user, at=timezone.now(), **facts)

    return _form(request, incident, Page(form, "Where the data stood open", act))


@on_team("incident.edit")
def edit_exposure(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Correct an exposure."""
    exposure = get_object_or_404(Exposure, pk=pk, incident=incident)
    form = ExposureForm(request.POST or None, instance=exposure)

    def act() -> None:
        kept = Exposure.objects.get(pk=pk)  # the form has written on the other
        actions.correct_exposure(kept, by=request.user, at=timezone.now(), **form.cleaned_data)

    return _form(request, incident, Page(form, "Where the data stood open", act))


@on_team("incident.edit")
def add_statement(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Keep what somebody said."""
    form = StatementForm(request.POST or None)

    def act() -> None:
        actions.add_statement(incident, form.said, by=request.user, at=timezone.now())

    return _form(request, incident, Page(form, "What was said", act))


@on_team("team.manage")
def team(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the team, and add somebody to it."""
    form = MemberForm(request.POST or None, incident=incident)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        actions.add_to_team(incident, user, by=request.user, at=timezone.now())
        return redirect("incidents:team", incident.pk)
    members = (
        incident.team.select_related("user")
        .prefetch_related("user__held_roles")
        .order_by("user__email")
    )
    context = _context(incident, form=form, members=members.order_by("user__email"))
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


@require_GET
@on_team("audit.view")
def audit(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Read what happened in this incident, by whom and when."""
    found = trail.of_chain(request, log.chain_of(incident), at=timezone.now())
    context = {"incident": incident, "tab": "audit", **found}
    return render(request, "breaches/incidents/audit.html", context)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}


def _form(request: StaffRequest, incident: Incident, page: Page) -> HttpResponse:
    """Show a form, or save it; a refusal is shown on it, so that nothing typed is lost."""
    if request.method == "POST" and page.form.is_valid():
        try:
            page.act()
        except Refused as refusal:
            page.form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("incidents:detail", incident.pk)
    context = _context(incident, form=page.form, title=page.title)
    return render(request, "breaches/incidents/form.html", context)
