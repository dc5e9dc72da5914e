"""Orders of courts, their clauses, and what the docket says of them."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.orders import actions, queries
from breaches.orders.forms import ClauseForm, DeclarationForm, EntryForm, OrderForm
from breaches.orders.models import CourtOrder
from breaches.recipients.queries import known_recipients
from breaches.web import StaffRequest, attempt_form, in_place_of

TAB = "recipients"


@require_GET
@on_team("recipient.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the orders of the incident."""
    orders = [(one, one.document, queries.items_of(one)) for one in queries.orders_of(incident)]
    context = {"incident": incident, "tab": TAB, "orders": orders}
    return render(request, "breaches/orders/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def enter(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Enter an order."""
    form = OrderForm(request.POST, request.FILES) if request.method == "POST" else OrderForm()
    if form.is_bound and form.is_valid():
        paper = form.cleaned_data["paper"]
        try:
            made = actions.enter_order(
                incident, form.issued, paper, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Entered. Now add its clauses, one by one.")
            return redirect("orders:detail", incident.pk, made.pk)
    context = {"incident": incident, "tab": TAB, "form": form}
    return render(request, "breaches/orders/enter.html", context)


@require_GET
@on_team("recipient.view")
def detail(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show an order with its clauses and its docket."""
    return _page(request, _order(incident, pk))


@require_POST
@on_team("recipient.edit")
def clause(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Add a clause."""
    order = _order(incident, pk)
    form = ClauseForm(request.POST, recipients=known_recipients(incident), auto_id="clause_%s")
    return _save(
        request, order, form,
        lambda: actions.add_clause(order, form.clause, by=request.user, at=timezone.now()),
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def entry(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record what the docket says now."""
    order = _order(incident, pk)
    form = EntryForm(request.POST, request.FILES, auto_id="entry_%s")
    return _save(
        request, order, form,
        lambda: actions.note_entry(
            order, form.said, form.cleaned_data["paper"], by=request.user, at=timezone.now()
        ),
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def declaration(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record a declaration, clause by clause."""
    order = _order(incident, pk)
    open_items = queries.open_items(order)
    form = DeclarationForm(request.POST, request.FILES, items=open_items, auto_id="file_%s")
    return _save(request, order, form, lambda: actions.file_declaration(
        order, form.cleaned_data["items"], form.cleaned_data["paper"],
        on=form.cleaned_data["on"], by=request.user, at=timezone.now(),
    ))  # fmt: skip


def _order(incident: Incident, pk: str) -> CourtOrder:
    return get_object_or_404(queries.orders_of(incident), pk=pk)


def _page(
    request: StaffRequest, order: CourtOrder, typed: forms.Form | None = None
) -> HttpResponse:
    """Return the page of an order, with what was `typed` and not taken."""
    items = queries.open_items(order)
    fresh = (
        ClauseForm(recipients=known_recipients(order.incident), auto_id="clause_%s"),
        EntryForm(auto_id="entry_%s"),
        DeclarationForm(items=items, auto_id="file_%s"),
    )
    clause_form, entry_form, declaration_form = in_place_of(fresh, typed)
    context = {
        "incident": order.incident,
        "tab": TAB,
        "order": order,
        "said": order.document,
        "items": [(one, one.document["clause"], one.recipient.document)
                  for one in queries.items_of(order)],
        "entries": [(one, one.document["text"]) for one in queries.entries_of(order)],
        "clause_form": clause_form,
        "entry_form": entry_form,
        "declaration_form": declaration_form,
        "has_open": items.exists(),
    }  # fmt: skip
    return render(request, "breaches/orders/detail.html", context)


def _save(
    request: StaffRequest, order: CourtOrder, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    if attempt_form(request, form, act, "Recorded."):
        return redirect("orders:detail", order.incident_id, order.pk)
    return _page(request, _order(order.incident, str(order.pk)), form)
