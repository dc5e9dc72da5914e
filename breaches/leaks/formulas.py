"""Where the formulas of a workbook stand; none is ever worked out. Pure."""

import re
import struct
import zipfile
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

from breaches.leaks.containers import BROKEN
from breaches.leaks.hidden import CLUES, holds_one
from breaches.leaks.parts import sheets
from breaches.leaks.shapes import place

MOST = 10_000  # listed of one workbook; all are counted
CHUNK = 1 << 20
TAIL = 2000  # a cell's opening tag is not longer
CELL = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b', re.ASCII
)
BOF, FORMULA, GLOBALS = 0x0809, 0x0006, 0x0005
MOST_REPEATED = 1000

Formula = tuple[int, int, int]  # sheet from 0, row from 1, column from 0


def in_archive(archive: zipfile.ZipFile) -> list[Formula]:
    """Return where formulas stand in an XLSX or ODS workbook, the first MOST."""
    names = archive.namelist()
    try:
        if "content.xml" in names:
            return list(islice(_open_document(archive), MOST))
        found = (
            (number, row, column)
            for number, name in enumerate(sheets(archive))
            if name in names
            for row, column in _cells(archive, name)
        )
        return list(islice(found, MOST))
    except (KeyError, expat.ExpatError, *BROKEN):
        return []  # what is damaged is counted where hidden parts are


def in_stream(stream: bytes) -> list[Formula]:
    """Return where formulas stand in the records of an XLS workbook, the first MOST."""
    found: list[Formula] = []
    sheet, at = -1, 0
    while at + 8 <= len(stream) and len(found) < MOST:
        kind, length, first, second = struct.unpack_from("<4H", stream, at)
        if kind == BOF and second != GLOBALS:
            sheet += 1
        elif kind == FORMULA and length >= 4:
            found.append((sheet, first + 1, second))
        at += 4 + length
    return found


def _cells(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[int, int]]:
    rest = b""
    with archive.open(name) as file:
        while chunk := file.read(CHUNK):
            text, end = rest + chunk, 0
            for one in CELL.finditer(text) if holds_one(text, CLUES["formulas"]) else ():
                end = one.end()
                yield int(one[2]), place(one[1].decode()) or 0
            rest = text[max(end, len(text) - TAIL) :]


class _OpenDocument:
    """Follows rows and cells of an OpenDocument table, repeated ones too."""

    def __init__(self) -> None:
        self.sheet, self.row, self.column, self.rows = -1, 0, 0, 1
        self.found: list[Formula] = []

    def start(self, tag: str, more: dict[str, str]) -> None:
        if tag == "table:table":
            self.sheet, self.row, self.rows = self.sheet + 1, 0, 1
        elif tag == "table:table-row":
            self.row, self.column = self.row + self.rows, 0
            self.rows = int(more.get("table:number-rows-repeated", "1"))
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            times = int(more.get("table:number-columns-repeated", "1"))
            if "table:formula" in more:
                cells = range(self.column, self.column + min(times, MOST_REPEATED))
                self.found += [(self.sheet, self.row, column) for column in cells]
            self.column += times


def _open_document(archive: zipfile.ZipFile) -> Iterator[Formula]:
    seen = _OpenDocument()
    parser = expat.ParserCreate()
    parser.StartElementHandler = seen.start
    parser.EntityDeclHandler = _refuse
    with archive.open("content.xml") as file:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk, False)
            yield from seen.found
            seen.found.clear()


def _refuse(*_: object) -> None:
    raise ValueError("an entity is declared")
