"""What an XLS workbook hides: its records are counted, not interpreted. Pure.

Record numbers: [MS-XLS] 2.3, https://learn.microsoft.com/openspecs/office_file_formats/ms-xls
"""

import io
import struct
from collections import Counter
from collections.abc import Iterator

import olefile

from breaches.leaks import xls_pivots
from breaches.leaks.lines import Line, pivot_cache

BROKEN = (OSError, ValueError, struct.error, TypeError, AttributeError, IndexError)
DAMAGED = (xls_pivots.Damaged,)
NAMES = ("Workbook", "Book")
ROW, COLUMNS, SHEET_BEGINS = 0x0208, 0x007D, 0x0809
COUNTED = {0x009E: "_criteria", 0x009D: "filters", 0x001C: "comments", 0x0006: "formulas"}
COUNTED |= {0x0023: "external_links"}
NAME, MERGED = 0x0018, 0x00E5
PEOPLE = ("author", "last_saved_by", "company", "manager")


def count_hidden(content: bytes) -> dict[str, int]:
    """Count what is hidden in an XLS workbook; what cannot be looked into is counted as such."""
    found: Counter[str] = Counter()
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as book:
            for path in book.listdir():
                found["pivot_caches"] += path[0] == xls_pivots.STORAGE
                found["macros"] += path[-1] == "VBA" or path[-1] == "_VBA_PROJECT"
                found["revisions"] += path[0] in {"Revision Log", "User Names"}
            about = book.get_metadata()
            found["properties"] += sum(bool(getattr(about, name, b"")) for name in PEOPLE)
            found += _counted(_workbook(book))
    except BROKEN:
        found["unreadable_parts"] += 1
    found["pivot_records"] += pivot_records(content) if found["pivot_caches"] else 0
    return {kind: count for kind, count in found.items() if count}


def workbook_stream(content: bytes) -> bytes:
    """Return the records of a workbook, none when it is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as book:
            return _workbook(book)
    except BROKEN:
        return b""


def pivot_lines(content: bytes, first: int) -> Iterator[Line]:
    """Yield each pivot cache as a sheet, numbered from `first`; a damaged one is noted."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as book:
            names = sorted(path for path in book.listdir() if path[0] == xls_pivots.STORAGE)
            streams = [book.openstream(path).read() for path in names]
    except BROKEN:
        return
    for number, stream in enumerate(streams, first):
        yield from pivot_cache(number, number - first + 1, xls_pivots.rows(stream), DAMAGED)


def pivot_records(content: bytes) -> int:
    """Return how many rows stand in pivot caches, without their headings."""
    lines = [line for line in pivot_lines(content, 0) if line[0] == "rows"]
    return sum(row > 1 for line in lines for row, _ in line[2])


def _workbook(book: olefile.OleFileIO) -> bytes:
    name = next((name for name in NAMES if book.exists(name)), None)
    stream: bytes = book.openstream(name).read() if name else b""
    return stream


def _counted(stream: bytes) -> Counter[str]:
    found: Counter[str] = Counter()
    sheet: Counter[str] = Counter()
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == SHEET_BEGINS:
            found += _settled(sheet)
            sheet = Counter()
        sheet += _one(kind, stream[place + 4 : place + 4 + length])
        place += 4 + length
    return found + _settled(sheet)


def _one(kind: int, body: bytes) -> Counter[str]:
    if kind == ROW and len(body) >= 14:
        return Counter(hidden_rows=int(bool(body[12] & 0x20)))
    if kind == COLUMNS and len(body) >= 10:
        first, last, _, _, flags = struct.unpack_from("<5H", body)
        return Counter(hidden_columns=(last - first + 1 if flags & 1 and last < 256 else 0))
    if kind == NAME and len(body) >= 2:
        return Counter(defined_names=int(not body[0] & 0x20))  # Excel's own are not counted
    if kind == MERGED and len(body) >= 2:
        return Counter(merged_cells=struct.unpack_from("<H", body)[0])
    return Counter({COUNTED[kind]: 1}) if kind in COUNTED else Counter()


def _settled(sheet: Counter[str]) -> Counter[str]:
    """Count the hidden rows of a sheet as filtered ones where a filter has a criterion."""
    if sheet.pop("_criteria", 0):
        sheet["filtered_rows"] = sheet.pop("hidden_rows", 0)
    return +sheet
