"""A person's rows opened into the card that routing and letters read."""

from datetime import date
from typing import Any

from breaches.people.cards import Contact, Counsel, Custody, PersonCard
from breaches.people.models import (
    ContactKind,
    ContactPoint,
    CustodyPlacement,
    OnEnvelope,
    Person,
    Representation,
)
from breaches.people.names import display_name
from breaches.people.sight import Sight

WITH = (
    *("identifiers", "contact_points", "representations", "guardianships", "death"),
    "placements__facility",
)
# Whose appearance covers a notice about a leak: everything first, custody matters last.
SCOPE_ORDER = {"all": 0, "other_only": 1, "custody_bond_only": 2}


def open_card(person: Person, sight: Sight) -> PersonCard:
    """Return what routing and letters need to know of somebody. Prefetch WITH.

    No impounded address is in it, whoever asks: no letter may go there.
    """
    facts = person.document
    guardians = [row for row in person.guardianships.all() if row.ended_on is None]
    death = getattr(person, "death", None)
    died: dict[str, Any] = death.document if death else {}
    guardian: dict[str, Any] = guardians[0].document if guardians else {}
    current = [row for row in person.contact_points.all() if row.valid_to is None]
    return PersonCard(
        name=display_name(facts),
        birth_date=facts["birth_date"],
        nationality=facts["nationality"],
        language=facts.get("written") or facts["language"],
        is_dead=death is not None,
        guardian=guardian.get("name", ""),
        guardian_lines=_open_to(sight, guardian.get("lines", [])),
        guardian_is_unsafe=any(row.is_unsafe for row in guardians),
        counsel=_counsel(person),
        contacts=_contacts(current, sight),
        custody=_custody(person, facts),
        next_of_kin=died.get("next_of_kin", ""),
        next_of_kin_lines=_open_to(sight, died.get("next_of_kin_lines", [])),
        is_large_print=bool(facts.get("large_print")),
        needs_interpreter=bool(facts.get("interpreter")),
        has_no_fixed_address=any(row.kind == ContactKind.NO_FIXED_ADDRESS for row in current),
    )


def _open_to(sight: Sight, lines: list[str]) -> tuple[str, ...]:
    return () if sight.withholds(lines) else tuple(lines)


def _contacts(current: list[ContactPoint], sight: Sight) -> tuple[Contact, ...]:
    """Return postal addresses: safe ones first, then the latest."""
    posts = [row for row in current if row.kind == ContactKind.POST]
    posts.sort(key=lambda row: row.valid_from or date.min, reverse=True)
    posts.sort(key=lambda row: not row.is_safe)
    return tuple(_contact(row, sight) for row in posts)


def _contact(row: ContactPoint, sight: Sight) -> Contact:
    lines = row.document["lines"]
    shut = row.is_impounded or sight.withholds(lines, row.index)
    by_post = not row.channels or "post" in row.channels
    return Contact(
        lines=() if shut else tuple(lines),
        is_safe=row.is_safe,
        is_impounded=shut,
        is_do_not_contact=row.is_do_not_contact or not by_post,
    )


def _counsel(person: Person) -> Counsel | None:
    rows = [row for row in person.representations.all() if row.withdrawn_on is None]
    rows.sort(key=lambda row: row.effective_on or date.min, reverse=True)
    rows.sort(key=lambda row: SCOPE_ORDER[row.scope])
    return _opened_counsel(rows[0]) if rows else None


def _opened_counsel(row: Representation) -> Counsel:
    said = row.document
    lines = tuple(said["lines"])
    return Counsel(said["practitioner"], said["organisation"], lines, row.scope, row.form)


def _custody(person: Person, facts: dict[str, Any]) -> Custody | None:
    rows = [row for row in person.placements.all() if row.to_on is None]
    rows.sort(key=lambda row: row.from_on or date.min, reverse=True)
    return _opened_custody(person, rows[0]) if rows else None


def _opened_custody(person: Person, row: CustodyPlacement) -> Custody:
    said, place = row.document, row.facility
    if place is None:
        return Custody(said.get("as_written", ""), ())
    return Custody(
        facility=place.name,
        lines=tuple(place.mail_address.splitlines()),
        on_envelope=place.on_envelope,
        number=_number(person, place.on_envelope, said),
        legal_mail_rule=place.legal_mail_rule,
        is_checked=place.checked_on is not None,
    )


def _number(person: Person, wanted: str, said: dict[str, Any]) -> str:
    """Return the number that goes on the envelope: none, unless the place asks for one."""
    if wanted == OnEnvelope.BOOKING:
        return str(said.get("booking_number", ""))
    if wanted != OnEnvelope.A_NUMBER:
        return ""
    found = (row.document["value"] for row in person.identifiers.all() if row.kind == "a_number")
    return next(found, "")
