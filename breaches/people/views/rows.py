"""Adding, mending and ending what is on record about a person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from breaches.access.gate import staff_may
from breaches.errors import Refused
from breaches.people import actions
from breaches.people.actions.rows import IMPOUNDED
from breaches.people.forms.rows import FORMS, FactsForm
from breaches.people.hand_made import KINDS
from breaches.people.models import Person, PersonChange, Source
from breaches.people.persons import is_withheld
from breaches.people.sight import sight_of
from breaches.web import StaffRequest, answer_refusal


@staff_may("register.edit")
def facts(request: StaffRequest, pk: str) -> HttpResponse:
    """Correct names, birth date, nationality and languages."""
    person = get_object_or_404(Person, pk=pk)
    form = FactsForm(request.POST or None, initial=person.document)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_facts(person, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, person)
    return _form(request, person, form, "Who they are")


@staff_may("register.edit")
def add(request: StaffRequest, pk: str, kind: str) -> HttpResponse:
    """Put something on record."""
    person = get_object_or_404(Person, pk=pk)
    form = _kind_form(kind)(request.POST or None, initial={"source": Source.STAFF})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_row(person, kind, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, person)
    return _form(request, person, form, f"Add a {KINDS[kind].words}")


@staff_may("register.edit")
def change(request: StaffRequest, pk: str, kind: str, row: str) -> HttpResponse:
    """Mend what is on record."""
    form_of, one = _kind_form(kind), _row(pk, kind, row)
    if is_withheld(one, sight_of(request.user, one.person.register)):
        messages.error(request, IMPOUNDED)
        return redirect("people:person", pk)
    form = form_of(request.POST or None, initial=_initial(one, kind))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_row(one, kind, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, one.person)
    return _form(request, one.person, form, f"Change a {KINDS[kind].words}")


@require_POST
@staff_may("register.edit")
def end(request: StaffRequest, pk: str, kind: str, row: str) -> HttpResponse:
    """End what is on record; the history keeps it."""
    _kind_form(kind)
    one = _row(pk, kind, row)
    try:
        actions.end_row(one, kind, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("people:person", pk)
    return _done(request, one.person)


@require_POST
@staff_may("register.edit")
def undo(request: StaffRequest, pk: str, change: str) -> HttpResponse:
    """Take the latest change back."""
    one = get_object_or_404(PersonChange, pk=change, person=pk, undone_at=None)
    try:
        actions.undo_change(one, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
        return redirect("people:person", pk)
    return _done(request, one.person)


def _kind_form(kind: str) -> Any:
    if kind not in FORMS:
        raise Http404
    return FORMS[kind]


def _row(pk: str, kind: str, row: str) -> Any:
    rows = KINDS[kind].model.objects.select_related("person__register")
    return get_object_or_404(rows, pk=row, person=pk)


def _initial(row: Any, kind: str) -> dict[str, Any]:
    clear = {name: getattr(row, name) for name in KINDS[kind].clear}
    if clear["source"] == Source.REGISTER:
        clear["source"] = Source.STAFF
    return {**row.document, **clear}


def _form(request: StaffRequest, person: Person, form: Any, title: str) -> HttpResponse:
    context = {"person": person, "form": form, "title": title}
    return render(request, "breaches/people/edit.html", context)


def _done(request: StaffRequest, person: Person) -> HttpResponse:
    messages.success(request, "Kept. The history below says what it was before.")
    return redirect("people:person", person.pk)
