"""What a file holds, opened for whoever looks at it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from breaches.incidents.models import Incident
from breaches.leaks.exposures import who_lost_as_much
from breaches.leaks.hidden import KINDS
from breaches.leaks.identities import RULES
from breaches.leaks.models import (
    CellProblem,
    ColumnMapping,
    Destruction,
    LegalHold,
    SourceFile,
    SourceRow,
    SourceTable,
    column_key,
)
from breaches.leaks.problems import REASONS
from breaches.leaks.remarks import REMARKS
from breaches.leaks.rows import (
    Meaning,
    cells_seen,
    element_by_column,
    open_row,
    samples_seen,
    texts_seen,
)
from breaches.leaks.shapes import as_text, letters
from breaches.leaks.vocabulary import DANGERS, ELEMENTS, Element
from breaches.web import Sight

SHOWN = ("full_name", "given_name", "family_name")


class ColumnSeen(NamedTuple):
    """One column of a file, opened."""

    column: ColumnMapping
    letter: str
    header: str
    samples: list[str]
    element: Element | None


class TableSeen(NamedTuple):
    """One table of a file, opened, with its columns."""

    table: SourceTable
    name: str
    columns: list[ColumnSeen]
    left_out: str


class RowSeen(NamedTuple):
    """One row of a file, opened, cell by cell in the order of its columns."""

    row: SourceRow
    cells: list[str]


class CellSeen(NamedTuple):
    """One doubtful cell, opened."""

    problem: CellProblem
    letter: str
    header: str
    value: str


class PeopleCount(NamedTuple):
    """How many people, and how many by each rule, in words."""

    people: int
    by_rule: list[tuple[str, int]]


class Doubts(NamedTuple):
    """How many cells are doubtful for one reason."""

    reason: str
    words: str
    number: int


def columns_of(file: SourceFile, sight: Sight, table: int = 0) -> list[ColumnSeen]:
    """Return the columns of one table in their order, with header and samples opened."""
    columns = list(file.columns.filter(table=table).order_by("position"))
    known = [column.document for column in columns]
    headers = texts_seen([one["header"] for one in known], sight)
    samples = samples_seen([one["samples"] for one in known], sight)
    return [
        ColumnSeen(column, letters(column.position), header, shown, ELEMENTS.get(column.element))
        for column, header, shown in zip(columns, headers, samples, strict=True)
    ]


def tables_of(file: SourceFile, sight: Sight) -> list[TableSeen]:
    """Return the tables of a file, opened, the main one first."""
    return [
        TableSeen(
            table,
            texts_seen([table.document["name"]], sight)[0],
            columns_of(file, sight, table.number),
            as_text(sorted(table.place.left_out)),
        )
        for table in file.tables.order_by("number")
    ]


def remarks_on(file: SourceFile) -> list[tuple[str, int]]:
    """Return the doubts about a file as a whole, in words, with how often each is met."""
    return [(words, file.remarks[kind]) for kind, words in REMARKS.items() if kind in file.remarks]


def hidden_in(file: SourceFile) -> list[tuple[str, int]]:
    """Return what nobody sees on opening a file, in words, with how much of it there is."""
    return [(words, file.hidden[kind]) for kind, words in KINDS.items() if kind in file.hidden]


def people_in(file: SourceFile) -> PeopleCount:
    """Return how many people the rows of a file are about, and by which rules that is known."""
    by_rule = [(words, file.people[rule]) for rule, words in RULES.items() if rule in file.people]
    return PeopleCount(sum(file.people.values()), by_rule)


def doubts_in(file: SourceFile) -> list[Doubts]:
    """Return how many cells are doubtful for each reason, the most first."""
    counted = sorted(file.doubts.items(), key=lambda one: -one[1])
    return [Doubts(reason, REASONS[reason], number) for reason, number in counted]


def opened(rows: Iterable[SourceRow], columns: list[ColumnSeen], sight: Sight) -> list[RowSeen]:
    """Return rows with their cells in the order of `columns`, which are of their table."""
    positions = [seen.column.position for seen in columns]
    mapping = {seen.column.key: Meaning(seen.column.element, "") for seen in columns}
    found = []
    for row in rows:
        document = cells_seen(row, mapping, sight)
        keys = [column_key(row.table, position) for position in positions]
        found.append(RowSeen(row, [document.get(key) or "" for key in keys]))
    return found


def problem_cells(
    file: SourceFile, problems: Iterable[CellProblem], sight: Sight
) -> list[CellSeen]:
    """Return doubtful cells with their header and value, opened."""
    listed = list(problems)
    rows = SourceRow.objects.filter(
        source_file=file, row_number__in={problem.row_number for problem in listed}
    )
    mapping = element_by_column(file)
    documents = {(row.table, row.row_number): cells_seen(row, mapping, sight) for row in rows}
    tables = {problem.table for problem in listed}
    headers = {
        seen.column.key: seen.header for table in tables for seen in columns_of(file, sight, table)
    }
    return [_cell(problem, documents, headers) for problem in listed]


def _cell(
    problem: CellProblem,
    documents: Mapping[tuple[int, int], dict[str, str | None]],
    headers: Mapping[str, str],
) -> CellSeen:
    key = column_key(problem.table, problem.position)
    document = documents.get((problem.table, problem.row_number), {})
    letter = letters(problem.position)
    return CellSeen(problem, letter, headers.get(key, ""), document.get(key) or "")


class Level(NamedTuple):
    """How many people lost something of a sensitivity."""

    words: str
    people: int


def levels(incident: Incident) -> list[Level]:
    """Return how many people lost something at all, and something that can get them hurt."""
    return [
        Level(words, who_lost_as_much(incident, level).people) for level, words in DANGERS.items()
    ]


def columns_for(chosen: Iterable[str]) -> list[Element]:
    """Return what is shown of rows that lost some elements: names first, then those."""
    codes = dict.fromkeys([*SHOWN, *chosen])
    return [ELEMENTS[code] for code in codes]


def rows_by_element(
    rows: Iterable[SourceRow], columns: list[Element], sight: Sight
) -> list[tuple[SourceRow, list[str]]]:
    """Return rows with their cells in the order of some elements."""
    mappings: dict[int, dict[str, Meaning]] = {}
    found = []
    for row in rows:
        if row.source_file_id not in mappings:
            mappings[row.source_file_id] = element_by_column(row.source_file)
        values = open_row(row, mappings[row.source_file_id], sight).values
        found.append((row, [values.get(element.code, "") for element in columns]))
    return found


class Decided(NamedTuple):
    """A hold or a decision to destroy, with its reason."""

    one: LegalHold | Destruction
    reason: str
    words: str


def name_of(file: SourceFile, sight: Sight) -> str:
    """Return the name under which a file was handed in."""
    return texts_seen([file.evidence.document["file_name"]], sight)[0]


def holds_on(file: SourceFile) -> list[Decided]:
    """Return every hold that was ever placed on a file, the latest first."""
    held = file.holds.select_related("placed_by", "lifted_by").order_by("-placed_at")
    return [Decided(one, one.document["reason"], one.document.get("lifted", "")) for one in held]


def destructions_of(file: SourceFile, sight: Sight) -> list[Decided]:
    """Return what was decided to be destroyed of a file, the latest first."""
    columns = list(file.columns.all())
    texts = texts_seen([column.document["header"] for column in columns], sight)
    headers = {one.key: text or one.key for one, text in zip(columns, texts, strict=True)}
    return [
        Decided(
            one,
            one.document["reason"],
            ", ".join(headers.get(key, key) for key in one.columns) or "everything",
        )
        for one in file.destructions.select_related("by").order_by("-status_at")
    ]
