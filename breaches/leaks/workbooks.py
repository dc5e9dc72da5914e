"""The sheets of a workbook, the pivot caches behind them, and what is hidden. Pure."""

import io
import zipfile
from collections.abc import Iterator

import python_calamine as calamine

from breaches.leaks import biff, formulas
from breaches.leaks.containers import OLE, ZIP
from breaches.leaks.hidden import count_hidden
from breaches.leaks.lines import Line, Numbered, Unreadable, note, pieces, sheet, trimmed
from breaches.leaks.pivots import pivot_lines

MAX_CELLS = 30_000_000


def workbook_lines(content: bytes) -> Iterator[Line]:
    """Yield the sheets and rows of an Excel or OpenDocument workbook. Raises Unreadable."""
    number = -1
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = _formulas(content)
        for number, about in enumerate(book.sheets_metadata):
            is_hidden = about.visible != calamine.SheetVisibleEnum.Visible
            yield sheet(number, about.name, is_hidden=is_hidden)
            yield from (note(*one, "formula_cell") for one in found if one[0] == number)
            yield from pieces(number, _rows(book, number))
    except calamine.PasswordError as locked:
        raise Unreadable("The workbook has a password; save it without one.") from locked
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError) as broken:
        raise Unreadable("The workbook is damaged or not what its name says.") from broken
    if content.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from pivot_lines(archive, number + 1)
            yield ["hidden", count_hidden(archive)]
    elif content.startswith(OLE):
        yield from biff.pivot_lines(content, number + 1)
        yield ["hidden", biff.count_hidden(content)]


def _formulas(content: bytes) -> list[formulas.Formula]:
    if content.startswith(OLE):
        return formulas.in_stream(biff.workbook_stream(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return formulas.in_archive(archive)


def _rows(book: calamine.CalamineWorkbook, number: int) -> Iterator[Numbered]:
    found = book.get_sheet_by_index(number)
    if found.total_height * found.total_width > MAX_CELLS:
        raise Unreadable(f"Sheet {number + 1} claims more than {MAX_CELLS:,} cells.")
    for row, cells in enumerate(found.iter_rows(), 1):
        if texts := trimmed(cells):
            yield row, texts
