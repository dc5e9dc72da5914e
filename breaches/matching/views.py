"""The People tab: who is affected, who may be, and how each was found."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.audit import log as audit
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import actions, opening, queries, tasks
from breaches.matching.forms import JudgementForm, NameForm
from breaches.matching.models import Candidate, MatchRun
from breaches.people.queries import the_register
from breaches.web import StaffRequest, answer_refusal, page_of

TAB = "people"


@require_GET
@on_team("match.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show the figures and list everybody affected."""
    page = page_of(request, queries.affected(incident))
    now = timezone.now()
    audit.record(
        incident, "people.listed", by=request.user, at=now, page=page.number, count=len(page)
    )
    context = {
        "page": page,
        "people": list(page),
        "form": NameForm(),
        "figures": queries.figures(incident),
        "rules": queries.by_rule(incident),
        "run": queries.latest_run(incident),
        "has_files": queries.ready_files(incident).exists(),
        "has_register": the_register() is not None,
    }
    return _show(request, incident, "list", context)


@require_POST
@on_team("match.review")
def start(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Order the matching of the whole incident."""
    try:
        run = actions.start_match(incident, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        tasks.match.delay_on_commit(run_id=run.pk)
    return redirect("matching:list", incident.pk)


@require_GET
@on_team("match.view")
def progress(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Answer the progress bar of one run."""
    run = get_object_or_404(MatchRun, pk=pk, incident=incident)
    return _show(request, incident, "progress", {"run": run})


@require_POST
@on_team("person.view")
def find(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the affected people of one name."""
    form = NameForm(request.POST)
    people = queries.called(incident, form.cleaned_data["name"]) if form.is_valid() else []
    now = timezone.now()
    audit.record(incident, "people.searched", by=request.user, at=now, count=len(people))
    return _show(request, incident, "found", {"form": form, "people": people})


@require_GET
@on_team("match.review")
def review(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show one pair of the queue, side by side."""
    shown, place = queries.place_in_queue(
        incident, _number(request.GET.get("pair", "")), request.user
    )
    pair = next(iter(opening.pairs(Candidate.objects.filter(pk=shown or 0))), None)
    if pair:
        now = timezone.now()
        audit.record(pair.candidate, "candidate.opened", by=request.user, at=now)
    latest = queries.latest_judgement(incident, request.user)
    return _show(request, incident, "review", {"pair": pair, "place": place, "latest": latest})


@require_POST
@on_team("match.review")
def judge(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Write down what the reviewer says, and go to the next pair."""
    candidate = get_object_or_404(Candidate, pk=pk, incident=incident)
    form = JudgementForm(request.POST)
    _, place = queries.place_in_queue(incident, pk, request.user)
    if not form.is_valid():
        messages.error(request, "Not saved: choose match, no match or unsure.")
        return _to_pair(incident, pk)
    try:
        actions.judge(candidate, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return _to_pair(incident, pk)
    return _to_pair(incident, place.after)


@require_POST
@on_team("match.review")
def undo(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Take a decision back; the pair waits again."""
    candidate = get_object_or_404(Candidate, pk=pk, incident=incident)
    try:
        actions.undo(candidate, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        messages.success(request, "Taken back. The pair waits for a reviewer again.")
    return _to_pair(incident, pk)


@require_GET
@on_team("person.view")
def person(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one affected person, and the whole path from rows to decision."""
    one = get_object_or_404(queries.every_affected(incident), pk=pk)
    audit.record(one, "person.opened", by=request.user, at=timezone.now())
    context = {
        "one": one,
        "known": one.document,
        "elements": opening.leaked_elements(one),
        "pairs": opening.pairs(queries.path_to(one)),
        "places": [opening.place(row) for row in queries.rows_of(one)],
    }
    return _show(request, incident, "person", context)


def _show(
    request: StaffRequest, incident: Incident, page: str, context: dict[str, Any]
) -> HttpResponse:
    everything = {"incident": incident, "tab": TAB, **context}
    return render(request, f"breaches/matching/{page}.html", everything)


def _to_pair(incident: Incident, pk: int | None) -> HttpResponse:
    return redirect(reverse("matching:review", args=[incident.pk]) + (f"?pair={pk}" if pk else ""))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
