"""The history of one person, in words: what each change changed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core import serializers

from breaches.people.changing import WHOLE
from breaches.people.freeing import frees
from breaches.people.models import (
    ContactPoint,
    NameKey,
    Person,
    PersonChange,
    Relation,
)
from breaches.people.shown import in_words, label
from breaches.people.sight import WITHHELD, Sight

WORKED_OUT = {"leads_to", "normal", "problems", "offer", "country"}
NOT_SAID = {
    *("id", "key_name", "sealed", "index", "person", "register", "added_by", "key"),
    "merged_into",
}
EVENTS = {
    "person.imported": "a register file",
    "person.corrected": "corrected",
    "person.zip_mended": "ZIP Code made whole",
    "person.merged": "merged",
    "person.unmerged": "parted again",
    "person.related": "family added",
    "person.unrelated": "family taken away",
    "person.change_undone": "a change undone",
}


class Line(NamedTuple):
    """One fact before and after."""

    what: str
    before: str
    after: str


class Past(NamedTuple):
    """One change in words, and whether it can be undone: the latest alone."""

    change: PersonChange
    words: str
    lines: list[Line]
    may_undo: bool


def history_of(person: Person, sight: Sight) -> list[Past]:
    """Return what was done to a person, latest first, with impounded addresses withheld."""
    rows = PersonChange.objects.filter(person=person).select_related("by", "register_import")
    changes = list(rows.order_by("-at", "-pk"))
    standing = [one for one in changes if one.undone_at is None]
    return [
        Past(
            change,
            EVENTS.get(change.event) or change.event.removeprefix("person.").replace("_", " "),
            list(_lines(change, sight)),
            may_undo=bool(standing) and change is standing[0] and _may_undo(change, sight),
        )
        for change in changes
    ]


def _may_undo(change: PersonChange, sight: Sight) -> bool:
    # Merging is undone as a whole, an undo by doing it again.
    if change.event in WHOLE or change.event == "person.change_undone":
        return False
    return sight.sees_impounded or not frees(change)


def _lines(change: PersonChange, sight: Sight) -> Iterator[Line]:
    document = change.document
    before, after = (_outline(document[name], sight) for name in ("rows", "now"))
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            yield Line(key[0], _whole(was), _whole(now))
        else:
            yield from _facts(key[0], was, now)


def _facts(kind: str, was: dict[str, Any], now: dict[str, Any]) -> Iterator[Line]:
    for name in dict.fromkeys([*was, *now]):
        old, new = in_words(was.get(name)), in_words(now.get(name))
        if old != new:
            yield Line(_what(kind, name), old, new)


def _whole(row: dict[str, Any] | None) -> str:
    """Return a row that came or went as one line: marks by their name, all else by its value."""
    said = [
        (name.removeprefix("is_").replace("_", " ") if value is True else in_words(value))
        for name, value in (row or {}).items()
    ]
    return ", ".join(filter(None, said))


def _what(kind: str, name: str) -> str:
    return label(name) if kind == "person" else f"{kind}: {label(name)}"


def _outline(image: str, sight: Sight) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what each row of an image says, by kind and id."""
    rows = {}
    for one in serializers.deserialize("json", image):
        row: Any = one.object
        if not isinstance(row, NameKey):
            rows[str(row._meta.verbose_name), str(row.pk)] = _said(row, sight)
    return rows


def _said(row: Any, sight: Sight) -> dict[str, Any]:
    clear = {
        field.name: _clear(row, field)
        for field in row._meta.concrete_fields
        if field.name not in NOT_SAID
    }
    if isinstance(row, Relation):
        return {"kind": row.kind}
    document = {name: one for name, one in row.document.items() if name != "corrected"}
    if isinstance(row, ContactPoint) and row.is_impounded and not sight.sees_impounded:
        document = {"lines": [WITHHELD]}
    said = sight.said(document)
    return clear | {name: one for name, one in said.items() if name not in WORKED_OUT}


def _clear(row: Any, field: Any) -> Any:
    value = getattr(row, field.attname)
    if field.choices and value:
        return dict(field.choices).get(value, value)
    if field.is_relation and value:
        return str(getattr(row, field.name))
    return value or None
