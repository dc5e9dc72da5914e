"""What a letter says of the incident itself, the same for everybody it tells in one language."""

from django.db.models import Count, Max, Min
from django.utils import timezone

from breaches.demands.models import Demand, DemandStatus
from breaches.incidents.models import Incident
from breaches.leaks.vocabulary import ELEMENTS, gloss
from breaches.matching.models import AffectedPerson
from breaches.recipients.queries import known_recipients
from notifications.notices import languages
from notifications.wording.fields import Value


def incident_values(incident: Incident, language: str) -> dict[str, Value]:
    """Return the merge fields that belong to the incident; a fact we lack has no entry."""
    window = incident.exposures.aggregate(opened=Min("opened_at"), closed=Max("closed_at"))
    values: dict[str, Value] = {
        "holder": incident.holder,
        "what_happened": languages.WHAT_HAPPENED[language][incident.kind].format(
            holder=incident.holder
        ),
        "contact_name": incident.contact_name,
        "contact_phone": incident.contact_phone,
        "contact_address": incident.contact_address,
        **_recipients(incident, language),
    }
    for field, at in window.items():
        if at:
            values[field] = languages.moment(timezone.localtime(at), language)
    return {field: value for field, value in values.items() if value}


def _recipients(incident: Incident, language: str) -> dict[str, Value]:
    """Return who is known to have it and what was asked of them; never an address or a name."""
    known = known_recipients(incident).count()
    demands = Demand.objects.filter(incident=incident)
    count = Count("recipient", distinct=True)
    asked = demands.filter(status__in=[DemandStatus.SENT, DemandStatus.ANSWERED]).aggregate(n=count)
    answered = demands.filter(status=DemandStatus.ANSWERED).aggregate(n=count)
    if not known:
        return {
            "recipients": [languages.UNKNOWN_RECIPIENTS[language]],
            "demands": [languages.NO_DEMANDS[language]],
        }
    taken = languages.number(known, languages.TAKEN[language])
    if not asked["n"]:
        return {"recipients": [taken], "demands": [languages.NO_DEMANDS[language]]}
    said = languages.ASKED[language].format(sent=asked["n"], count=known)
    answers = languages.number(answered["n"], languages.ANSWERED[language])
    return {"recipients": [taken], "demands": [said, answers]}


def personal_values(one: AffectedPerson, language: str) -> dict[str, Value]:
    """Return the fields that are about this one person: their name and exactly what leaked."""
    glosses = [gloss(code, language) for code in ELEMENTS if code in one.elements]
    return {"name": one.document["name"], "elements": list(dict.fromkeys(glosses))}
