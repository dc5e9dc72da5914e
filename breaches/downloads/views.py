"""The Downloads tab: logs, figures with their rules, and the lines behind each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.audit import log as audit
from breaches.downloads import actions, pages, queries, registry, tasks
from breaches.downloads.forms import FormatForm, LogForm, NetworksForm
from breaches.downloads.models import AccessEvent, Acquisition, Decision, LogSource
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.web import StaffRequest, answer_refusal, page_of

TAB = "downloads"


@require_GET
@on_team("log.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the figures, the picture and the clients of one posted file."""
    exposures = queries.web_exposures(incident)
    chosen = exposures.filter(pk=_number(request, "exposure") or 0).first() or exposures.first()
    page: dict[str, Any] = {"incident": incident, "tab": TAB, "exposures": exposures}
    if chosen:
        found = queries.overview(chosen)
        page["page"] = page_of(request, found.rows)
        page |= {**pages.of_exposure(found), "clients": pages.clients(page["page"])}
    return render(request, "breaches/downloads/list.html", page)


@on_team("log.import")
def receive(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Take in a log."""
    form = LogForm(request.POST or None, request.FILES or None, incident=incident)
    if request.method == "POST" and form.is_valid():
        try:
            logs = actions.import_logs(incident, form.order, by=request.user, at=timezone.now())
        except Refused as refusal:
            answer_refusal(request, refusal)
        else:
            for log in logs:
                tasks.read_log.delay_on_commit(log_source_id=log.pk)
            several = f"{len(logs)} logs are" if len(logs) > 1 else "The log is"
            messages.success(request, f"{several} sealed as evidence and being read.")
        return redirect("downloads:list", incident_id=incident.pk)
    page = {"incident": incident, "tab": TAB, "form": form}
    return render(request, "breaches/downloads/receive.html", page)


@require_GET
@on_team("log.view")
def detail(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Show one log: its evidence, how far it was read, what it covers."""
    log = get_object_or_404(LogSource, pk=pk, incident=incident)
    form = FormatForm(initial={"format_said": log.format_said})
    page = {"incident": incident, "tab": TAB, "log": log, "form": form, **pages.of_log(log)}
    return render(request, "breaches/downloads/detail.html", page)


@require_POST
@on_team("log.import")
def read_again(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Have a log read anew in another format."""
    log = get_object_or_404(LogSource, pk=pk, incident=incident)
    form = FormatForm(request.POST)
    said = form.cleaned_data["format_said"] if form.is_valid() else ""
    try:
        actions.read_again(log, said, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        tasks.read_log.delay_on_commit(log_source_id=log.pk)
        messages.success(request, "The log is being read anew.")
    return redirect("downloads:detail", incident.pk, log.pk)


@require_GET
@on_team("log.view")
def progress(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Answer the progress bar of one log."""
    log = get_object_or_404(LogSource, pk=pk, incident=incident)
    return render(request, "breaches/downloads/progress.html", {"incident": incident, "log": log})


@require_GET
@on_team("log.view")
def lines(request: StaffRequest, incident: Incident, pk: int, figure: str) -> HttpResponse:
    """Open the raw lines behind one figure, a page at a time."""
    exposure = get_object_or_404(queries.web_exposures(incident), pk=pk)
    if figure not in pages.LABELS:
        raise Http404
    events = page_of(request, queries.events_of(exposure, figure))
    audit.record(
        exposure,
        "lines.opened",
        by=request.user,
        at=timezone.now(),
        figure=figure,
        count=len(events),
        page=events.number,
    )
    page = {
        "incident": incident,
        "tab": TAB,
        "exposure": exposure,
        "page": events,
        "lines": pages.lines(events),
        "decisions": Decision.choices,
        **pages.figure(figure),
    }
    return render(request, "breaches/downloads/lines.html", page)


@require_GET
@on_team("log.view")
def client(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Open the raw lines of one client."""
    acquisition = get_object_or_404(Acquisition, pk=pk, incident=incident)
    events = page_of(request, queries.events_behind(acquisition))
    audit.record(
        acquisition,
        "lines.opened",
        by=request.user,
        at=timezone.now(),
        count=len(events),
        page=events.number,
    )
    page = {
        "incident": incident,
        "tab": TAB,
        "exposure": acquisition.exposure,
        "page": events,
        "lines": pages.lines(events),
        "client": pages.client(acquisition),
        "registered": registry.of_network(incident.pk, acquisition.network),
    }
    return render(request, "breaches/downloads/client.html", page)


@require_POST
@on_team("log.import")
def decide(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Decide a line that no rule could read."""
    event = get_object_or_404(AccessEvent, pk=pk, incident=incident)
    decision = request.POST.get("decision", "")
    if decision not in Decision.values:
        messages.error(request, "Choose whether the line asks for the file.")
    else:
        try:
            actions.decide(event, decision, by=request.user, at=timezone.now())
        except Refused as refusal:
            answer_refusal(request, refusal)
    return redirect("downloads:lines", incident.pk, event.exposure_id, "unknown")


@on_team("log.import")
def networks(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Name the networks of our own checks and of monitors."""
    form = NetworksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = actions.name_networks(incident, form.networks, by=request.user, at=timezone.now())
        messages.success(request, f"{count} networks named; all requests were sorted again.")
        return redirect("downloads:networks", incident_id=incident.pk)
    page = {
        "incident": incident,
        "tab": TAB,
        "form": form,
        "networks": pages.networks(queries.networks_of(incident)),
    }
    return render(request, "breaches/downloads/networks.html", page)


def _number(request: StaffRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
