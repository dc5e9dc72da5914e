"""Writing down who a recipient is. Each answers with the page of the recipient."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.recipients import actions
from breaches.recipients.forms import ContactForm, CopyForm, KnownForm, RiskForm
from breaches.recipients.models import Recipient, RecipientContact
from breaches.web import StaffRequest, attempt, attempt_form


@require_http_methods(["GET", "HEAD", "POST"])
@on_team("recipient.edit")
def add(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Add somebody whom no log shows."""
    form = KnownForm(request.POST or None, initial={"kind": "insider_with_access"})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_recipient(incident, form.known, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("confidential_because", str(refusal))
        else:
            messages.success(request, "Added. Its case is opened within seconds.")
            return redirect("accountability:detail", incident.pk, made.pk)
    context = {"incident": incident, "tab": "recipients", "form": form}
    return render(request, "breaches/recipients/add.html", context)


@require_GET
@on_team("recipient.edit")
def edit(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Show everything that can be written down about a recipient."""
    recipient = _recipient(incident, pk)
    document = recipient.document
    fields = ("kind", "identity_level", "jurisdiction", "is_name_confidential")
    known = {name: getattr(recipient, name) for name in fields}
    known |= {name: document.get(name, "") for name in ("name", "confidential_because")}
    risk = {"risk": recipient.risk, "why": document.get("risk_because", "")}
    context = {
        "incident": incident,
        "tab": "recipients",
        "recipient": recipient,
        "shown": document["name"] or document["address"],
        "known_form": KnownForm(initial=known),
        "risk_form": RiskForm(initial=risk),
        "contact_form": ContactForm(auto_id="contact_%s"),
        "copy_form": CopyForm(auto_id="copy_%s"),
    }
    return render(request, "breaches/recipients/edit.html", context)


@require_POST
@on_team("recipient.edit")
def describe(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Write down what is known of a recipient."""
    recipient, form = _recipient(incident, pk), KnownForm(request.POST)
    return _save(
        request, recipient, form,
        lambda: actions.describe(recipient, form.known, by=request.user, at=timezone.now()),
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def risk(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Write down the danger to the people in the file."""
    recipient, form = _recipient(incident, pk), RiskForm(request.POST)
    return _save(
        request, recipient, form,
        lambda: actions.review_risk(
            recipient, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def contact(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Add a way to reach a recipient."""
    recipient, form = _recipient(incident, pk), ContactForm(request.POST)
    return _save(
        request, recipient, form,
        lambda: actions.add_contact(recipient, form.way, by=request.user, at=timezone.now()),
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def verify(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Say that a contact was checked."""
    found = get_object_or_404(RecipientContact, pk=pk, incident=incident)
    return _save(
        request, found.recipient, None,
        lambda: actions.verify_contact(found, by=request.user, at=timezone.now()),
    )  # fmt: skip


@require_POST
@on_team("recipient.edit")
def copy(request: StaffRequest, incident: Incident, pk: str) -> HttpResponse:
    """Write down a copy that no log shows."""
    recipient, form = _recipient(incident, pk), CopyForm(request.POST)
    return _save(
        request, recipient, form,
        lambda: actions.add_copy(
            recipient, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )  # fmt: skip


def _recipient(incident: Incident, pk: str) -> Recipient:
    return get_object_or_404(Recipient, pk=pk, incident=incident)


def _save(
    request: StaffRequest,
    recipient: Recipient,
    form: forms.Form | None,
    act: Callable[[], object],
) -> HttpResponse:
    if form is None:
        attempt(request, act, "Saved.")
    else:
        attempt_form(request, form, act, "Saved.")
    return redirect("accountability:detail", recipient.incident_id, recipient.pk)
