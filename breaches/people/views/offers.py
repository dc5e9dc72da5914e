"""ZIP Codes that lost zeros, offered back one by one or a page at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from breaches.access.gate import staff_may
from breaches.audit import log
from breaches.errors import Refused
from breaches.people import actions, offers
from breaches.people.models import ContactPoint
from breaches.people.queries import sight_for, the_register
from breaches.web import StaffRequest, answer_refusal


@staff_may("register.edit")
def zips(request: StaffRequest) -> HttpResponse:
    """List addresses whose ZIP Code lacks zeros, and make those chosen whole."""
    if request.method == "POST":
        return _mend(request)
    register = the_register()
    found = offers.offers(sight_for(request.user), _uuid(request.GET.get("after", "")))
    if register:
        at, shown = timezone.now(), len(found.offers)
        log.record(register, "register.zips_listed", by=request.user, at=at, shown=shown)
    return render(request, "breaches/people/zips.html", {"found": found})


def _mend(request: StaffRequest) -> HttpResponse:
    sight = sight_for(request.user)
    wanted = [pk for text in request.POST.getlist("row") if (pk := _uuid(text))]
    rows = ContactPoint.objects.filter(pk__in=wanted, valid_to=None).select_related("person")
    seen = [row for row in rows if offers.offer_of(row, sight)]
    try:
        count = actions.take_offers(seen, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        word = "ZIP Code is" if count == 1 else "ZIP Codes are"
        messages.success(request, f"{count} {word} whole again; each can be undone on its page.")
    person = _uuid(request.POST.get("person", ""))
    return redirect("people:person", person) if person else redirect("people:zips")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
