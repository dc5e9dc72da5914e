"""The tables of a file as found or as a person marked them, and what their columns hold."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Sum

from breaches.leaks.dates import ORDERS
from breaches.leaks.inspection import Column, Found, FoundTable
from breaches.leaks.models import ColumnMapping, MappingProfile, SourceFile, SourceTable
from breaches.leaks.profiles import by_heading, fingerprint, mark


def keep(file: SourceFile, found: Found) -> None:
    """Store what was found in a file in place of what was found before."""
    ColumnMapping.objects.filter(source_file=file).delete()
    SourceTable.objects.filter(source_file=file).delete()
    for number, table in enumerate(found.tables):
        headings = fingerprint(table.headers)
        profile = MappingProfile.objects.filter(headings=headings).first()
        SourceTable(
            source_file=file,
            key_name=file.incident.key_name,
            number=number,
            kind=table.sheet.kind,
            is_hidden=table.sheet.is_hidden,
            is_taken=not number or bool(file.wish.get("tables")) or _adds_people(table),
            rows=table.rows,
            shape=table.shape.as_json(),
            profile=profile,
        ).with_document({"name": table.sheet.name}).save(force_insert=True)
        ColumnMapping.objects.bulk_create(_columns(file, number, table, profile))


def chosen(file: SourceFile, numbers: Iterable[int] | None) -> list[int]:
    """Return the numbers of the tables to take in: those asked for, else those marked."""
    tables = file.tables.order_by("number")
    if numbers is None:
        return [table.number for table in tables if table.is_taken]
    wanted = set(numbers)
    return [table.number for table in tables if table.number in wanted]


def take(file: SourceFile, numbers: Collection[int]) -> None:
    """Mark which tables are taken in."""
    file.tables.update(is_taken=False)
    file.tables.filter(number__in=numbers).update(is_taken=True)


def rows_in(file: SourceFile, numbers: Collection[int]) -> int:
    """Return how many rows some tables have."""
    return file.tables.filter(number__in=numbers).aggregate(rows=Sum("rows"))["rows"] or 0


def remember(file: SourceFile, numbers: Collection[int], *, by: User, at: datetime) -> None:
    """Keep what the columns of some tables hold for the next file with the same headings."""
    for number in numbers:
        columns = list(file.columns.filter(table=number).order_by("position"))
        headers = [column.document["header"] for column in columns]
        if any(headers):
            elements = by_heading(headers, [column.element for column in columns])
            MappingProfile.objects.update_or_create(
                headings=fingerprint(headers), defaults={"elements": elements, "by": by, "at": at}
            )


def _adds_people(table: FoundTable) -> bool:
    return table.has_people and not table.is_extra


def _columns(
    file: SourceFile, number: int, table: FoundTable, profile: MappingProfile | None
) -> Iterator[ColumnMapping]:
    for column in table.columns:
        yield ColumnMapping(
            source_file=file,
            key_name=file.incident.key_name,
            table=number,
            position=column.position,
            element=_element(column, profile),
            suggested=column.element,
            confidence=column.confidence,
            fitting=column.fitting,
            filled=column.filled,
            date_order=column.date_order if column.date_order in ORDERS else "",
            is_order_proven=column.date_order in ORDERS,
            ambiguous_dates=column.ambiguous_dates,
        ).with_document({"header": column.header, "samples": column.samples})


def _element(column: Column, profile: MappingProfile | None) -> str:
    if profile is None:
        return column.element
    element: str = profile.elements.get(mark(column.header), column.element)
    return element
