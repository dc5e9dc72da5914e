"""The Access tab of an incident of excess access: who could see, and who did see."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from breaches.audit import log as audit
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.insiders import actions, queries, reading, tasks
from breaches.insiders.forms import AccessFileForm, AffectedForm, ColumnsForm
from breaches.insiders.models import AccessFile, FileStatus, SeenDecision
from breaches.leaks.tabular import Unreadable
from breaches.people import queries as people
from breaches.web import StaffRequest, answer_refusal, page_of

WORKING = {FileStatus.MAPPED, FileStatus.READING}


@require_GET
@on_team("log.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the files, the figures, the accounts and whose records were opened."""
    files = list(queries.files_of(incident))
    page = page_of(request, queries.seen_people(incident))
    audit.record(incident, "access.opened", by=request.user, at=timezone.now(), page=page.number)
    context = _context(
        incident,
        files=[(file, file.evidence.document["file_name"]) for file in files],
        working=[file for file in files if file.status in WORKING],
        figures=queries.figures(incident),
        accounts=queries.accounts(incident),
        page=page,
        seen=list(zip(page, people.listed(page), strict=True)),
        decision=SeenDecision.objects.filter(incident=incident).first(),
    )
    return render(request, "breaches/insiders/list.html", context)


@on_team("log.import")
def receive(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Take in a roster or an audit log."""
    form = AccessFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = actions.receive(incident, form.order, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "The file is sealed as evidence. Say what its columns hold.")
            return redirect("insiders:columns", incident.pk, file.pk)
    return render(request, "breaches/insiders/receive.html", _context(incident, form=form))


@on_team("log.import")
def columns(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Let a person say what each column holds, beside the first rows."""
    file = get_object_or_404(AccessFile, pk=pk, incident=incident)
    if file.status != FileStatus.RECEIVED:
        return redirect("insiders:list", incident.pk)
    try:
        head = reading.head_of(file)
    except Unreadable as refusal:
        actions.set_aside(file, str(refusal), at=timezone.now())
        return redirect("insiders:list", incident.pk)
    form = ColumnsForm(request.POST or None, kind=file.kind, headings=head.headings)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_columns(file, form.columns, by=request.user, at=timezone.now())
        except Refused as refusal:
            answer_refusal(request, refusal)
        else:
            tasks.read_file.delay_on_commit(file_id=file.pk)
            messages.success(request, "The columns are named; the rows are being read.")
        return redirect("insiders:list", incident.pk)
    audit.record(file, "accessfile.opened", by=request.user, at=timezone.now())
    context = _context(incident, file=file, form=form, head=head)
    return render(request, "breaches/insiders/columns.html", context)


@require_GET
@on_team("log.view")
def progress(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Answer the progress bar of one file; the page loads anew when the work is done."""
    file = get_object_or_404(AccessFile, pk=pk, incident=incident)
    context = {"incident": incident, "file": file}
    answer = render(request, "breaches/insiders/progress.html", context)
    if file.status not in WORKING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@on_team("log.import")
def affected(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Say which data the system shows; the people it showed become the affected people."""
    said = SeenDecision.objects.filter(incident=incident).first()
    initial = {"elements": said.elements, "with_could": said.with_could} if said else None
    form = AffectedForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.decide_affected(incident, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Written down. The affected people are being brought in line.")
        return redirect("insiders:list", incident.pk)
    return render(request, "breaches/insiders/affected.html", _context(incident, form=form))


@require_GET
@on_team("log.view")
def person(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show who opened the record of one person, and who else could have."""
    one = get_object_or_404(queries.people_of(incident), pk=pk)
    page = page_of(request, queries.did_see(incident, one))
    at = timezone.now()
    audit.record(incident, "views.opened", by=request.user, at=at, about=str(one.pk))
    context = _context(
        incident,
        name=people.listed([one])[0].name,
        page=page,
        looks=queries.looks(page),
        could=queries.could_see(incident, one),
    )
    return render(request, "breaches/insiders/person.html", context)


@require_GET
@on_team("log.view")
def account(request: StaffRequest, incident: Incident, index: str) -> HttpResponse:
    """Show what one account was given and what it did."""
    one = next((row for row in queries.accounts(incident) if row.key == index), None)
    if one is None:
        return redirect("insiders:list", incident.pk)
    page = page_of(request, queries.looks_of(incident, index))
    audit.record(incident, "views.opened", by=request.user, at=timezone.now(), about=index)
    context = _context(incident, account=one, page=page, looks=queries.looks(page))
    return render(request, "breaches/insiders/account.html", context)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": "insiders", **more}
