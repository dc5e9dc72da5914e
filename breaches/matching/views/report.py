"""The report of the matching, and its thresholds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import actions, gates, limits, reporting, tasks
from breaches.matching.forms import LimitsForm
from breaches.matching.proposals import Limits
from breaches.matching.views.showing import show
from breaches.web import StaffRequest, answer_refusal


@require_GET
@on_team("match.view")
def report(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show how right the matching is, as far as it is known."""
    gate = gates.latest(incident)
    context = {
        "standing": gates.standing(gate) if gate else None,
        "bins": reporting.calibration(incident),
        "spread": reporting.spread(incident),
        "load": reporting.load(incident),
        "reviewers": reporting.reviewers(incident),
        "limits": limits.limits_of(incident),
        "correction": reporting.judged_pairs(incident)[1],
    }
    return show(request, incident, "report", context)


@require_http_methods(["GET", "POST"])
@on_team("match.release")
def thresholds(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what other thresholds would change; apply them when asked a second time."""
    now = limits.limits_of(incident)
    form = LimitsForm(request.POST or None, initial=now._asdict())
    context = {"form": form, "now": now}
    if request.method == "POST" and form.is_valid():
        wanted = Limits(**form.cleaned_data)
        if "apply" not in request.POST:
            context |= {"wanted": wanted, "change": limits.change(incident, wanted).rows}
            return show(request, incident, "thresholds", context)
        try:
            actions.set_limits(incident, wanted, by=request.user, at=timezone.now())
        except Refused as refusal:
            answer_refusal(request, refusal)
        else:
            messages.success(request, "The thresholds are set, and the pairs moved.")
        return redirect("matching:report", incident.pk)
    return show(request, incident, "thresholds", context)


@require_POST
@on_team("match.release")
def correct(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Move the score by what reviewed pairs say, and match again."""
    try:
        run = actions.correct(incident, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("matching:report", incident.pk)
    tasks.match.delay_on_commit(run_id=run.pk)
    messages.success(request, "The score is moved, and the rows are matched again.")
    return redirect("matching:list", incident.pk)
