"""The register as a whole: its people, and finding one of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access.gate import staff_may
from breaches.audit import log
from breaches.people import queries
from breaches.people.forms.register import SearchForm
from breaches.people.models import Person
from breaches.web import StaffRequest, page_of

MOST_FOUND = 50


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
        "working": [order for order in imports if order.is_worked_on],
    }
    return render(request, "breaches/people/register.html", context)


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
