"""Destroy the columns of a leaked file that nobody needs any more."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.leaks.opening import tables_of
from breaches.matching import actions, queries
from breaches.web import StaffRequest


class ColumnsForm(forms.Form):
    """Which columns, and why."""

    columns = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, label="Columns to destroy"
    )
    reason = forms.CharField(max_length=1000, label="Why", widget=forms.Textarea(attrs={"rows": 2}))


@on_team("file.keep")
def columns(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Let a person decide which columns are destroyed."""
    file = get_object_or_404(queries.ready_files(incident), pk=pk)
    form = ColumnsForm(request.POST or None)
    seen = [column for table in tables_of(file, request.sight) for column in table.columns]
    choices = [
        (one.column.key, f"{one.letter} {one.header} ({one.element.label if one.element else '?'})")
        for one in seen
    ]
    form.fields["columns"].choices = choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, timezone.now()
        try:
            actions.minimise(file, given["columns"], given["reason"], by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The decision is recorded; the columns are being destroyed.")
            return redirect("leaks:keeping", incident.pk, file.pk)
    context = {"incident": incident, "tab": "files", "file": file, "form": form}
    context["is_settled"] = queries.settled(incident)
    return render(request, "breaches/matching/minimise.html", context)
