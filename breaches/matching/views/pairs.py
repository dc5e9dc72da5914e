"""Every pair, the rejected ones too: kept, and to be found by name."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from breaches.audit import log as audit
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import opening, queries
from breaches.matching.forms import NameForm
from breaches.matching.models import CandidateStatus
from breaches.matching.views.showing import show
from breaches.web import StaffRequest, page_of


@require_http_methods(["GET", "POST"])
@on_team("match.review")
def pairs(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the pairs of one status, or those that mean somebody of one name."""
    asked = request.GET.get("status", "").upper()
    status = asked if asked in CandidateStatus.values else CandidateStatus.REJECTED
    rows = queries.pairs_of(incident, status)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rows = rows.filter(pk__in=queries.meaning(rows, form.cleaned_data["name"]))
    opened = rows.select_related("person", "row__source_file__evidence")
    page = page_of(request, opened)
    found = opening.listed(page, request.sight)
    now = timezone.now()
    audit.record(incident, "candidates.listed", by=request.user, at=now, count=len(found))
    context = {"form": form, "page": page, "found": found, "status": status}
    return show(request, incident, "pairs", context | {"statuses": CandidateStatus.choices})
