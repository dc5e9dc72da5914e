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
from breaches.web import StaffRequest, attempt_form, in_place_of, page_of

TAB = "recipients"


@require_GET
@on_team("recipient.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """List the copies on the net and where the file was seen again."""
    return _list(request, incident)


@require_GET
@on_team("recipient.view")
def detail(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show one copy, what was asked, and what to do now."""
    return _page(request, _takedown(incident, pk))


@require_POST
@on_team("recipient.edit")
def add(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Put a copy on the list."""
    form = FoundForm(request.POST, recipients=known_recipients(incident), auto_id="found_%s")
    return _save(
        request, incident, form,
        lambda: actions.add_takedown(incident, form.found, by=request.user, at=timezone.now()),
        "On the list: ask the service now.",
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def seen(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Record a new sighting."""
    known = known_recipients(incident)
    form = SeenForm(request.POST, request.FILES, recipients=known, auto_id="seen_%s")
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
    one, form = _takedown(incident, pk), AskForm(request.POST, auto_id="ask_%s")
    return _save(
        request, incident, form,
        lambda: actions.ask(one, form.asked, by=request.user, at=timezone.now()),
        "Recorded.", pk,
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def look(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Record what a look showed."""
    one = _takedown(incident, pk)
    form = LookForm(request.POST, request.FILES, auto_id="look_%s")
    return _save(
        request, incident, form,
        lambda: actions.look(one, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Recorded.", pk,
    )  # fmt: skip


def _takedown(incident: Incident, pk: str) -> Takedown:
    return get_object_or_404(queries.takedowns_of(incident), pk=pk)


def _list(
    request: StaffRequest, incident: Incident, typed: forms.Form | None = None
) -> HttpResponse:
    """Return the list, with what was `typed` and not taken."""
    at = timezone.now()
    page = page_of(request, queries.takedowns_of(incident))
    known = known_recipients(incident)
    waiting = set(queries.to_look_at(incident, at=at).values_list("pk", flat=True))
    fresh = (
        FoundForm(recipients=known, auto_id="found_%s"),
        SeenForm(recipients=known, auto_id="seen_%s"),
    )
    found_form, seen_form = in_place_of(fresh, typed)
    context = {
        "incident": incident,
        "tab": TAB,
        "page": page,
        "rows": [(one, defanged(one.document["address"]), one.pk in waiting) for one in page],
        "sightings": [(one, defanged(one.document["address"]))
                      for one in queries.sightings_of(incident)[:50]],
        "proposed": queries.proposed(incident),
        "found_form": found_form,
        "seen_form": seen_form,
    }  # fmt: skip
    return render(request, "breaches/takedowns/list.html", context)


def _page(request: StaffRequest, one: Takedown, typed: forms.Form | None = None) -> HttpResponse:
    """Return the page of one copy, with what was `typed` and not taken."""
    said = one.document
    fresh = (
        AskForm(initial={"on": timezone.localdate()}, auto_id="ask_%s"),
        LookForm(auto_id="look_%s"),
    )
    ask_form, look_form = in_place_of(fresh, typed)
    context = {
        "incident": one.incident,
        "tab": TAB,
        "one": one,
        "said": said,
        "address": defanged(said["address"]),
        "service": SERVICES[one.service],
        "ask_form": ask_form,
        "look_form": look_form,
    }
    return render(request, "breaches/takedowns/detail.html", context)


def _save(
    request: StaffRequest, incident: Incident, form: forms.Form, act: Callable[[], object],
    done: str, pk: str = "",
) -> HttpResponse:  # fmt: skip
    if not attempt_form(request, form, act, done):
        if pk:
            return _page(request, _takedown(incident, pk), form)
        return _list(request, incident, form)
    if pk:
        return redirect("takedowns:detail", incident.pk, pk)
    return redirect("takedowns:list", incident.pk)
