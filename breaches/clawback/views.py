"""Steps of a case. Each answers with the page of the recipient."""

from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from breaches.clawback import actions
from breaches.clawback.forms import ClassifyForm, StepForm
from breaches.clawback.journal import Grounds
from breaches.clawback.machine import BY_HAND, STEPS
from breaches.clawback.models import ClawbackCase, Proposal
from breaches.clawback.states import WORDS
from breaches.evidence.actions import keep_document
from breaches.evidence.models import Evidence
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.web import StaffRequest, attempt

BEFORE_EXPIRY = timedelta(days=30)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def classify(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Sort a case."""
    case, form = _case(incident, pk), ClassifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _do(
            request, case,
            lambda: actions.classify(case, by=request.user, at=timezone.now(), reason=reason),
            "Sorted.",
        )  # fmt: skip
    context = {"incident": incident, "tab": "recipients", "case": case, "form": form,
               "step": STEPS["classified"], "standing": WORDS[case.status]}  # fmt: skip
    return render(request, "breaches/clawback/step.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def step(request: StaffRequest, incident: Incident, pk: int, event: str) -> HttpResponse:
    """Ask what a step rests on; record it, or propose it to a second person."""
    case = _case(incident, pk)
    if event not in BY_HAND:
        raise Http404
    form = StepForm(event, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        two = BY_HAND[event].two_people
        done = "Proposed. A second person must confirm it." if two else "Recorded."
        return _do(request, case, lambda: _record(request, case, event, form), done)
    context = {"incident": incident, "tab": "recipients", "case": case, "form": form,
               "step": BY_HAND[event], "standing": WORDS[case.status]}  # fmt: skip
    return render(request, "breaches/clawback/step.html", context)


@require_POST
@on_team("demand.approve")
def confirm(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Confirm a step as the second person."""
    found = get_object_or_404(Proposal, pk=pk, incident=incident)
    return _do(
        request, found.case,
        lambda: actions.confirm(found, by=request.user, at=timezone.now()), "Confirmed.",
    )  # fmt: skip


@require_POST
@on_team("demand.approve")
def decline(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Leave the case as it is."""
    found = get_object_or_404(Proposal, pk=pk, incident=incident)
    return _do(
        request, found.case,
        lambda: actions.decline(found, by=request.user, at=timezone.now()), "Declined.",
    )  # fmt: skip


def _record(request: StaffRequest, case: ClawbackCase, event: str, form: StepForm) -> None:
    at, data = timezone.now(), form.cleaned_data
    actions.check_possible(case, event, request.user)  # before the paper is kept
    paper = data.get("evidence")
    due = {"removal_expires": at + form.holds_for - BEFORE_EXPIRY} if form.holds_for else {}
    grounds = Grounds(
        reason=data.get("reason", ""),
        evidence=_kept(request, case, paper) if paper else None,
        due=due,
    )
    actions.record(case, event, grounds, by=request.user, at=at)


def _kept(request: StaffRequest, case: ClawbackCase, paper: UploadedFile) -> Evidence:
    return keep_document(
        case.incident, paper, kind="document", handed_over_by=request.user.email,
        by=request.user, at=timezone.now(),
    )  # fmt: skip


def _case(incident: Incident, pk: int) -> ClawbackCase:
    return get_object_or_404(ClawbackCase.objects.select_related("recipient"), pk=pk,
                             incident=incident)  # fmt: skip


def _do(
    request: StaffRequest, case: ClawbackCase, act: Callable[[], object], done: str
) -> HttpResponse:
    attempt(request, act, done)
    return _back(case)


def _back(case: ClawbackCase) -> HttpResponse:
    return redirect("accountability:detail", case.incident_id, case.recipient_id)
