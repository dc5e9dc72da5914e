"""A new version of a file: what it adds and changes is stored, what it repeats is only noted.

The rows of the older version stay as they are, and with them whatever people decided about them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from breaches.leaks.models import CellProblem, RowAgain, SourceFile, SourceRow
from breaches.leaks.rows import element_by_column, open_row
from breaches.leaks.vocabulary import ELEMENTS
from breaches.web import Sight

PIECE = 500


class Changes(NamedTuple):
    """What a new version of a file brings; people are counted by the marks of their rows."""

    added: QuerySet[SourceRow]
    changed: QuerySet[SourceRow]
    removed: QuerySet[SourceRow]
    people: dict[str, int]
    unchanged_rows: int


class CellChange(NamedTuple):
    """One cell and what it was before, "" where that is not shown."""

    header: str
    value: str
    was: str


class Line(NamedTuple):
    """One row of a changed file: its cells, and those of the row it takes the place of."""

    row: SourceRow
    cells: list[CellChange]


def older(file: SourceFile) -> list[int]:
    """Return the ids of all versions before a file, the latest first."""
    found = []
    while file.replaces:
        file = file.replaces
        found.append(file.pk)
    return found


def drop_repeated(file: SourceFile) -> None:
    """Note the rows that an older version holds already, and keep them once. Safe to repeat."""
    repeated = _repeated(file, older(file))
    while piece := list(islice(repeated, PIECE)):
        new = SourceRow.objects.filter(pk__in=[pk for pk, _, _, _ in piece])
        RowAgain.objects.bulk_create(
            RowAgain(source_file=file, row_id=old, table=table, row_number=number)
            for _, old, table, number in piece
        )
        _forget_problems(file, piece)
        new.delete()
    counted = Counter(file.problems.values_list("reason", flat=True))
    SourceFile.objects.filter(pk=file.pk).update(doubts=dict(counted))


def changes_in(file: SourceFile) -> Changes:
    """Return what a file changes against the version before it."""
    before = SourceRow.objects.filter(source_file__in=older(file))
    stored = SourceRow.objects.filter(source_file=file)
    again = SourceRow.objects.filter(again__source_file=file)
    added = stored.exclude(_known_to(before))
    changed = stored.filter(_known_to(before))
    removed = before.exclude(_known_to(stored) | _known_to(again)).exclude(again__source_file=file)
    people = {
        name: rows.exclude(identity="").values("identity").distinct().count()
        for name, rows in (("added", added), ("changed", changed), ("removed", removed))
    }
    return Changes(added, changed, removed, people, again.count())


def before(row: SourceRow, file: SourceFile) -> SourceRow | None:
    """Return the row that a changed row takes the place of: the first of the same person."""
    rows = SourceRow.objects.filter(source_file__in=older(file))
    same = Q(identity=row.identity) if row.identity else Q(pk=None)
    return rows.filter(same).order_by("-source_file", "row_number").first()


def _known_to(rows: QuerySet[SourceRow]) -> Q:
    """Return the condition that somebody stands in `rows`, by number or by name and birth date."""
    by_number = Q(identity__in=rows.exclude(identity="").values("identity"))
    return by_number | Q(name_key__in=rows.exclude(name_key="").values("name_key"))


def _repeated(file: SourceFile, versions: list[int]) -> Iterator[tuple[Any, Any, int, int]]:
    """Yield (new row, old row, table, row number) of equal rows: both sorted, side by side."""
    old_rows = SourceRow.objects.filter(source_file__in=versions).order_by("content", "pk")
    new_rows = SourceRow.objects.filter(source_file=file).order_by("content", "pk")
    olds = groupby(old_rows.values_list("content", "pk").iterator(), itemgetter(0))
    old, last = next(olds, None), None
    # Read in full before the first is deleted; a database need not show a row twice the same.
    listed = list(new_rows.values_list("content", "pk", "table", "row_number"))
    for content, pk, table, number in listed:
        while old and old[0] < content:
            old = next(olds, None)
        if old and old[0] == content:
            _, last = next(old[1], (content, last))
            yield pk, last, table, number


def _forget_problems(file: SourceFile, piece: list[tuple[Any, Any, int, int]]) -> None:
    """The older version lists them."""
    places: dict[int, list[int]] = {}
    for _, _, table, number in piece:
        places.setdefault(table, []).append(number)
    for table, numbers in places.items():
        CellProblem.objects.filter(source_file=file, table=table, row_number__in=numbers).delete()


def changed_lines(
    rows: Iterable[SourceRow], file: SourceFile, sight: Sight, *, is_changed: bool = False
) -> list[Line]:
    """Return rows by data element; of changed ones only what has changed."""
    return [
        Line(row, _changes(row, before(row, file) if is_changed else None, sight)) for row in rows
    ]


def _changes(row: SourceRow, old: SourceRow | None, sight: Sight) -> list[CellChange]:
    new_values = _values(row, sight)
    old_values = _values(old, sight) if old else {}
    cells = [
        CellChange(ELEMENTS[code].label, new_values.get(code, ""), old_values.get(code, ""))
        for code in dict.fromkeys([*new_values, *old_values])
    ]
    return [one for one in cells if old is None or one.value != one.was]


def _values(row: SourceRow, sight: Sight) -> dict[str, str]:
    return open_row(row, element_by_column(row.source_file), sight).values
