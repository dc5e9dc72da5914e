"""A person's family, and two records that are one person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from breaches.access.gate import staff_may
from breaches.errors import Refused
from breaches.people import actions
from breaches.people.forms.families import MergeForm, RelationForm
from breaches.people.models import Merge, Person, Relation
from breaches.web import StaffRequest, answer_refusal, attempt


@staff_may("register.edit")
def relate(request: StaffRequest, pk: str) -> HttpResponse:
    """Say who belongs to somebody's family."""
    person = get_object_or_404(Person, pk=pk)
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at, given = request.user, timezone.now(), form.cleaned_data
        try:
            actions.relate(person, given["other"], given["kind"], by=by, at=at)
        except Refused as refusal:
            form.add_error("other", str(refusal))
        else:
            messages.success(request, "Kept, on the pages of both.")
            return redirect("people:person", pk)
    context = {"person": person, "form": form, "title": "Somebody of their family"}
    return render(request, "breaches/people/edit.html", context)


@require_POST
@staff_may("register.edit")
def unrelate(request: StaffRequest, pk: str, relation: int) -> HttpResponse:
    """Take a relation away."""
    one = get_object_or_404(Relation, pk=relation)
    try:
        actions.unrelate(one, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    return redirect("people:person", pk)


@staff_may("register.edit")
def merge(request: StaffRequest, pk: str) -> HttpResponse:
    """Merge another record into this person."""
    person = get_object_or_404(Person, pk=pk)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.merge(person, form.cleaned_data["other"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("other", str(refusal))
        else:
            messages.success(request, "Merged. It can be undone below.")
            return redirect("people:person", pk)
    context = {"person": person, "form": form, "title": "Merge another record into this person"}
    return render(request, "breaches/people/edit.html", context)


@require_POST
@staff_may("register.edit")
def unmerge(request: StaffRequest, pk: str, merge: str) -> HttpResponse:
    """Part two records again."""
    row = get_object_or_404(Merge, pk=merge, kept=pk)
    attempt(
        request,
        lambda: actions.unmerge(row, by=request.user, at=timezone.now()),
        "Parted: both records are as they were.",
    )
    return redirect("people:person", pk)
