"""What a letter says of the incident itself, the same for everybody it tells in one language."""

from django.db.models import Count
from django.utils import timezone

from breaches.demands.models import Demand, DemandStatus
from breaches.incidents.models import Exposure, Incident
from breaches.leaks.vocabulary import ELEMENTS, gloss
from breaches.matching.models import AffectedPerson
from breaches.recipients.queries import known_recipients
from notifications.notices import languages
from notifications.wording.fields import Value


def incident_values(incident: Incident, language: str) -> dict[str, Value]:
    """Return the merge fields that belong to the incident; a fact we lack has no entry."""
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
    values |= _window(list(incident.exposures.all()), language)
    return {field: value for field, value in values.items() if value}


def _window(places: list[Exposure], language: str) -> dict[str, Value]:
    """Return from when to when the data stood open, each as sure as we are of it.

    While one place has no closing time the data may still stand open, so none is said; likewise
    of the opening.
    """
    found: dict[str, Value] = {}
    for field, edge in (("opened", min), ("closed", max)):
        known = [
            (getattr(one, f"{field}_at"), getattr(one, f"{field}_certainty")) for one in places
        ]
        if known and all(at for at, _ in known):
            at, certainty = edge(known)
            moment = languages.moment(timezone.localtime(at), language)
            found[field] = languages.SURE[language][certainty].format(moment)
    return found


def _recipients(incident: Incident, language: str) -> dict[str, Value]:
    """Return who is known to have it and what was asked of them; never an address or a name."""
    everybody = known_recipients(incident)
    known, by_hand = everybody.count(), everybody.filter(network="").count()
    demands = Demand.objects.filter(incident=incident)
    count = Count("recipient", distinct=True)
    asked = demands.filter(status__in=[DemandStatus.SENT, DemandStatus.ANSWERED]).aggregate(n=count)
    answered = demands.filter(status=DemandStatus.ANSWERED).aggregate(n=count)
    if not known:
        return {
            "recipients": [languages.UNKNOWN_RECIPIENTS[language]],
            "demands": [languages.NO_DEMANDS[language]],
        }
    taken: Value = [
        languages.number(count, forms[language])
        for count, forms in ((known - by_hand, languages.TAKEN), (by_hand, languages.HAVE))
        if count
    ]
    if not asked["n"]:
        return {"recipients": taken, "demands": [languages.NO_DEMANDS[language]]}
    said = languages.ASKED[language].format(sent=asked["n"], count=known)
    answers = languages.number(answered["n"], languages.ANSWERED[language])
    return {"recipients": taken, "demands": [said, answers]}


def personal_values(one: AffectedPerson, language: str) -> dict[str, Value]:
    """Return the fields that are about this one person: their name and exactly what leaked."""
    glosses = [gloss(code, language) for code in ELEMENTS if code in one.elements]
    return {"name": one.document["name"], "elements": list(dict.fromkeys(glosses))}
