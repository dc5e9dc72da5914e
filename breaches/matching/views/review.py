"""The review desk: one pair at a time."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.audit import log as audit
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import actions, known, opening, queries
from breaches.matching.forms import JudgementForm
from breaches.matching.models import Candidate
from breaches.matching.views.showing import show
from breaches.web import StaffRequest, answer_refusal, attempt


@require_GET
@on_team("match.review")
def review(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show one pair of the queue, side by side."""
    only = _only(request)
    wanted = _number(request.GET.get("pair", ""))
    shown, place = queries.place_in_queue(incident, wanted, request.user, only)
    measuring = None if wanted else known.due(incident, request.user)
    if measuring:
        pair: opening.Pair | None = opening.known_pair(measuring, request.sight)
    else:
        rows = Candidate.objects.filter(pk=shown or 0)
        pair = next(iter(opening.pairs(rows, request.sight)), None)
    if pair:
        now = timezone.now()
        audit.record(pair.candidate, "candidate.opened", by=request.user, at=now)
    latest = queries.latest_judgement(incident, request.user)
    context = {"pair": pair, "place": place, "latest": latest, "only": only}
    return show(request, incident, "review", context)


@require_POST
@on_team("match.review")
def judge(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Write down what the reviewer says, and go to the next pair."""
    candidate = get_object_or_404(Candidate, pk=pk, incident=incident)
    form = JudgementForm(request.POST)
    _, place = queries.place_in_queue(incident, pk, request.user, _only(request))
    if not form.is_valid():
        messages.error(request, "Not saved: choose match, no match or unsure.")
        return _to_pair(request, incident, pk)
    try:
        actions.judge(candidate, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return _to_pair(request, incident, pk)
    return _to_pair(request, incident, None if known.due(incident, request.user) else place.after)


@require_POST
@on_team("match.review")
def measure(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Write down what the reviewer says of a known pair, and go back to the queue."""
    candidate = get_object_or_404(Candidate, pk=pk, incident=incident)
    form = JudgementForm(request.POST)
    if form.is_valid():
        value, now = form.cleaned_data["value"], timezone.now()
        try:
            actions.answer_known(candidate, value, by=request.user, at=now)
        except Refused as refusal:
            answer_refusal(request, refusal)
    return _to_pair(request, incident, None)


@require_POST
@on_team("match.review")
def undo(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Take a decision back; the pair waits again."""
    candidate = get_object_or_404(Candidate, pk=pk, incident=incident)
    attempt(
        request,
        lambda: actions.undo(candidate, by=request.user, at=timezone.now()),
        "Taken back. The pair waits for a reviewer again.",
    )
    return _to_pair(request, incident, pk)


def _to_pair(request: StaffRequest, incident: Incident, pk: int | None) -> HttpResponse:
    asked = {"pair": pk, "only": _only(request)}
    query = urlencode({name: value for name, value in asked.items() if value})
    return redirect(reverse("matching:review", args=[incident.pk]) + (f"?{query}" if query else ""))


def _only(request: StaffRequest) -> str:
    asked = request.GET.get("only") or request.POST.get("only")
    return queries.SAMPLE if asked == queries.SAMPLE else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
