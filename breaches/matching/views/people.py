"""Who is affected, and how each was found."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.audit import log as audit
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching import actions, gates, opening, queries, tasks
from breaches.matching.forms import NameForm
from breaches.matching.models import MatchRun
from breaches.matching.views.showing import show
from breaches.people.queries import the_register
from breaches.web import StaffRequest, answer_refusal, page_of


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
        "gate": gates.standing(gate) if (gate := gates.latest(incident)) else None,
        "has_files": queries.ready_files(incident).exists(),
        "has_register": the_register() is not None,
    }
    return show(request, incident, "list", context)


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
    return show(request, incident, "progress", {"run": run})


@require_POST
@on_team("person.view")
def find(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the affected people of one name."""
    form = NameForm(request.POST)
    people = queries.called(incident, form.cleaned_data["name"]) if form.is_valid() else []
    now = timezone.now()
    audit.record(incident, "people.searched", by=request.user, at=now, count=len(people))
    return show(request, incident, "found", {"form": form, "people": people})


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
        "pairs": opening.pairs(queries.path_to(one), request.sight),
        "places": [opening.place(row, request.sight) for row in queries.rows_of(one)],
    }
    return show(request, incident, "person", context)
