"""What a reader sees of imports and of what they would change, with addresses withheld."""

from collections.abc import Iterable, Iterator
from string import ascii_uppercase
from typing import Any, NamedTuple
from uuid import UUID

from breaches.leaks.vocabulary import ELEMENTS
from breaches.people.columns import OWN, SLOT_OF
from breaches.people.keeping import facts_of
from breaches.people.models import ChangeKind, ImportChange, RegisterImport
from breaches.people.names import display_name
from breaches.people.sight import Sight

LABELS = {
    "given": "given names",
    "middle": "middle name",
    "family": "family names",
    "second_family": "second surname",
    "native": "name in own script",
    "full": "full name",
    "former": "former names",
    "alias": "other names",
    "birth_date": "birth date",
    "spoken": "language spoken",
    "written": "language read",
    "interpreter": "interpreter",
    "large_print": "large print",
    "counsel": "counsel",
    "death": "death",
    "corrected": "what the register said before",
}


class ColumnSeen(NamedTuple):
    """A column of a register file, opened."""

    position: int
    letter: str
    header: str
    samples: list[str]
    filled: int
    element: str
    words: str


class ChangeSeen(NamedTuple):
    """One thing a file would change, in words."""

    change: ImportChange
    person: UUID | None
    name: str
    label: str
    ours: str
    theirs: str


def columns_of(order: RegisterImport, sight: Sight) -> list[ColumnSeen]:
    """Return the columns of a register file as its reader may see them."""
    found = []
    for column in order.columns.order_by("position"):
        said = column.document
        samples = said["samples"]
        if sight.hidden and SLOT_OF.get(column.element) == "address":
            samples = []  # a line alone does not tell whether it belongs to an impounded address
        found.append(
            ColumnSeen(
                column.position,
                letter(column.position),
                *(said["header"], samples, column.filled, column.element),
                meaning_label(column.element),
            )
        )
    return found


def changes_seen(changes: Iterable[ImportChange], sight: Sight) -> Iterator[ChangeSeen]:
    """Yield changes in words, with impounded addresses withheld."""
    for change in changes:
        said = sight.said(change.document)
        if change.kind == ChangeKind.ADD:
            name = display_name(facts_of(said["said"]))
            yield ChangeSeen(change, None, name, "new person", "", "")
            continue
        person = change.person
        name = display_name(person.document) if person else ""
        ours, theirs = in_words(said["ours"]), in_words(said["theirs"])
        yield ChangeSeen(change, change.person_id, name, label(change.slot), ours, theirs)


def label(slot: str) -> str:
    """Return what a fact is called."""
    code = slot.removeprefix("identifier.")
    if code in LABELS:
        return LABELS[code]
    return ELEMENTS[code].label if code in ELEMENTS else code.replace("_", " ")


def meaning_label(code: str) -> str:
    """Return what a column is said to hold."""
    if code in OWN:
        return OWN[code].label
    return ELEMENTS[code].label if code else ""


def in_words(value: Any) -> str:
    """Return a fact as one line."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return _dict_in_words(value) if isinstance(value, dict) else str(value)


def _dict_in_words(value: dict[str, Any]) -> str:
    if value.get("is_nowhere"):
        return "no fixed address"
    names = ("name", "practitioner", "organisation")
    words = [str(value[name]) for name in names if value.get(name)]
    words += [str(line) for line in value.get("lines", [])]
    marks = {"is_safe": "safe", "is_unsafe": "unsafe", "is_impounded": "impounded"}
    words += [f"({mark})" for name, mark in marks.items() if value.get(name)]
    return ", ".join(words)


def letter(position: int) -> str:
    """Return how a spreadsheet program calls a column, from 0: A, …, Z, AA."""
    name = ascii_uppercase[position % 26]
    return letter(position // 26 - 1) + name if position >= 26 else name
