"""The Recipients tab: who has it, what was done about each, and what was promised."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from breaches.accountability import actions, dossier, gaps, queries
from breaches.accountability.forms import FollowForm, UnknownForm
from breaches.accountability.rows import answered, called
from breaches.audit import log
from breaches.clawback.machine import STEPS
from breaches.clawback.queries import dates_of, to_confirm
from breaches.demands.queries import to_approve
from breaches.downloads.grades import GRADES
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.matching.queries import affected
from breaches.recipients.models import Recipient
from breaches.web import StaffRequest, answer_refusal, attempt, page_of

TAB = "recipients"


@require_GET
@on_team("recipient.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the recipients and where each stands."""
    at = timezone.now()
    page = page_of(request, queries.recipients_with_all(incident))
    context = _context(
        incident,
        page=page,
        rows=[answered(row, at=at) for row in page],
        **queries.facts_for_page(incident, at=at),
    )
    return render(request, "breaches/accountability/list.html", context)


@require_GET
@on_team("recipient.view")
def detail(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one recipient: what it has, who it is, its case, and what can be done now."""
    recipient = get_object_or_404(queries.recipients_with_all(incident), pk=pk)
    at = timezone.now()
    row = answered(recipient, at=at)
    context = _context(incident, row=row, grades=GRADES, **dossier.of(row, at=at))
    return render(request, "breaches/accountability/detail.html", context)


@require_GET
@on_team("recipient.view")
def dates(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List every date of every case, the nearest first, and what waits for a second person."""
    at = timezone.now()
    page = page_of(request, dates_of(incident))
    context = _context(
        incident,
        page=page,
        rows=[(clock, called(clock.case.recipient), clock.due_at <= at) for clock in page],
        proposals=[
            (one, STEPS[one.event].words, called(one.case.recipient))
            for one in to_confirm(incident)
        ],
        drafts=[(one, called(one.recipient)) for one in to_approve(incident)],
    )
    return render(request, "breaches/accountability/dates.html", context)


@require_GET
@on_team("recipient.view")
def promised(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what was promised, dated, against what was done."""
    context = _context(
        incident,
        promises=queries.promises(incident),
        measures=queries.measure(incident),
        **queries.facts_for_page(incident, at=timezone.now()),
    )
    return render(request, "breaches/accountability/promised.html", context)


@require_GET
@on_team("recipient.view")
def report(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show how many have it, from which networks, when, how complete, and what was done."""
    context = _context(incident, **queries.facts_for_report(incident, at=timezone.now()))
    return render(request, "breaches/accountability/report.html", context)


@require_GET
@on_team("recipient.view")
@vary_on_headers("HX-Request")
def person(request: StaffRequest, incident: Incident, affected_id: str) -> HttpResponse:
    """List every recipient and how each answered, for one affected person's page."""
    one = get_object_or_404(AffectedPerson, pk=affected_id, incident=incident)
    at = timezone.now()
    rows = [answered(row, at=at) for row in queries.recipients_with_all(incident)]
    country = queries.country_of(one)
    near = {row.recipient.pk for row in rows if country and row.country == country}
    unknowns = [(one, one.document) for one in queries.open_unknowns(incident)]
    context = _context(incident, affected=one, rows=rows, grades=GRADES, near=near,
                       unknowns=unknowns)  # fmt: skip
    name = "fragment" if request.headers.get("HX-Request") else "person"
    return render(request, f"breaches/accountability/{name}.html", context)


@require_GET
@on_team("person.view")
def feared(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """List the affected people whose feared actor one recipient may be."""
    recipient = get_object_or_404(Recipient, pk=pk, incident=incident)
    log.record(recipient, "recipient.feared_listed", by=request.user, at=timezone.now())
    people = queries.may_be_feared_by(recipient)
    page = page_of(request, people)
    context = _context(
        incident,
        recipient=recipient,
        shown=called(recipient),
        country=recipient.document.get("country", ""),
        page=page,
        rows=[(one, one.document) for one in page],
        total=len(people),
        everybody=affected(incident).count(),
    )
    return render(request, "breaches/accountability/feared.html", context)


@require_GET
@on_team("recipient.view")
def unknowns(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List what is not known, and what would settle each."""
    return _unknowns(request, incident, UnknownForm())


@require_POST
@on_team("recipient.edit")
def note(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Note one thing that nobody knows yet."""
    form = UnknownForm(request.POST)
    if not form.is_valid():
        return _unknowns(request, incident, form)
    attempt(
        request,
        lambda: actions.note_unknown(incident, form.gap, by=request.user, at=timezone.now()),
        "Noted.",
    )
    return redirect("accountability:unknowns", incident.pk)


@require_POST
@on_team("recipient.edit")
def note_gaps(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Note everything that our records do not say."""
    try:
        number = actions.note_gaps(incident, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        messages.success(request, f"{number} noted.")
    return redirect("accountability:unknowns", incident.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def follow(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record what became of something that was not known."""
    one = get_object_or_404(queries.unknowns_of(incident), pk=pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FollowForm(*posted)
    if form.is_bound and form.is_valid():
        try:
            actions.follow_unknown(one, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded.")
            return redirect("accountability:unknowns", incident.pk)
    context = _context(incident, one=one, said=one.document, form=form)
    return render(request, "breaches/accountability/follow.html", context)


def _unknowns(request: StaffRequest, incident: Incident, form: UnknownForm) -> HttpResponse:
    context = _context(
        incident,
        rows=[(one, one.document) for one in queries.unknowns_of(incident)],
        suggested=gaps.found(incident),
        form=form,
    )
    return render(request, "breaches/accountability/unknowns.html", context)


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}
