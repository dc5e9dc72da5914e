"""The Recipients tab: who has a copy, what was demanded, what was answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from breaches.downloads.grades import GRADES
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.recipients import actions, queries
from breaches.recipients.forms import AnswerForm, RecipientForm, SentForm
from breaches.recipients.models import Demand
from breaches.web import StaffRequest, answer_refusal, page_of

TAB = "recipients"


@require_GET
@on_team("recipient.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the recipients and how each answered."""
    today = timezone.localdate()
    page = page_of(request, queries.known_recipients(incident))
    context = {
        **_context(incident, page=page),
        "rows": [queries.answered(row, today=today) for row in page],
        "totals": queries.totals(incident, today=today),
        "grades": GRADES,
    }
    return render(request, "breaches/recipients/list.html", context)


@on_team("recipient.view")
@require_GET
def detail(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one recipient: its copies, demands and answers."""
    recipient = get_object_or_404(queries.known_recipients(incident), pk=pk)
    row = queries.answered(recipient, today=timezone.localdate())
    document = recipient.document
    initial = {"kind": recipient.kind, "name": row.name, "contact": document["contact"]}
    form = RecipientForm(initial=initial)
    context = _context(incident, row=row, form=form, contact=document["contact"])
    copies = [(copy, GRADES[copy.grade]) for copy in row.copies]
    return render(request, "breaches/recipients/detail.html", {**context, "copies": copies})


@require_POST
@on_team("recipient.edit")
def describe(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Write down what is known of a recipient."""
    recipient = get_object_or_404(queries.known_recipients(incident), pk=pk)
    form = RecipientForm(request.POST)
    if form.is_valid():
        actions.describe(recipient, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Not saved: " + _first_fault(form))
    return redirect("recipients:detail", incident.pk, pk)


@require_POST
@on_team("recipient.edit")
def draft(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Write a demand to one recipient."""
    recipient = get_object_or_404(queries.known_recipients(incident), pk=pk)
    try:
        demand = actions.draft_demand(recipient, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("recipients:detail", incident.pk, pk)
    messages.success(request, "The demand is drafted. A second person must approve it.")
    return redirect("recipients:demand", incident.pk, demand.pk)


@require_GET
@on_team("recipient.view")
def demand(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one demand, its text, and what comes next."""
    found = get_object_or_404(Demand, pk=pk, incident=incident)
    context = _context(
        incident,
        demand=found,
        text=found.document["text"],
        is_author=found.author_id == request.user.pk,
        sent_form=SentForm(initial={"sent_on": timezone.localdate()}),
        answer_form=AnswerForm(initial={"received_on": timezone.localdate()}),
    )
    if hasattr(found, "response"):
        context |= {"response": found.response, "said": found.response.document}
    return render(request, "breaches/recipients/demand.html", context)


@require_POST
@on_team("demand.approve")
def approve(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Approve a demand as the second person."""
    found = get_object_or_404(Demand, pk=pk, incident=incident)
    return _do(
        request,
        found,
        lambda: actions.approve_demand(found, by=request.user, at=timezone.now()),
        "Approved. It can be sent now.",
    )


@require_POST
@on_team("recipient.edit")
def sent(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record that a demand went out."""
    found = get_object_or_404(Demand, pk=pk, incident=incident)
    form = SentForm(request.POST)
    if not form.is_valid():
        return _not_saved(request, found, form)
    return _do(
        request,
        found,
        lambda: actions.mark_sent(found, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Recorded as sent.",
    )


@require_POST
@on_team("recipient.edit")
def answer(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record an answer with its document."""
    found = get_object_or_404(Demand, pk=pk, incident=incident)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _not_saved(request, found, form)
    return _do(
        request,
        found,
        lambda: actions.keep_answer(found, form.answer, by=request.user, at=timezone.now()),
        "The answer is recorded.",
    )


@require_GET
@on_team("recipient.view")
@vary_on_headers("HX-Request")
def person(request: StaffRequest, incident: Incident, affected_id: str) -> HttpResponse:
    """List every recipient and how each answered, for one affected person's page."""
    affected = get_object_or_404(AffectedPerson, pk=affected_id, incident=incident)
    today = timezone.localdate()
    known = queries.known_recipients(incident)
    rows = [queries.answered(row, today=today) for row in known]
    context = _context(incident, affected=affected, rows=rows, grades=GRADES)
    name = "fragment" if request.headers.get("HX-Request") else "person"
    return render(request, f"breaches/recipients/{name}.html", context)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}


def _do(request: StaffRequest, found: Demand, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        messages.success(request, done)
    return redirect("recipients:demand", found.incident_id, found.pk)


def _not_saved(request: StaffRequest, found: Demand, form: Any) -> HttpResponse:
    messages.error(request, "Not saved: " + _first_fault(form))
    return redirect("recipients:demand", found.incident_id, found.pk)


def _first_fault(form: Any) -> str:
    field, faults = next(iter(form.errors.items()))
    label = form.fields[field].label or field.replace("_", " ").capitalize()
    return f"{label}: {faults[0]}"
