"""What staff enter about a person by hand: which fields are clear, which sealed, how each ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from breaches.people import identifiers
from breaches.people.addresses import understood
from breaches.people.models import (
    ContactKind,
    ContactPoint,
    CustodyPlacement,
    Death,
    Guardianship,
    Identifier,
    Person,
    Representation,
)
from breaches.vault import blind

Row = ContactPoint | Representation | Guardianship | CustodyPlacement | Death | Identifier
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of row on a person's page."""

    model: type[Any]
    words: str
    clear: tuple[str, ...]
    sealed: tuple[str, ...]
    ends: str = ""  # the field with the day it ended; without one the row is taken away
    finish: Callable[[Any, dict[str, Any]], dict[str, Any]] = field(
        default=lambda row, document: document
    )


def _finish_contact(row: ContactPoint, document: dict[str, Any]) -> dict[str, Any]:
    """Understand an address anew whenever it is written; telephone and mail stay as they are."""
    row.index = ""
    if row.kind != ContactKind.POST:
        return document
    found = understood(document["lines"], document.get("country", ""))
    row.index = (
        blind.index(row.key_name, "address", found.leads_to) if found.leads_to else row.index
    )
    if found.is_nowhere:
        row.kind = ContactKind.NO_FIXED_ADDRESS
    return document | {
        "normal": list(found.normal),
        "country": found.country,
        "leads_to": found.leads_to,
        "offer": found.offer,
        "problems": list(found.problems),
    }


def _finish_identifier(row: Identifier, document: dict[str, Any]) -> dict[str, Any]:
    value = identifiers.normal(row.kind, document["value"])
    row.index = blind.index(row.key_name, row.kind, value)
    return {"value": value}


KINDS = {
    "contact": Kind(
        ContactPoint,
        "contact point",
        (
            *("kind", "source", "is_safe", "is_impounded", "is_do_not_contact", "channels"),
            "valid_from",
        ),
        ("lines", "country", "note"),
        ends="valid_to",
        finish=_finish_contact,
    ),
    "representation": Kind(
        Representation,
        "representation",
        ("form", "scope", "source", "effective_on", "verified_on"),
        ("practitioner", "organisation", "lines", "note"),
        ends="withdrawn_on",
    ),
    "guardian": Kind(
        Guardianship,
        "guardian",
        ("kind", "source", "is_unsafe"),
        ("name", "lines", "paper", "note"),
        ends="ended_on",
    ),
    "custody": Kind(
        CustodyPlacement,
        "custody",
        ("facility", "source", "from_on"),
        ("as_written", "booking_number", "note"),
        ends="to_on",
    ),
    "death": Kind(
        Death, "death", ("source",), ("on", "next_of_kin", "next_of_kin_lines", "kinship", "note")
    ),
    "number": Kind(Identifier, "number", ("kind", "source"), ("value",), finish=_finish_identifier),
}


def new_row(kind: Kind, person: Person) -> Any:
    """Return an unsaved row of a kind that hangs on `person`."""
    return kind.model(person=person, key_name=person.key_name)


def fill(row: Any, kind: Kind, given: Given) -> None:
    """Put what was entered into a row; the caller saves it."""
    kept = row.document if row.sealed else {}  # opened before what it is bound to changes
    for name in kind.clear:
        setattr(row, name, given[name])
    entered = {name: given[name] for name in kind.sealed}
    row.seal(kind.finish(row, {**kept, **entered}))


def end(row: Any, kind: Kind, on: date) -> None:
    """End a row on a day; one without such a day is taken away."""
    if not kind.ends:
        row.delete()
        return
    setattr(row, kind.ends, on)
    row.save(update_fields=[kind.ends])
