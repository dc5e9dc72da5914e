"""The register: its people, one person, and the files it was taken in from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access.gate import staff_may
from breaches.audit import log
from breaches.errors import Refused
from breaches.people import actions, queries, tasks
from breaches.people.forms import RegisterForm, SearchForm
from breaches.people.models import ImportStatus, Person, RegisterImport
from breaches.web import StaffRequest, page_of

MOST_FOUND = 50
WORKING = {ImportStatus.RECEIVED, ImportStatus.IMPORTING}


@require_GET
@staff_may("register.view")
def register(request: StaffRequest) -> HttpResponse:
    """List the people of the register a page at a time."""
    here = queries.the_register()
    if here is None:
        return render(request, "breaches/people/register.html", {"register": None})
    page = page_of(request, queries.everybody(here))
    log.record(here, "register.listed", by=request.user, at=timezone.now(), page=page.number)
    imports = queries.imports_of(here)
    context = {
        "register": here,
        "page": page,
        "people": queries.listed(page.object_list),
        "imports": imports,
        "form": SearchForm(),
        "working": [order for order in imports if order.status in WORKING],
    }
    return render(request, "breaches/people/register.html", context)


@staff_may("register.import")
def receive(request: StaffRequest) -> HttpResponse:
    """Take in a register file."""
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by, at, given = request.user, timezone.now(), form.cleaned_data
        try:
            order = actions.receive_register(
                given["file"], handed_over_by=given["handed_over_by"], by=by, at=at
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            tasks.import_register.delay_on_commit(order_id=order.pk)
            messages.success(request, "The file is sealed and its people are being taken in.")
            return redirect("people:import", order.pk)
    return render(request, "breaches/people/receive.html", {"form": form})


@require_GET
@staff_may("register.view")
def register_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how one register file was taken in, and what in it is doubtful."""
    order = get_object_or_404(RegisterImport.objects.select_related("evidence"), pk=pk)
    context = {
        "order": order,
        "about": order.evidence.document,
        "is_working": order.status in WORKING,
        "page": page_of(request, order.problems.order_by("row_number", "pk")),
    }
    return render(request, "breaches/people/import.html", context)


@require_GET
@staff_may("register.view")
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer the progress bar of one import; the page loads anew when it is done."""
    order = get_object_or_404(RegisterImport, pk=pk)
    context = {"order": order, "is_working": order.status in WORKING}
    answer = render(request, "breaches/people/progress.html", context)
    if not context["is_working"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@staff_may("register.view")
def find(request: StaffRequest) -> HttpResponse:
    """Find somebody; what is asked for travels in the body, so that no address holds a name."""
    here, form = queries.the_register(), SearchForm(request.POST)
    if here is None:
        return redirect("people:register")
    people: list[Person] = []
    if form.is_valid():
        people = list(queries.find(here, form.cleaned_data["text"])[: MOST_FOUND + 1])
        log.record(here, "register.searched", by=request.user, at=timezone.now(), found=len(people))
    context = {
        "form": form,
        "people": queries.listed(people[:MOST_FOUND]),
        "is_more": len(people) > MOST_FOUND,
        "most": MOST_FOUND,
    }
    return render(request, "breaches/people/found.html", context)


@require_GET
@staff_may("register.view")
def person(request: StaffRequest, pk: str) -> HttpResponse:
    """Show one person; that it was looked at is on record."""
    one = get_object_or_404(Person, pk=pk)
    log.record(one, "person.opened", by=request.user, at=timezone.now())
    context = {"card": queries.card(one), "facts": one.document, "numbers": queries.numbers_of(one)}
    return render(request, "breaches/people/person.html", context)
