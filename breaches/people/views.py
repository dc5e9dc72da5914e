"""The register: hand one in, find somebody by an exact number, open a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access.gate import staff_may
from breaches.audit import log
from breaches.errors import Refused
from breaches.people import actions, queries, tasks
from breaches.people.forms import FindForm, RegisterForm
from breaches.people.models import Person, RegisterImport
from breaches.web import StaffRequest, answer_refusal


@require_GET
@staff_may("register.view")
def register(request: StaffRequest) -> HttpResponse:
    """Show how many people there are, the imports, and the search."""
    held = queries.the_register()
    page = {
        "people": Person.objects.filter(register=held).count(),
        "imports": RegisterImport.objects.select_related("evidence").order_by("-pk")[:20],
        "form": FindForm(),
    }
    return render(request, "breaches/people/register.html", page)


@staff_may("register.import")
def receive(request: StaffRequest) -> HttpResponse:
    """Take in a register file."""
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            order = actions.receive_register(
                data["file"],
                handed_over_by=data["handed_over_by"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            answer_refusal(request, refusal)
        else:
            tasks.import_register.delay_on_commit(order_id=order.pk)
            messages.success(request, "The register is sealed and is being taken in.")
        return redirect("people:register")
    return render(request, "breaches/people/receive.html", {"form": form})


@require_GET
@staff_may("register.view")
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer the progress bar of one import."""
    order = get_object_or_404(RegisterImport, pk=pk)
    return render(request, "breaches/people/progress.html", {"order": order})


@require_POST
@staff_may("register.view")
def find(request: StaffRequest) -> HttpResponse:
    """Find somebody by an exact number; the number is posted, so that no address bar keeps it."""
    form, held = FindForm(request.POST), queries.the_register()
    found: list[Person] = []
    if form.is_valid() and held:
        found = list(queries.find(held, form.cleaned_data["text"]))
        log.note("register.searched", by=request.user, at=timezone.now(), count=len(found))
    named = [(person, queries.card(person)) for person in found]
    return render(request, "breaches/people/found.html", {"form": form, "found": named})


@require_GET
@staff_may("register.view")
def person(request: StaffRequest, pk: str) -> HttpResponse:
    """Open one person of the register."""
    found = get_object_or_404(Person, pk=pk)
    log.record(found, "person.opened", by=request.user, at=timezone.now())
    page = {"person": found, "card": queries.card(found)}
    return render(request, "breaches/people/person.html", page)
