"""Copies on the net: what to ask, when to look again, where the file was seen since."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.recipients.queries import known_recipients
from breaches.takedowns import actions, queries
from breaches.takedowns.forms import AskForm, FoundForm, LookForm, SeenForm
from breaches.takedowns.models import Takedown
from breaches.takedowns.rules import SERVICES, defanged
from breaches.web import StaffRequest, attempt_form, page_of

TAB = "recipients"


@require_GET
@on_team("recipient.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the copies on the net and where the file was seen again."""
    at = timezone.now()
    page = page_of(request, queries.takedowns_of(incident))
    known = known_recipients(incident)
    waiting = set(queries.to_look_at(incident, at=at).values_list("pk", flat=True))
    context = {
        "incident": incident,
        "tab": TAB,
        "page": page,
        "rows": [(one, defanged(one.document["address"]), one.pk in waiting) for one in page],
        "sightings": [(one, defanged(one.document["address"]))
                      for one in queries.sightings_of(incident)[:50]],
        "proposed": queries.proposed(incident),
        "found_form": FoundForm(recipients=known, auto_id="found_%s"),
        "seen_form": SeenForm(recipients=known, auto_id="seen_%s"),
    }  # fmt: skip
    return render(request, "breaches/takedowns/list.html", context)


@require_GET
@on_team("recipient.view")
def detail(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one copy, what was asked, and what to do now."""
    one = _takedown(incident, pk)
    said = one.document
    context = {
        "incident": incident,
        "tab": TAB,
        "one": one,
        "said": said,
        "address": defanged(said["address"]),
        "service": SERVICES[one.service],
        "ask_form": AskForm(initial={"on": timezone.localdate()}, auto_id="ask_%s"),
        "look_form": LookForm(auto_id="look_%s"),
    }
    return render(request, "breaches/takedowns/detail.html", context)


@require_POST
@on_team("recipient.edit")
def add(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Put a copy on the list."""
    form = FoundForm(request.POST, recipients=known_recipients(incident))
    return _save(
        request, incident, form,
        lambda: actions.add_takedown(incident, form.found, by=request.user, at=timezone.now()),
        "On the list: ask the service now.",
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def seen(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Record a new sighting."""
    form = SeenForm(request.POST, request.FILES, recipients=known_recipients(incident))
    return _save(
        request, incident, form,
        lambda: actions.report_sighting(
            incident, form.seen, form.cleaned_data["paper"], by=request.user, at=timezone.now()
        ),
        "Recorded. The cases that it puts in doubt are open again.",
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def ask(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record what was asked."""
    one, form = _takedown(incident, pk), AskForm(request.POST)
    return _save(
        request, incident, form,
        lambda: actions.ask(one, form.asked, by=request.user, at=timezone.now()),
        "Recorded.", pk,
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def look(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record what a look showed."""
    one, form = _takedown(incident, pk), LookForm(request.POST, request.FILES)
    return _save(
        request, incident, form,
        lambda: actions.look(one, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Recorded.", pk,
    )  # fmt: skip


def _takedown(incident: Incident, pk: str) -> Takedown:
    return get_object_or_404(queries.takedowns_of(incident), pk=pk)


def _save(
    request: StaffRequest, incident: Incident, form: forms.Form, act: Callable[[], object],
    done: str, pk: str = "",
) -> HttpResponse:  # fmt: skip
    attempt_form(request, form, act, done)
    if pk:
        return redirect("takedowns:detail", incident.pk, pk)
    return redirect("takedowns:list", incident.pk)
