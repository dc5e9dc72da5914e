"""One notice, decided: where it goes, in which language and wording, or why it is held."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.matching.queries import affected
from breaches.people.cards import Contact, PersonCard
from breaches.people.queries import cards, kept_records, the_register
from breaches.people.sight import Sight, blind_sight
from notifications.notices import languages
from notifications.notices.facts import incident_values, personal_values
from notifications.notices.models import NoticeStatus
from notifications.notices.routing import Choice, Held, Route, reasons, route
from notifications.wording.fields import Value, missing
from notifications.wording.models import TemplateVersion
from notifications.wording.queries import active_by_language

FALLBACK = "en"
GIVEN_WITH_THE_LETTER = {"reference", "letter_date"}


class Facts(NamedTuple):
    """What is the same for many notices, read once."""

    wordings: dict[str, TemplateVersion]
    incident_values: dict[str, dict[str, Value]]
    minors_on: date
    cards: dict[UUID, PersonCard]
    sight: Sight
    twins: frozenset[UUID]  # affected people whose other record is affected too
    fallback: str  # the language of people whose own has no approved wording; "" holds them


class Draft(NamedTuple):
    """How a notice stands, and what its sealed document keeps of the decision."""

    status: str
    hold: str
    note: str
    version: TemplateVersion | None
    language: str
    document: dict[str, Any]


def gather(
    incident: Incident, purpose: str, people: Iterable[AffectedPerson], *, today: date
) -> Facts:
    """Read what the notices of `people` are decided on."""
    wordings, found = active_by_language(purpose), list(people)
    register = the_register()
    return Facts(
        wordings,
        {language: incident_values(incident, language) for language in wordings},
        incident.snapshot_on or today,
        cards(one.person_id for one in found if one.person_id),
        blind_sight(register) if register else Sight("", frozenset()),
        _twins(incident, found),
        FALLBACK if incident.english_will_do else "",
    )


def draft(one: AffectedPerson, facts: Facts, choice: Choice | None) -> Draft:
    """Decide the notice to one affected person."""
    card = facts.cards.get(one.person_id) if one.person_id else None
    card = card or _card_from_leak(one)
    spoken = languages.code(card.language)
    version = facts.wordings.get(spoken) or facts.wordings.get(facts.fallback)
    found = _checked(route(card, facts.minors_on, choice), one, facts, choice)
    held = found if isinstance(found, Held) else _wording_hold(one, facts, version)
    inputs = {
        **asdict(card),
        "minors_on": facts.minors_on.isoformat(),
        "reasons": reasons(card, facts.minors_on),
    }
    document: dict[str, Any] = {"spoken": spoken, "name": card.name, "inputs": inputs}
    if isinstance(found, Route):
        document |= {
            "addressee": found.addressee,
            "lines": list(found.lines),
            "rule": found.rule,
        }
    if choice:
        document["choice"] = {**asdict(choice), "settled": sorted(choice.settled)}
    language = version.language if version else ""
    if held:
        return Draft(NoticeStatus.HELD, held.code, held.note, version, language, document)
    return Draft(NoticeStatus.READY, "", "", version, language, document)


def _checked(
    found: Route | Held, one: AffectedPerson, facts: Facts, choice: Choice | None
) -> Route | Held:
    """Hold what must not go out, whoever chose the address.

    To somebody whom no row speaks of any more, to a sealed address, or a second letter.
    """
    if one.withdrawn_at:
        return Held("unmatched")
    if one.pk in facts.twins and not (choice and "merged" in choice.settled):
        return Held("merged")
    if isinstance(found, Route) and facts.sight.withholds(found.lines):
        return Held("no_address", "The address is impounded: no letter may go there.")
    return found


def _twins(incident: Incident, people: list[AffectedPerson]) -> frozenset[UUID]:
    """Return whose record was merged into somebody who is affected by the same incident."""
    into = kept_records(one.person_id for one in people if one.person_id)
    there = affected(incident).filter(person__in=into.values())
    known = set(there.values_list("person", flat=True))
    return frozenset(one.pk for one in people if one.person_id and into.get(one.person_id) in known)


def choice_in(document: dict[str, Any]) -> Choice | None:
    """Return what a caseworker decided earlier, if anything."""
    kept = document.get("choice")
    return kept and Choice(tuple(kept["lines"]), kept["addressee"], frozenset(kept["settled"]))


def _wording_hold(
    one: AffectedPerson, facts: Facts, version: TemplateVersion | None
) -> Held | None:
    if version is None:
        return Held("no_wording")
    values = facts.incident_values[version.language] | personal_values(one, version.language)
    gaps = [
        field
        for field in missing(f"{version.subject}\n{version.body}", values)
        if field not in GIVEN_WITH_THE_LETTER
    ]
    return Held("undefined_field", ", ".join(gaps)) if gaps else None


def _card_from_leak(one: AffectedPerson) -> PersonCard:
    """Return what the leak itself says, where there is no register."""
    said = one.document
    contacts = (Contact(tuple(said["lines"])),) if said["lines"] else ()
    return PersonCard(
        said["name"], said["birth_date"], said["nationality"], said["language"], contacts=contacts
    )
