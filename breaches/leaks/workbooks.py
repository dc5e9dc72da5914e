"""The sheets of a workbook, the pivot caches behind them, and what is hidden. Pure."""

import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import NamedTuple

import python_calamine as calamine

from breaches.leaks import biff, formulas
from breaches.leaks.containers import LOCKED, OLE, is_locked
from breaches.leaks.hidden import count_hidden
from breaches.leaks.lines import Line, Numbered, Unreadable, note, pieces, sheet, trimmed
from breaches.leaks.pivots import pivot_lines

MAX_CELLS = 30_000_000


class Behind(NamedTuple):
    """What stands in a workbook beside the values of its cells."""

    formulas: list[formulas.Formula]
    hidden: dict[str, int]


def workbook_lines(content: bytes) -> Iterator[Line]:
    """Yield the sheets and rows of an Excel or OpenDocument workbook. Raises Unreadable."""
    if not content.startswith(OLE) and is_locked(content):
        raise Unreadable(LOCKED)
    with ThreadPoolExecutor(1) as beside:  # calamine lets other threads run while it parses
        try:
            yield from _sheets(content, beside.submit(_behind, content))
        except calamine.PasswordError as locked:
            raise Unreadable(LOCKED) from locked
        except (calamine.CalamineError, calamine.XmlError, calamine.ZipError) as broken:
            raise Unreadable("The workbook is damaged or not what its name says.") from broken


def _sheets(content: bytes, behind: Future[Behind]) -> Iterator[Line]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    number = -1
    for number, about in enumerate(book.sheets_metadata):
        is_hidden = about.visible != calamine.SheetVisibleEnum.Visible
        yield sheet(number, about.name, is_hidden=is_hidden)
        rows = _rows(book, number)
        first = list(islice(rows, 1))  # the sheet is parsed by now
        found = behind.result().formulas
        yield from (note(*one, "formula_cell") for one in found if one[0] == number)
        yield from pieces(number, chain(first, rows))
    yield from _pivot_lines(content, number + 1)
    yield ["hidden", behind.result().hidden]


def _behind(content: bytes) -> Behind:
    if content.startswith(OLE):
        stream = biff.workbook_stream(content)
        return Behind(formulas.in_stream(stream), biff.count_hidden(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Behind(formulas.in_archive(archive), count_hidden(archive))


def _pivot_lines(content: bytes, first: int) -> Iterator[Line]:
    if content.startswith(OLE):
        yield from biff.pivot_lines(content, first)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from pivot_lines(archive, first)


def _rows(book: calamine.CalamineWorkbook, number: int) -> Iterator[Numbered]:
    found = book.get_sheet_by_index(number)
    if found.total_height * found.total_width > MAX_CELLS:
        raise Unreadable(f"Sheet {number + 1} claims more than {MAX_CELLS:,} cells.")
    for row, cells in enumerate(found.iter_rows(), 1):
        if texts := trimmed(cells):
            yield row, texts
