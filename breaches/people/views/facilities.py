"""The list of facilities, and what each asks of an envelope."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from breaches.access.gate import staff_may
from breaches.errors import Refused
from breaches.people import actions, queries
from breaches.people.forms.facilities import FacilityForm
from breaches.people.models import Facility
from breaches.web import StaffRequest, page_of


@require_GET
@staff_may("register.view")
def facilities(request: StaffRequest) -> HttpResponse:
    """List the facilities, those longest unchecked first."""
    page = page_of(request, queries.facilities(), per_page=100)
    old = queries.check_again(timezone.now().date())
    return render(request, "breaches/people/facilities.html", {"page": page, "old": old})


@require_GET
@staff_may("register.view")
def facility(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one facility."""
    one = get_object_or_404(Facility, pk=pk)
    context = {"facility": one, "old": queries.check_again(timezone.now().date())}
    return render(request, "breaches/people/facility.html", context)


@staff_may("facility.edit")
def add(request: StaffRequest) -> HttpResponse:
    """Write down a facility."""
    return _keep(request, Facility(), {})


@staff_may("facility.edit")
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Mend what is written about a facility."""
    one = get_object_or_404(Facility, pk=pk)
    return _keep(request, one, model_to_dict(one))


def _keep(request: StaffRequest, one: Facility, initial: dict[str, Any]) -> HttpResponse:
    form = FacilityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, at = request.user, timezone.now()
        try:
            kept = actions.keep_facility(one, form.cleaned_data, by=by, at=at)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("people:facility", kept.pk)
    return render(request, "breaches/people/facility_form.html", {"facility": one, "form": form})
