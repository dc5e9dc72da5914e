"""From the rows of a roster or an audit log to sealed rows of ours."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from breaches.insiders import rules
from breaches.insiders.models import AccessFile, AccessGrant, RecordView
from breaches.leaks.tabular import Row, read
from breaches.leaks.vocabulary import IDENTIFIERS
from breaches.people import identifiers
from breaches.people.models import Identifier, Person
from breaches.people.queries import the_register
from breaches.vault import blind, files

SAMPLE = 5
PROBLEMS = {"time": "its time cannot be read", "account": "it names no account"}


class Head(NamedTuple):
    """The headings of a file and its first rows."""

    headings: list[str]
    rows: list[list[str]]


def rows_of(file: AccessFile) -> Iterator[Row]:
    """Yield the rows of the first table that hold anything, headings first. Raises Unreadable."""
    sheet = None
    for item in read(files.chunks(file.evidence.file)):
        if isinstance(item, Row) and any(cell.strip() for cell in item.cells):
            sheet = item.sheet if sheet is None else sheet
            if item.sheet == sheet:
                yield item


def head_of(file: AccessFile) -> Head:
    """Return the headings and the first rows. Raises Unreadable."""
    first = list(islice(rows_of(file), SAMPLE + 1))
    headings = first[0].cells if first else []
    return Head(headings, [row.cells for row in first[1:]])


def values_of(file: AccessFile, row: Row) -> dict[str, str]:
    """Return the named cells of a row."""
    return {
        field: row.cells[place].strip()
        for field, place in file.columns.items()
        if place < len(row.cells)
    }


def grant_of(file: AccessFile, row: Row) -> AccessGrant:
    """Return the grant that a row of a roster says, sealed, not yet saved."""
    values, key = values_of(file, row), file.incident.key_name
    granted, bad_start = _time(file, values.get("granted", ""))
    revoked, bad_end = _time(file, values.get("revoked", ""))
    problem = "" if values.get("account") else "account"
    return AccessGrant(
        incident=file.incident,
        file=file,
        key_name=key,
        row_number=row.row,
        account=account_index(key, values.get("account", "")),
        granted_at=granted,
        revoked_at=revoked,
        line=_line(file, row),
        problem=problem or ("time" if bad_start or bad_end else ""),
    ).with_document(values)


def view_of(file: AccessFile, row: Row) -> RecordView:
    """Return what a row of an audit log says, sealed, not yet saved."""
    values, key = values_of(file, row), file.incident.key_name
    at, bad = _time(file, values.get("time", ""))
    problem = "" if values.get("account") else "account"
    record = values.get("record", "")
    return RecordView(
        incident=file.incident,
        file=file,
        key_name=key,
        row_number=row.row,
        at=at,
        account=account_index(key, values.get("account", "")),
        record=blind.index(key, "record", identifiers.plain(record)) if record else "",
        action=rules.action_of(values.get("action", "")),
        line=_line(file, row),
        problem=problem or ("time" if bad or at is None else ""),
    ).with_document(values)


def account_index(key_name: str, account: str) -> str:
    """Return the blind index of an account; systems do not mind its capitals."""
    return blind.index(key_name, "account", account.strip().casefold())


class Numbering:
    """Numbers equal rows of one file, so that the nth is known again in another."""

    def __init__(self, file: AccessFile) -> None:
        self.file = file
        self.seen: Counter[str] = Counter()

    def pass_over(self, rows: Iterable[Row]) -> None:
        """Count rows that were kept before a worker was killed."""
        self.seen.update(_line(self.file, row) for row in rows)

    def views(self, rows: Iterable[Row]) -> list[RecordView]:
        """Return the views of the next rows."""
        made = [view_of(self.file, row) for row in rows]
        for view in made:
            self.seen[view.line] += 1
            view.occurrence = self.seen[view.line]
        return made


def link(views: Iterable[RecordView]) -> list[RecordView]:
    """Set the person of each view whose record number the register knows; return those."""
    register = the_register()
    if register is None:
        return []
    wanted: dict[str, list[RecordView]] = {}
    for view in views:
        for index in _indexes(register.key_name, view.document.get("record", "")):
            wanted.setdefault(index, []).append(view)
    people = Person.objects.filter(register=register, key__in=wanted)
    rows = Identifier.objects.filter(person__register=register, index__in=wanted)
    found = [(person.key, person) for person in people]
    found += [(row.index, row.person) for row in rows.select_related("person")]
    for index, person in found:
        for view in wanted[index]:
            view.person = final(person)
    return list({view.pk: view for index, _ in found for view in wanted[index]}.values())


def final(person: Person) -> Person:
    """Return the person whose record this one is part of now."""
    while person.merged_into:
        person = person.merged_into
    return person


def _line(file: AccessFile, row: Row) -> str:
    return blind.index(file.incident.key_name, f"{file.kind} row", "\x1f".join(row.cells))


def _indexes(key_name: str, record: str) -> Iterator[str]:
    if record:
        yield blind.index(key_name, "key", record)
    for kind in sorted(IDENTIFIERS):
        if normal := identifiers.normal(kind, record):
            yield blind.index(key_name, kind, normal)


def _time(file: AccessFile, text: str) -> tuple[datetime | None, bool]:
    """Return a time, and whether there was one that cannot be read."""
    if not text:
        return None, False
    try:
        return rules.moment(text, ZoneInfo(file.zone)), False
    except rules.BadTime:
        return None, True
