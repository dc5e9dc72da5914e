"""One person, opened for a reader: everything on record, with impounded addresses withheld."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from breaches.people.countries import (
    country,
    country_name,
    language,
    language_name,
    like_a_country,
    like_a_language,
)
from breaches.people.models import (
    ContactPoint,
    CustodyPlacement,
    Guardianship,
    Person,
    Representation,
)
from breaches.people.names import display_name
from breaches.people.parts import NameParts, parts_of
from breaches.people.sight import WITHHELD, Sight


class ContactSeen(NamedTuple):
    """A contact point as its reader may see it."""

    row: ContactPoint
    lines: tuple[str, ...]
    normal: tuple[str, ...]
    problems: tuple[str, ...]
    offer: str
    note: str
    is_withheld: bool


class RowSeen(NamedTuple):
    """Any other row with its opened document."""

    row: Representation | Guardianship | CustodyPlacement
    said: dict[str, Any]


class Spelling(NamedTuple):
    """A country or language as given, what it is understood as, and what it may mean."""

    written: str
    normal: str
    name: str
    offers: list[str]


class PersonSeen(NamedTuple):
    """Everything on one person's page."""

    name: str
    facts: dict[str, Any]
    parts: NameParts
    nationality: Spelling
    spoken: Spelling
    written: Spelling
    contacts: list[ContactSeen]
    former_contacts: list[ContactSeen]
    representations: list[RowSeen]
    guardians: list[RowSeen]
    placements: list[RowSeen]
    death: dict[str, Any] | None


def opened(person: Person, sight: Sight) -> PersonSeen:
    """Open everything on record about somebody."""
    facts = person.document
    contacts = [contact_seen(row, sight) for row in person.contact_points.order_by("valid_from")]
    contacts.sort(key=lambda one: not one.row.is_safe)
    death = getattr(person, "death", None)
    return PersonSeen(
        name=display_name(facts),
        facts=facts,
        parts=parts_of(facts, country(facts["nationality"])),
        nationality=_country(facts["nationality"]),
        spoken=_language(facts.get("spoken") or facts["language"]),
        written=_language(facts.get("written") or facts["language"]),
        contacts=[one for one in contacts if one.row.valid_to is None],
        former_contacts=[one for one in contacts if one.row.valid_to],
        representations=_rows(person.representations.order_by("withdrawn_on", "pk"), sight),
        guardians=_rows(person.guardianships.order_by("ended_on", "pk"), sight),
        placements=_rows(person.placements.select_related("facility").order_by("to_on"), sight),
        death=sight.said(death.document) if death else None,
    )


def contact_seen(row: ContactPoint, sight: Sight) -> ContactSeen:
    """Open one contact point."""
    said = row.document
    if sight.withholds(said["lines"], row.index) or (row.is_impounded and not sight.sees_impounded):
        return ContactSeen(row, (WITHHELD,), (), (), "", "", True)
    return ContactSeen(
        row,
        tuple(said["lines"]),
        tuple(said.get("normal", ())),
        tuple(said.get("problems", ())),
        said.get("offer", ""),
        said.get("note", ""),
        False,
    )


def is_withheld(row: Any, sight: Sight) -> bool:
    """Say whether a reader may not see, and so not change, a row."""
    if isinstance(row, ContactPoint) and contact_seen(row, sight).is_withheld:
        return True
    document = row.document
    return bool(sight.said(document) != document)


def _rows(rows: Iterable[Any], sight: Sight) -> list[RowSeen]:
    return [RowSeen(row, sight.said(row.document)) for row in rows]


def _country(written: str) -> Spelling:
    code = country(written) if written else ""
    offers = like_a_country(written) if written and not code else []
    return Spelling(written, code, country_name(code) if code else "", offers)


def _language(written: str) -> Spelling:
    tag = language(written) if written else ""
    offers = like_a_language(written) if written and not tag else []
    return Spelling(written, tag, language_name(tag) if tag else "", offers)
