"""A register file: handed in, its columns, what it would change, accepted or taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access.gate import staff_may
from breaches.audit import log
from breaches.errors import Refused
from breaches.people import actions, queries, tasks
from breaches.people.forms.register import ColumnsForm, RegisterForm
from breaches.people.models import ImportChange, RegisterImport
from breaches.people.shown import changes_seen, columns_of
from breaches.people.sight import sight_of
from breaches.web import StaffRequest, answer_refusal, attempt, page_of


@staff_may("register.import")
def receive(request: StaffRequest) -> HttpResponse:
    """Take in a register file."""
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by, at, given = request.user, timezone.now(), form.cleaned_data
        try:
            order = actions.receive_register(
                given["file"], handed_over_by=given["handed_over_by"], by=by, at=at
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            tasks.import_register.delay_on_commit(order_id=order.pk)
            messages.success(request, "The file is sealed and is being read.")
            return redirect("people:import", order.pk)
    return render(request, "breaches/people/receive.html", {"form": form})


@require_GET
@staff_may("register.view")
def register_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one register file: what it changed or would change, and what in it is doubtful."""
    order = _order(pk)
    sight = sight_of(request.user, order.register)
    page = page_of(request, queries.changes_of(order))
    if page.paginator.count:
        log.record(order, "register.compared", by=request.user, at=timezone.now(), page=page.number)
    context = {
        **_context(order),
        "counts": queries.change_counts(order),
        "page": page,
        "changes": changes_seen(page, sight),
        "columns": columns_of(order, sight),
    }
    return render(request, "breaches/people/import.html", context)


@require_GET
@staff_may("register.view")
def problems(request: StaffRequest, pk: int) -> HttpResponse:
    """List what in a register file is doubtful, by row."""
    order = _order(pk)
    page = page_of(request, order.problems.order_by("row_number", "pk"))
    return render(request, "breaches/people/problems.html", {**_context(order), "page": page})


@require_GET
@staff_may("register.view")
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer the progress bar of one import; the page loads anew when it is done."""
    order = get_object_or_404(RegisterImport, pk=pk)
    answer = render(request, "breaches/people/progress.html", {"order": order})
    if not order.is_worked_on:
        answer.headers["HX-Refresh"] = "true"
    return answer


@staff_may("register.import")
def columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what the columns of a file hold, and have it read anew."""
    order = _order(pk)
    seen = columns_of(order, sight_of(request.user, order.register))
    form = ColumnsForm(request.POST or None, columns=seen)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            order,
            lambda: actions.read_again(order, form.meanings, by=request.user, at=timezone.now()),
            "The file is being read anew.",
        )
    return render(request, "breaches/people/columns.html", {**_context(order), "form": form})


@require_POST
@staff_may("register.import")
def accept(request: StaffRequest, pk: int) -> HttpResponse:
    """Apply what a file would change."""
    order, by, at = _order(pk), request.user, timezone.now()
    done = "The changes are being applied."
    return _do(request, order, lambda: actions.accept_import(order, by=by, at=at), done)


@require_POST
@staff_may("register.import")
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Set a file aside; it changes nothing."""
    order, by, at = _order(pk), request.user, timezone.now()
    done = "Set aside: nothing was changed."
    return _do(request, order, lambda: actions.discard_import(order, by=by, at=at), done)


@require_POST
@staff_may("register.import")
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Put the register back to what it was before a file."""
    order, by, at = _order(pk), request.user, timezone.now()
    done = "The import is being undone."
    return _do(request, order, lambda: actions.order_undo(order, by=by, at=at), done)


@require_POST
@staff_may("register.edit")
def decide(request: StaffRequest, pk: int, change: str) -> HttpResponse:
    """Say whose word counts where a file and a correction disagree."""
    one = get_object_or_404(ImportChange, pk=change, register_import=pk)
    try:
        actions.decide(one, request.POST.get("decision", ""), by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    return redirect("people:import", pk)


def _do(
    request: StaffRequest, order: RegisterImport, action: Callable[[], None], done: str
) -> HttpResponse:
    """Do one thing to an import, ring for a worker, and say so."""
    if attempt(request, transaction.atomic(action), done):
        tasks.import_register.delay_on_commit(order_id=order.pk)
    return redirect("people:import", order.pk)


def _order(pk: int) -> RegisterImport:
    rows = RegisterImport.objects.select_related("evidence", "register")
    return get_object_or_404(rows, pk=pk)


def _context(order: RegisterImport) -> dict[str, Any]:
    return {"order": order, "about": order.evidence.document, "doubts": order.problems.count()}
