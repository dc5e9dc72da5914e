"""What each person lost, asked of the people rather than of the rows."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from breaches.audit import log
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.leaks.vocabulary import DANGERS
from breaches.matching import losses
from breaches.matching.views.showing import show
from breaches.web import StaffRequest, page_of


@require_GET
@on_team("person.view")
def lost(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show what the affected people lost, and who lost all of the chosen elements."""
    found = losses.losses(incident)
    known = {one.element.code: one.element for one in found.elements}
    chosen = [code for code in request.GET.getlist("element") if code in known]
    level = int(given) if (given := request.GET.get("level", "")) in map(str, DANGERS) else 0
    context = {"found": found, "chosen": chosen, "level": level, "levels": DANGERS}
    if chosen or level:
        page = page_of(request, losses.who_lost(incident, chosen, level))
        at, by = timezone.now(), request.user
        log.record(
            incident, "losses.listed", by=by, at=at, page=page.number, elements=chosen, level=level
        )
        words = " + ".join(known[code].label for code in chosen)
        context |= {"page": page, "people": list(page), "words": words}
    return show(request, incident, "lost", context)
