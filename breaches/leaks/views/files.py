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
from breaches.leaks import actions, exposures, opening, queries, retention, tasks
from breaches.leaks.forms import FileForm, MappingForm, ReadingForm, ShapeFormSet, marked, shown
from breaches.leaks.models import FileStatus, SourceFile
from breaches.leaks.preview import preview
from breaches.leaks.texts import Wish
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
        files=[(file, opening.name_of(file, request.sight)) for file in files],
        counts=queries.row_counts(incident),
        waiting=[file for file in files if file.status == FileStatus.MAPPING],
    )
    return render(request, "breaches/leaks/list.html", context)


@on_team("file.import")
def receive(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Take in a leaked file."""
    known = {file.pk: file for file in queries.files_of(incident).filter(status=FileStatus.READY)}
    earlier = [
        (pk, f"file {pk}: {opening.name_of(file, request.sight)}") for pk, file in known.items()
    ]
    form = FileForm(request.POST or None, request.FILES or None, earlier=earlier)
    if request.method == "POST" and form.is_valid():
        by, at, given = request.user, timezone.now(), form.cleaned_data
        try:
            file = actions.receive_file(
                incident,
                given["file"],
                handed_over_by=given["handed_over_by"],
                by=by,
                at=at,
                replaces=known.get(given.get("replaces") or 0),
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
    context = _context(incident, file=file, evidence=file.evidence)
    context |= {
        "about": file.evidence.document,
        "name": opening.name_of(file, request.sight),
        "counts": queries.counts_of(file),
        "hidden": opening.hidden_in(file),
        "remarks": opening.remarks_on(file),
        "tables": opening.tables_of(file, request.sight),
        "people": opening.people_in(file),
        "problems": sum(file.doubts.values()),
        "is_working": file.status in WORKING,
        "is_held": retention.open_hold(file) is not None,
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
    form = MappingForm(request.POST or None, tables=opening.tables_of(file, request.sight))
    if request.method == "POST" and form.is_valid():
        by, at, tables = request.user, timezone.now(), form.taken
        try:
            actions.confirm_mapping(
                file, form.elements, by=by, at=at, orders=form.orders, tables=tables
            )
        except (actions.NothingToFindPeopleBy, actions.OrderUndecided) as refusal:
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
    table = queries.table_asked(file, request.GET.get("table", ""))
    page = page_of(request, queries.nameless_rows(file, table))
    log.record(file, "rows.opened", by=request.user, at=timezone.now(), page=page.number)
    columns = opening.columns_of(file, request.sight, table)
    rows = opening.opened(page.object_list, columns, request.sight)
    context = _context(incident, file=file, page=page, columns=columns, rows=rows)
    context |= {"tables": opening.tables_of(file, request.sight), "table": table}
    return render(request, "breaches/leaks/nameless.html", context)


@require_GET
@on_team("file.view")
def problems(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """List the doubts about a file: about the whole of it first, then cell by cell."""
    file = _file(incident, pk)
    reason = request.GET.get("reason", "")
    page = page_of(request, queries.problems_of(file, reason))
    log.record(file, "problems.opened", by=request.user, at=timezone.now(), page=page.number)
    cells = opening.problem_cells(file, page, request.sight)
    context = _context(incident, file=file, page=page, cells=cells)
    context |= {"remarks": opening.remarks_on(file), "doubts": opening.doubts_in(file)}
    return render(request, "breaches/leaks/problems.html", context | {"reason": reason})


@require_GET
@on_team("file.view")
def lost(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what was lost, and who lost all of the chosen elements."""
    found = exposures.lost_elements(incident)
    known = {one.element.code: one.element for one in found}
    chosen = [code for code in request.GET.getlist("element") if code in known]
    context = _context(incident, lost=found, chosen=chosen, levels=opening.levels(incident))
    if chosen:
        losers = exposures.who_lost(incident, chosen)
        page = page_of(request, losers.rows.order_by("identity", "source_file", "row_number"))
        at, number = timezone.now(), page.number
        log.record(incident, "losses.opened", by=request.user, at=at, page=number, elements=chosen)
        columns = opening.columns_for(chosen)
        rows = opening.rows_by_element(page.object_list, columns, request.sight)
        words = " + ".join(known[code].label for code in chosen)
        context |= {"losers": losers, "page": page, "rows": rows}
        context |= {"columns": columns, "words": words}
    return render(request, "breaches/leaks/lost.html", context)


@on_team("file.map")
def layout(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Let a person say how a file is to be read and where its tables stand."""
    file = _file(incident, pk)
    reading = ReadingForm(request.POST or None, initial=file.wish)
    places = [shown(seen.table.place) for seen in opening.tables_of(file, request.sight)]
    shapes = ShapeFormSet(request.POST or None, initial=places, prefix="table")
    if request.method == "POST" and reading.is_valid() and shapes.is_valid():
        wish, at = Wish(**reading.cleaned_data), timezone.now()
        try:
            actions.correct_reading(file, wish, marked(shapes), by=request.user, at=at)
        except Refused as refusal:
            answer_refusal(request, refusal)
        else:
            tasks.inspect_file.delay_on_commit(file_id=file.pk)
            messages.success(request, "The file is being read again, as you said.")
        return redirect("leaks:detail", incident.pk, file.pk)
    log.record(file, "layout.opened", by=request.user, at=timezone.now())
    context = _context(incident, file=file, reading=reading, shapes=shapes)
    context["sheets"] = preview(file, request.sight)
    return render(request, "breaches/leaks/layout.html", context)


def _file(incident: Incident, pk: int) -> SourceFile:
    return get_object_or_404(queries.files_of(incident), pk=pk)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}
