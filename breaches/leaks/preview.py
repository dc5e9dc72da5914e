"""The first rows of each sheet as they stand in the file, to mark tables on."""

from contextlib import closing
from typing import NamedTuple

from breaches.leaks.models import SourceFile
from breaches.leaks.rows import WITHHELD
from breaches.leaks.shapes import letters
from breaches.leaks.tabular import Row, Sheet, Unreadable, read
from breaches.leaks.texts import Wish
from breaches.vault import files
from breaches.web import Sight

ROWS, COLUMNS, SHEETS = 30, 30, 10
LONGEST = 40  # characters of a cell
LOOKED_AT = 20_000  # rows gone through in search of the next sheet


class SheetSeen(NamedTuple):
    """The first rows of one sheet: its number from 1, its columns' letters, numbered rows."""

    number: int
    name: str
    letters: list[str]
    rows: list[tuple[int, list[str]]]


def preview(file: SourceFile, sight: Sight) -> list[SheetSeen]:
    """Return the first rows of each sheet as a reader may see them; none of what is destroyed."""
    wish = Wish(file.wish.get("encoding", ""), file.wish.get("delimiter", ""))
    found: dict[int, tuple[str, list[tuple[int, list[str]]]]] = {}
    try:
        with closing(read(files.chunks(file.evidence.file), wish)) as items:
            for count, item in enumerate(items):
                if isinstance(item, Sheet):
                    found[item.number] = item.name, []
                elif isinstance(item, Row) and len(found[item.sheet][1]) < ROWS:
                    found[item.sheet][1].append((item.row, _seen(item.cells, sight)))
                if len(found) > SHEETS or count > LOOKED_AT:
                    break
    except (Unreadable, FileNotFoundError):
        return []
    return [_sheet(number, name, rows) for number, (name, rows) in found.items() if rows]


def _seen(cells: list[str], sight: Sight) -> list[str]:
    """Return a row cut short; nothing of one that tells an impounded address."""
    if sight.shut(cells):
        return [WITHHELD if cell else "" for cell in cells[:COLUMNS]]
    return [cell[:LONGEST] for cell in cells[:COLUMNS]]


def _sheet(number: int, name: str, rows: list[tuple[int, list[str]]]) -> SheetSeen:
    width = max(len(cells) for _, cells in rows)
    padded = [(row, [*cells, *[""] * (width - len(cells))]) for row, cells in rows]
    return SheetSeen(number + 1, name, [letters(at) for at in range(width)], padded)
