"""Notices: route them, and settle those that are held."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from breaches.audit import log
from breaches.demands.models import Demand
from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.people.queries import sight_for
from breaches.web import StaffRequest, answer_refusal, attempt, page_of
from notifications.notices import actions, demanding, queries, tasks
from notifications.notices.forms import ExcludeForm, ResolveForm
from notifications.notices.models import Notice, NoticeOrder, NoticeStatus
from notifications.notices.routing import HOLDS
from notifications.wording.models import Purpose

TAB = "letters"


@require_GET
@on_team("letter.view")
def held(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the notices that need a person, by reason, and how many may become letters."""
    reason = request.GET.get("reason", "")
    taken_out = queries.excluded(incident)
    is_out = reason == "excluded"
    page = page_of(request, taken_out if is_out else queries.held(incident, reason))
    opened = [(notice, notice.document) for notice in page]
    if opened:
        at = timezone.now()
        log.record(incident, "held.listed", by=request.user, at=at, page=page.number)
    context = _context(
        incident,
        page=page,
        opened=opened,
        is_out=is_out,
        excluded=taken_out.count(),
        reason="excluded" if is_out else HOLDS.get(reason, ""),
        reasons=queries.held_by_reason(incident),
        waiting=queries.without_notice(incident, Purpose.INITIAL).count(),
        again=queries.to_look_at_again(incident, Purpose.INITIAL).count(),
        ready=queries.ready(incident).count(),
        order=queries.latest_order(incident),
    )
    return render(request, "notifications/notices/list.html", context)


@require_POST
@on_team("letter.order")
def prepare(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Route the first notice to everybody who has none."""
    try:
        order = actions.prepare_notices(
            incident, Purpose.INITIAL, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("notices:list", incident.pk)
    tasks.route_notices.delay_on_commit(order_id=order.pk)
    messages.success(request, "The notices are being routed.")
    return redirect("notices:order", incident.pk, order.pk)


@require_GET
@on_team("letter.view")
def order(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Show how far the routing is."""
    found = get_object_or_404(NoticeOrder, pk=pk, incident=incident)
    part = request.headers.get("HX-Request")
    name = "progress" if part else "order"
    return render(request, f"notifications/notices/{name}.html", _context(incident, order=found))


@require_GET
@on_team("letter.view")
def detail(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Open one notice: where it goes, by which rule, on which facts."""
    notice = get_object_or_404(Notice, pk=pk, incident=incident)
    log.record(notice, "notice.opened", by=request.user, at=timezone.now())
    return _detail(request, notice)


@require_POST
@on_team("letter.resolve")
def resolve(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Settle a held notice."""
    notice = get_object_or_404(Notice, pk=pk, incident=incident)
    said = sight_for(request.user).said(notice.document)
    form = ResolveForm(request.POST, inputs=said["inputs"])
    if not form.is_valid():
        return _detail(request, notice, resolve_form=form)
    try:
        actions.resolve(notice, form.choice, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("notices:detail", incident.pk, pk)
    if notice.status == NoticeStatus.HELD:
        messages.warning(request, f"Still held. {notice.get_hold_display()} {notice.hold_note}")
        return redirect("notices:detail", incident.pk, pk)
    messages.success(request, "Settled: the notice is ready for a letter.")
    return redirect("notices:list", incident.pk)


@require_POST
@on_team("letter.resolve")
def exclude(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Take somebody out, with a reason."""
    notice = get_object_or_404(Notice, pk=pk, incident=incident)
    form = ExcludeForm(request.POST)
    if not form.is_valid():
        return _detail(request, notice, exclude_form=form)
    attempt(
        request,
        lambda: actions.exclude(
            notice, form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
        "Excluded; the ledger counts this person with the reason kept.",
    )
    return redirect("notices:detail", incident.pk, pk)


@require_POST
@on_team("letter.resolve")
def take_back(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Take an excluded person back in."""
    notice = get_object_or_404(Notice, pk=pk, incident=incident)
    attempt(
        request,
        lambda: actions.take_back(notice, by=request.user, at=timezone.now()),
        "Taken back in: say below where the letter goes.",
    )
    return redirect("notices:detail", incident.pk, pk)


@require_GET
@on_team("recipient.view")
@vary_on_headers("HX-Request")
def demand(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show the letter of a demand as it would be printed today, and where it is."""
    found = get_object_or_404(Demand, pk=pk, incident=incident)
    context = {
        "incident": incident,
        "tab": "recipients",
        "demand": found,
        "text": demanding.read(found),
        "notice": Notice.objects.filter(demand=found).first(),
        "purpose": found.purpose,
    }
    name = "letter" if request.headers.get("HX-Request") else "demand"
    return render(request, f"notifications/notices/{name}.html", context)


def _detail(request: StaffRequest, notice: Notice, **forms: Any) -> HttpResponse:
    said = sight_for(request.user).said(notice.document)
    context = _context(
        notice.incident,
        notice=notice,
        said=said,
        resolve_form=ResolveForm(inputs=said["inputs"]),
        exclude_form=ExcludeForm(),
    )
    return render(request, "notifications/notices/detail.html", {**context, **forms})


def _context(incident: Incident, **more: Any) -> dict[str, Any]:
    return {"incident": incident, "tab": TAB, **more}
