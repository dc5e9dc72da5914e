"""To whom and where a notice goes, or why a person must look first. Pure: the rules, in order."""

from dataclasses import dataclass, field
from datetime import date

from breaches.people.cards import Custody, PersonCard
from breaches.people.dates import is_minor

MIN_LINES, MAX_LINES, MAX_WIDTH = 2, 6, 40  # beside the name; 3.25 in at 10 pt, letters.md part 2

HOLDS = {
    "dead": "This person has died: decide who the next of kin or representative is.",
    "unsafe": "Writing to this person is marked unsafe: choose a safe way first.",
    "minor": "A minor on that day: decide which parent or guardian may be told.",
    "represented": "Represented: the notice goes through counsel; confirm how.",
    "detained": "Held at a facility: hand it over there, or write as that place asks.",
    "merged": "Another record of the same person has this notice: tell them once.",
    "no_address": "No address is known: find one, or tell the person another way.",
    "no_wording": "No approved wording in this person's language, nor in one that will do.",
    "undefined_field": "A field of the wording has no value for this person.",
    "unprintable_address": "The address does not fit the window of the envelope.",
    "missing_glyph": "A character in the name or address is in none of our fonts.",
    "not_typeset": "The letter could not be set.",
    "gives_away": "The letter would give away a name from the list, or the way to it.",
    "not_to_go": "The recipient is not to be written to any more: look at its case.",
    "taken_back": "Taken back in after an exclusion: look at it again.",
    "unmatched": "No leaked row speaks of this person any more: they are to get no notice.",
}
# Holds that pass when somebody approves a wording, mends the incident or the register, or when a
# match that was taken back is made again.
MAY_PASS = {
    *("no_wording", "undefined_field", "no_address", "unprintable_address"),
    *("detained", "merged", "unmatched"),
}


@dataclass(frozen=True)
class Route:
    """Where a letter goes: who it names, and the lines below the name."""

    addressee: str
    lines: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class Held:
    """Why no letter goes out yet, as a code of HOLDS, and what exactly."""

    code: str
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """What a caseworker decided about a held notice."""

    lines: tuple[str, ...] = ()
    addressee: str = ""
    settled: frozenset[str] = field(default_factory=frozenset)  # hold codes that were looked at


def route(card: PersonCard, on: date, choice: Choice | None = None) -> Route | Held:
    """Decide where the notice to one person goes.

    `on` is the day on which minors are counted: the snapshot day of the incident.
    """
    choice = choice or Choice()
    for code in reasons(card, on):
        if code not in choice.settled:
            return Held(code)
    if choice.lines:
        return to_address(choice.addressee or card.name, choice.lines, "chosen by a caseworker")
    usable = [
        one for one in card.contacts
        if one.lines and not one.is_impounded and not one.is_do_not_contact
    ]  # fmt: skip
    name = choice.addressee or card.name
    if usable and usable[0].is_safe:
        return to_address(name, usable[0].lines, "safe address")
    if card.custody:
        return _to_facility(card.custody, name)
    if not usable:
        nowhere = "There is no fixed address." if card.has_no_fixed_address else ""
        return Held("no_address", nowhere)
    return to_address(name, usable[0].lines, "last known")


def _to_facility(place: Custody, name: str) -> Route | Held:
    """Write as the place of detention asks; a number stands there only when it wants one."""
    if not place.lines:
        return Held("detained", "The place is not on the list of facilities.")
    if not place.is_checked:
        return Held("detained", "Nobody has checked yet what the place asks of an envelope.")
    if place.on_envelope != "name" and not place.number:
        return Held("detained", "The place asks for a number that is not on record.")
    number = (place.number,) if place.number else ()
    named = () if place.lines[0].casefold() == place.facility.casefold() else (place.facility,)
    return to_address(name, (*number, *named, *place.lines), "facility, as it asks")


def address_problem(lines: tuple[str, ...]) -> str:
    """Say what stops an address from being printed, or nothing at all."""
    if not MIN_LINES <= len(lines) <= MAX_LINES:
        return f"It has {len(lines)} lines below the name; {MIN_LINES} to {MAX_LINES} fit."
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_WIDTH:
            return f"Line {number} has {len(line)} characters; {MAX_WIDTH} fit."
    return ""


def reasons(card: PersonCard, on: date) -> list[str]:
    """Return the codes of HOLDS that a person must look at before anything goes out."""
    unsafe = any(one.is_do_not_contact for one in card.contacts) or card.guardian_is_unsafe
    found = {
        "dead": card.is_dead,
        "unsafe": unsafe,
        "minor": is_minor(card.birth_date, on),
        # An appearance for custody and bond alone does not cover what this notice is about.
        "represented": card.counsel is not None and card.counsel.scope != "custody_bond_only",
    }
    return [code for code, applies in found.items() if applies]


def to_address(addressee: str, lines: tuple[str, ...], rule: str) -> Route | Held:
    """Return the way to one address, or why it cannot be printed."""
    if problem := address_problem(lines):
        return Held("unprintable_address", problem)
    if len(addressee) > MAX_WIDTH:
        return Held("unprintable_address", f"The name has {len(addressee)} characters.")
    return Route(addressee, lines, rule)
