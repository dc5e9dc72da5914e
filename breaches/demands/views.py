"""Letters to recipients and what comes back."""

from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from breaches.clawback.models import ClawbackCase
from breaches.demands import actions, answering, queries, rules
from breaches.demands.forms import AnswerForm, OnwardForm, SentForm, StatementForm, WishForm
from breaches.demands.models import Demand
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.recipients.models import DisclosureCopy
from breaches.recipients.queries import contacts_of, counting_copies
from breaches.web import StaffRequest, attempt, attempt_form, in_place_of

TAB = "recipients"
TWO_WEEKS = timedelta(days=14)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def draft(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Choose a letter to one recipient, and have it drafted."""
    case = _case(incident, pk)
    form = WishForm(
        request.POST or None,
        contacts=contacts_of(case.recipient),
        initial=rules.first_choice(case.status),
    )
    if form.is_bound and form.is_valid():
        try:
            demand = actions.draft_demand(case, form.wish, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The letter is drafted. A second person must approve it.")
            return redirect("demands:demand", incident.pk, demand.pk)
    context = {"incident": incident, "tab": TAB, "case": case, "form": form}
    return render(request, "breaches/demands/draft.html", context)


@require_GET
@on_team("recipient.view")
def demand(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one letter, its text, and what comes next."""
    return _page(request, _demand(incident, pk))


@require_POST
@on_team("demand.approve")
def approve(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Approve a letter as the second person."""
    found = _demand(incident, pk)
    return _do(
        request, found,
        lambda: actions.approve_demand(found, by=request.user, at=timezone.now()),
        "Approved. It can be sent now.",
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def withdraw(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Take back a letter that has not gone out."""
    found = _demand(incident, pk)
    return _do(
        request, found,
        lambda: actions.withdraw_demand(found, by=request.user, at=timezone.now()), "Withdrawn.",
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def sent(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record that a letter went out."""
    found, form = _demand(incident, pk), SentForm(request.POST)
    return _save(
        request, found, form,
        lambda: actions.mark_sent(found, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Recorded as sent.",
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def answer(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record an answer with its document."""
    found, form = _demand(incident, pk), AnswerForm(request.POST, request.FILES)
    return _save(
        request, found, form,
        lambda: answering.keep_answer(found, form.answer, by=request.user, at=timezone.now()),
        "The answer is recorded.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def statement(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Record a signed statement, every question of it."""
    case = _case(incident, pk)
    copies = [(str(copy.pk), _words(copy)) for copy in counting_copies(case.recipient)]
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StatementForm(*posted, copies=copies)
    if form.is_bound and form.is_valid() and _kept(request, case, form):
        return redirect("accountability:detail", incident.pk, case.recipient_id)
    kept = [(row, row.document) for row in queries.statements_of(case.recipient)]
    context = {"incident": incident, "tab": TAB, "case": case, "form": form, "kept": kept}
    return render(request, "breaches/demands/statement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def onward(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Record to whom a recipient passed the file."""
    case, form = _case(incident, pk), OnwardForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            answering.share_onward(
                case, form.listed, by=request.user, at=timezone.now(), evidence=None
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded: each has a case of its own now.")
            return redirect("accountability:detail", incident.pk, case.recipient_id)
    context = {"incident": incident, "tab": TAB, "case": case, "form": form}
    return render(request, "breaches/demands/onward.html", context)


def _kept(request: StaffRequest, case: ClawbackCase, form: StatementForm) -> bool:
    paper = form.cleaned_data["document"]
    try:
        made = answering.keep_statement(
            case, form.statement, paper, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    if made.is_complete:
        messages.success(request, "Complete. A second person must review it.")
    else:
        gaps = "; ".join(made.document["left_open"])
        messages.warning(request, f"Kept as partial. It leaves open: {gaps}.")
    return True


def _words(copy: DisclosureCopy) -> str:
    got = copy.acquisition
    when = f" of {got.first_at:%Y-%m-%d %H:%M} UTC" if got and got.first_at else ""
    return f"{copy.get_kind_display()}{when}"


def _case(incident: Incident, pk: int) -> ClawbackCase:
    rows = ClawbackCase.objects.select_related("recipient")
    return get_object_or_404(rows, pk=pk, incident=incident)


def _demand(incident: Incident, pk: str) -> Demand:
    rows = Demand.objects.select_related("incident", "recipient", "contact")
    return get_object_or_404(rows, pk=pk, incident=incident)


def _do(request: StaffRequest, found: Demand, act: Callable[[], object], done: str) -> HttpResponse:
    attempt(request, act, done)
    return redirect("demands:demand", found.incident_id, found.pk)


def _page(request: StaffRequest, found: Demand, typed: forms.Form | None = None) -> HttpResponse:
    """Return the page of a letter, with what was `typed` and not taken."""
    today = timezone.localdate()
    fresh = (
        SentForm(initial={"sent_on": today, "due_on": today + TWO_WEEKS}),
        AnswerForm(initial={"received_on": today}),
    )
    sent_form, answer_form = in_place_of(fresh, typed)
    context = {
        "incident": found.incident,
        "tab": TAB,
        "demand": found,
        "records": found.document["records"],
        "is_author": found.author_id == request.user.pk,
        "sent_form": sent_form,
        "answer_form": answer_form,
        "answers": [(row, row.document) for row in found.responses.select_related("evidence")],
    }
    return render(request, "breaches/demands/demand.html", context)


def _save(
    request: StaffRequest, found: Demand, form: forms.Form, act: Callable[[], object], done: str
) -> HttpResponse:
    if attempt_form(request, form, act, done):
        return redirect("demands:demand", found.incident_id, found.pk)
    return _page(request, _demand(found.incident, str(found.pk)), form)
