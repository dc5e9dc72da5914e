"""One person of the register."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from breaches.access.gate import staff_may
from breaches.audit import log
from breaches.people import queries
from breaches.people.history import history_of
from breaches.people.models import Person
from breaches.people.persons import opened
from breaches.people.sight import sight_of
from breaches.web import StaffRequest


@require_GET
@staff_may("register.view")
def person(request: StaffRequest, pk: str) -> HttpResponse:
    """Show one person; that it was looked at is on record."""
    rows = Person.objects.select_related("register", "merged_into")
    one = get_object_or_404(rows, pk=pk)
    log.record(one, "person.opened", by=request.user, at=timezone.now())
    sight = sight_of(request.user, one.register)
    context = {
        "person": one,
        "seen": opened(one, sight),
        "numbers": queries.numbers_of(one),
        "family": queries.family_of(one),
        "merges": queries.merges_of(one),
        "history": history_of(one, sight),
    }
    return render(request, "breaches/people/person.html", context)
