"""The Files tab: what was leaked, what its columns hold, and which rows name nobody."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from breaches.audit import log
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.leaks import actions, queries, tasks
from breaches.leaks.forms import FileForm, MappingForm
from breaches.leaks.models import FileStatus, SourceFile
from breaches.web import StaffRequest, answer_refusal, page_of

TAB = "files"
WORKING = {FileStatus.RECEIVED, FileStatus.READING, FileStatus.MAPPED, FileStatus.STORING}


@require_GET
@on_team("file.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the leaked files of an incident."""
    files = queries.files_of(incident)
    context = _context(
        incident,
        files=[(file, file.evidence.document["file_name"]) for file in files],
        counts=queries.row_counts(incident),
        waiting=[file for file in files if file.status == FileStatus.MAPPING],
    )
    return render(request, "breaches/leaks/list.html", context)


@on_team("file.import")
def receive(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Take in a leaked file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by, at, given = request.user, timezone.now(), form.cleaned_data
        try:
            file = actions.receive_file(
                incident, given["file"], handed_over_by=given["handed_over_by"], by=by, at=at
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            tasks.inspect_file.delay_on_commit(file_id=file.pk)
            messages.success(request, "The file is sealed as evidence; its columns are being read.")
            return redirect("leaks:detail", incident.pk, file.pk)
    return render(request, "breaches/leaks/receive.html", _context(incident, form=form))


@require_GET
@on_team("file.view")
def detail(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Show one file: its evidence, its columns, and how far it is."""
    file = _file(incident, pk)
    log.record(file, "file.opened", by=request.user, at=timezone.now())
    columns = queries.columns_of(file)
    context = _context(incident, file=file, evidence=file.evidence, columns=columns)
    context |= {
        "about": file.evidence.document,
        "counts": queries.counts_of(file),
        "hidden": queries.hidden_in(file),
        "problems": queries.problems_of(file).count(),
        "is_working": file.status in WORKING,
    }
    return render(request, "breaches/leaks/detail.html", context)


@require_GET
@on_team("file.view")
def progress(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Answer the progress bar of one file; the page loads anew when the work is done."""
    file = _file(incident, pk)
    context = {"incident": incident, "file": file, "is_working": file.status in WORKING}
    answer = render(request, "breaches/leaks/progress.html", context)
    if not context["is_working"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


@on_team("file.map")
def name_columns(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Let a person say what each column holds."""
    file = _file(incident, pk)
    form = MappingForm(request.POST or None, columns=queries.columns_of(file))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_mapping(file, form.elements, by=request.user, at=timezone.now())
        except actions.NothingToFindPeopleBy as refusal:
            form.add_error(None, str(refusal))
        except Refused as refusal:
            answer_refusal(request, refusal)
            return redirect("leaks:detail", incident.pk, file.pk)
        else:
            tasks.store_rows.delay_on_commit(file_id=file.pk)
            messages.success(request, "The columns are named; the rows are being sealed.")
            return redirect("leaks:detail", incident.pk, file.pk)
    if file.status != FileStatus.MAPPING:
        return redirect("leaks:detail", incident.pk, file.pk)
    return render(request, "breaches/leaks/columns.html", _context(incident, file=file, form=form))


@require_GET
@on_team("file.view")
def nameless(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """List the rows in which nothing identifies anybody."""
    file = _file(incident, pk)
    page = page_of(request, queries.nameless_rows(file))
    log.record(file, "rows.opened", by=request.user, at=timezone.now(), page=page.number)
    columns = queries.columns_of(file)
    rows = queries.opened(page.object_list, columns)
    context = _context(incident, file=file, page=page, columns=columns, rows=rows)
    return render(request, "breaches/leaks/nameless.html", context)


@require_GET
@on_team("file.view")
def problems(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """List the doubtful cells of a file."""
    file = _file(incident, pk)
    page = page_of(request, queries.problems_of(file))
    log.record(file, "problems.opened", by=request.user, at=timezone.now(), page=page.number)
    context = _context(incident, file=file, page=page, cells=queries.problem_cells(file, page))
    return render(request, "breaches/leaks/problems.html", context)


def _file(incident: Incident, pk: int) -> SourceFile:
    return get_object_or_404(queries.files_of(incident), pk=pk)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}
