"""The Print runs tab: freeze, release as a second person, print, post."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.vault import files
from breaches.vault.models import SealedFile
from breaches.web import StaffRequest, answer_refusal, attempt, attempt_form, page_of
from notifications.printing import actions, queries, rules, tasks
from notifications.printing.forms import MailedForm
from notifications.printing.models import PrintRun

TAB = "runs"


@require_GET
@on_team("run.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the runs, and how many letters wait for one."""
    context = {
        "incident": incident,
        "tab": TAB,
        "page": page_of(request, queries.runs_of(incident)),
        "waiting": queries.printable(incident).count(),
    }
    return render(request, "notifications/printing/list.html", context)


@require_POST
@on_team("run.build")
def freeze(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Put every letter that is ready into a run."""
    try:
        run = actions.freeze_run(incident, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("printing:list", incident_id=incident.pk)
    tasks.build_run.delay_on_commit(run_id=run.pk)
    messages.success(request, f"{run.letters} letters are frozen; the file is being built.")
    return _back(run)


@require_GET
@on_team("run.view")
def detail(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Show one run: how far it is, what comes next, and its list."""
    return _page(request, _run(incident, number))


@require_GET
@on_team("run.view")
def progress(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Answer the progress bar of one run."""
    context = {"incident": incident, "run": _run(incident, number)}
    return render(request, "notifications/printing/progress.html", context)


@require_POST
@on_team("run.release")
def release(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Let the run go, as the second person."""
    run = _run(incident, number)
    return _do(
        request,
        run,
        lambda: actions.release_run(run, by=request.user, at=timezone.now()),
        "Released. It can be printed now.",
    )


@require_POST
@on_team("run.print")
def printed(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Say that it is printed."""
    run = _run(incident, number)
    return _do(
        request,
        run,
        lambda: actions.mark_printed(run, by=request.user, at=timezone.now()),
        "Recorded as printed.",
    )


@require_POST
@on_team("run.print")
def mailed(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Say that the post has it, but for what was taken out of the stack."""
    run, form = _run(incident, number), MailedForm(request.POST)
    done = attempt_form(
        request,
        form,
        lambda: actions.mark_mailed(run, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Recorded as mailed; its people count as told.",
    )
    return _back(run) if done else _page(request, _run(incident, number), form)


@require_POST
@on_team("run.build")
def cancel(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Give its letters free again."""
    run = _run(incident, number)
    return _do(
        request,
        run,
        lambda: actions.cancel_run(run, by=request.user, at=timezone.now()),
        "Cancelled. Its letters can go into another run.",
    )


@require_GET
@on_team("run.print")
def pdf(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Hand out the file for the printer, once it is released."""
    run = _run(incident, number)
    try:
        stored = actions.open_file(run, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return _back(run)
    return _attachment(stored, f"run-{run.number}.pdf", "application/pdf")


@require_GET
@on_team("run.release")
def manifest(request: StaffRequest, incident: Incident, number: int) -> HttpResponse:
    """Hand out the list of the run, once it is built."""
    run = _run(incident, number)
    try:
        stored = actions.open_manifest(run, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return _back(run)
    return _attachment(stored, f"run-{run.number}.csv", "text/csv; charset=utf-8")


def _page(request: StaffRequest, run: PrintRun, typed: MailedForm | None = None) -> HttpResponse:
    """Return the page of a run, with what was `typed` and not taken."""
    stopped = rules.as_text(queries.stopped_since(run).values_list("sequence", flat=True))
    context = {
        "incident": run.incident,
        "tab": TAB,
        "run": run,
        "page": page_of(request, queries.entries_of(run)),
        "is_own": run.frozen_by_id == request.user.pk,
        "stopped": stopped,
        "withheld": _withheld(request, run),
        "mailed_form": typed
        or MailedForm(initial={"on": timezone.localdate(), "left_out": stopped}),
    }
    return render(request, "notifications/printing/detail.html", context)


def _withheld(request: StaffRequest, run: PrintRun) -> str:
    """Return why the reader may not open the files of a run, or ""."""
    try:
        actions.check_open_to(run, request.user)
    except actions.HoldsImpounded as why:
        return str(why)
    return ""


def _run(incident: Incident, number: int) -> PrintRun:
    return get_object_or_404(queries.runs_of(incident), number=number)


def _do(
    request: StaffRequest, run: PrintRun, action: Callable[[], None], done: str
) -> HttpResponse:
    attempt(request, action, done)
    return _back(run)


def _back(run: PrintRun) -> HttpResponse:
    return redirect("printing:detail", incident_id=run.incident_id, number=run.number)


def _attachment(stored: SealedFile, name: str, kind: str) -> HttpResponse:
    response = StreamingHttpResponse(files.chunks(stored), content_type=kind)
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast("HttpResponse", response)  # the stubs see no kinship
