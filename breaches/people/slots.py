"""Making one fact of a person what it should be: the rows behind each slot."""

from datetime import date
from typing import Any

from django.db.models import Q

from breaches.people import keeping
from breaches.people.entries import ALWAYS, FACTS, MORE_NAMES, NAMES, Said
from breaches.people.models import Death, NameKey, Person, Source


def set_slot(person: Person, slot: str, value: Any, *, on: date) -> None:
    """Make one fact of the register's own rows what `value` says; None takes it away."""
    if slot in FACTS:
        set_facts(person, {slot: value})
    elif slot.startswith("identifier."):
        kind = slot.partition(".")[2]
        person.identifiers.filter(kind=kind, source=Source.REGISTER).delete()
        if value:
            keeping.identifier(person, kind, value).save(force_insert=True)
    elif slot == "death":
        Death.objects.filter(person=person, source=Source.REGISTER).delete()
        if value:
            row = Death(person=person, key_name=person.key_name).with_document({"on": value})
            row.save(force_insert=True)
    else:
        SETTERS[slot](person, value, on)


def set_facts(person: Person, facts: dict[str, Any]) -> None:
    """Put facts into a person's own document, and make names findable by what they are now."""
    document = {name: value for name, value in (person.document | facts).items() if value}
    person.seal(dict.fromkeys(ALWAYS, "") | document)
    person.save(update_fields=["sealed"])
    if set(facts) & {*NAMES, *MORE_NAMES}:
        name_anew(person)


def name_anew(person: Person) -> None:
    """Make a person findable by the names they have now."""
    facts = person.document
    names = " ".join(str(facts.get(name, "")) for name in (*NAMES, *MORE_NAMES))
    wanted = {row.index: row for row in keeping.name_keys(person, names)}
    person.name_keys.exclude(index__in=wanted).delete()
    there = set(person.name_keys.values_list("index", flat=True))
    NameKey.objects.bulk_create(row for index, row in wanted.items() if index not in there)


def _set_address(person: Person, value: Said | None, on: date) -> None:
    own = person.contact_points.filter(source=Source.REGISTER, valid_to=None)
    # A safe or impounded address never gives way: it stays, as one that staff vouch for.
    own.filter(Q(is_safe=True) | Q(is_impounded=True)).update(source=Source.STAFF)
    own.update(valid_to=on)
    if value:
        keeping.contact_point(person, value, valid_from=on).save(force_insert=True)


def _set_counsel(person: Person, value: Said | None, on: date) -> None:
    person.representations.filter(source=Source.REGISTER, withdrawn_on=None).update(withdrawn_on=on)
    if value:
        keeping.representation(person, value, effective_on=on).save(force_insert=True)


def _set_guardian(person: Person, value: Said | None, on: date) -> None:
    person.guardianships.filter(source=Source.REGISTER, ended_on=None).update(ended_on=on)
    if value:
        keeping.guardianship(person, value).save(force_insert=True)


SETTERS = {"address": _set_address, "counsel": _set_counsel, "guardian": _set_guardian}
