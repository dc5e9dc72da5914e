"""Confirming the pairs of one rule together."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from breaches.audit import log as audit
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import actions, bulk, opening
from breaches.matching.forms import BulkForm
from breaches.matching.views.showing import show
from breaches.web import StaffRequest, answer_refusal


@require_http_methods(["GET", "POST"])
@on_team("match.review")
def confirm(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show a sample of the pairs of one rule; confirm them when it was looked at."""
    now = timezone.now()
    rules = bulk.rules_in(incident)
    asked = request.GET.get("rule", "")
    chosen = next((one for one in rules if one.code == asked), None)
    form = BulkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            pairs = actions.confirm_all(
                incident, said["rule"], said["shown"], by=request.user, at=now
            )
        except Refused as refusal:
            answer_refusal(request, refusal)
        else:
            messages.success(request, f"{len(pairs):,} pairs are confirmed.")
        return redirect("matching:bulk", incident.pk)
    context: dict[str, Any] = {"rules": rules, "chosen": chosen, "form": form}
    if chosen:
        pks, few = bulk.sample(incident, chosen.code)
        pairs_shown = opening.pairs(few, request.sight)
        audit.record(
            incident, "candidates.sampled", by=request.user, at=now, count=len(pairs_shown)
        )
        context |= {"shown": len(pks), "pairs": pairs_shown}
    return show(request, incident, "bulk", context)
