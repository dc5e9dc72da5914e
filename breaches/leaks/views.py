"""The Files tab: hand in a leaked file, name its columns, see what was taken in."""

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
from breaches.leaks.models import SourceFile
from breaches.web import StaffRequest, answer_refusal

TAB = "files"


@require_GET
@on_team("file.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the leaked files of an incident."""
    files = queries.files_of(incident)
    page = {
        "incident": incident,
        "tab": TAB,
        "files": files,
        "counts": queries.row_counts(incident),
    }
    return render(request, "breaches/leaks/list.html", page)


@on_team("file.import")
def receive(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Take in a leaked file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            file = actions.receive_file(
                incident,
                data["file"],
                handed_over_by=data["handed_over_by"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            answer_refusal(request, refusal)
            return redirect("leaks:list", incident.pk)
        tasks.inspect_file.delay_on_commit(file_id=file.pk)
        messages.success(request, "The file is sealed as evidence and is being read.")
        return redirect("leaks:detail", incident.pk, file.pk)
    page = {"incident": incident, "tab": TAB, "form": form}
    return render(request, "breaches/leaks/receive.html", page)


@on_team("file.view")
def detail(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Show one file: progress, or its columns with samples."""
    file = get_object_or_404(SourceFile, pk=pk, incident=incident)
    columns = list(file.columns.order_by("position"))
    if columns:
        log.record(file, "samples.opened", by=request.user, at=timezone.now())
    form = MappingForm(columns=columns)
    named = [(column, column.document, form[str(column.position)]) for column in columns]
    page = {"incident": incident, "tab": TAB, "file": file, "columns": named}
    return render(request, "breaches/leaks/detail.html", page)


@require_GET
@on_team("file.view")
def progress(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Answer the progress bar of one file."""
    file = get_object_or_404(SourceFile, pk=pk, incident=incident)
    return render(request, "breaches/leaks/progress.html", {"incident": incident, "file": file})


@on_team("file.map")
def name_columns(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Say what each column holds, and have the rows sealed."""
    file = get_object_or_404(SourceFile, pk=pk, incident=incident)
    form = MappingForm(request.POST or None, columns=file.columns.order_by("position"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_mapping(file, form.elements, by=request.user, at=timezone.now())
        except Refused as refusal:
            answer_refusal(request, refusal)
        else:
            tasks.store_rows.delay_on_commit(file_id=file.pk)
            messages.success(request, "The rows are being sealed.")
    return redirect("leaks:detail", incident.pk, pk)
