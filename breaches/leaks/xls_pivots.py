"""The rows that a pivot table of an XLS workbook keeps of its source. Pure.

Each cache is a stream of records below `_SX_DB_CUR`: fields with the values they share, then a
record a row that points to them. [MS-XLS] 2.1.7.12 and 2.4.267 to 2.4.282,
https://learn.microsoft.com/openspecs/office_file_formats/ms-xls
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from breaches.leaks.lines import Numbered, as_text, tidy

STORAGE = "_SX_DB_CUR"
FIELD, ROW, NUMBER, BOOLEAN, FAULT, WHOLE, TEXT, DATE, EMPTY = range(0x00C7, 0x00D0)
ALL_SHARED, SHORT = 0x0001, 0x0200  # every value is among the shared ones; two bytes a pointer
NAME_AT, WIDE = 14, 0x01
FAULTS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}


class Damaged(Exception):
    """The stream ends, or points, where it must not."""


@dataclass
class Field:
    """One column of the source."""

    name: str
    flags: int
    shared: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Return how many bytes of a row point to one of its values; 0 when they are in the row."""
        if not self.flags & ALL_SHARED:
            return 0
        return 2 if self.flags & SHORT else 1


def rows(stream: bytes) -> Iterator[Numbered]:
    """Yield a header as row 1 and the rows after it, as far as they were saved.

    Raises Damaged.
    """
    try:
        fields, begin = _fields(stream)
        yield 1, tidy([one.name for one in fields])
        for number, cells in enumerate(_rows(stream, begin, fields), 2):
            if texts := tidy(cells):
                yield number, texts
    except (struct.error, IndexError, ValueError) as broken:
        raise Damaged from broken


def _fields(stream: bytes) -> tuple[list[Field], int]:
    """Return the fields, and where the first row begins."""
    fields: list[Field] = []
    place = 0
    for place, kind, body in _records(stream, 0):
        if kind == ROW:
            return fields, place
        if kind == FIELD:
            (flags,) = struct.unpack_from("<H", body)
            fields.append(Field(_text(body, NAME_AT), flags))
        elif fields and NUMBER <= kind <= EMPTY:
            fields[-1].shared.append(_value(kind, body))
    return fields, len(stream)


def _rows(stream: bytes, begin: int, fields: list[Field]) -> Iterator[list[str]]:
    inside = [at for at, one in enumerate(fields) if not one.width]
    row: list[str] = []
    waiting: list[int] = []
    for _, kind, body in _records(stream, begin):
        if kind == ROW:
            if row:
                yield row
            row, waiting = _pointed(body, fields), list(inside)
        elif row and waiting and NUMBER <= kind <= EMPTY:
            row[waiting.pop(0)] = _value(kind, body)
    if row:
        yield row


def _pointed(body: bytes, fields: list[Field]) -> list[str]:
    found, place = [""] * len(fields), 0
    for at, one in enumerate(fields):
        if one.width:
            number = int.from_bytes(body[place : place + one.width], "little")
            found[at] = one.shared[number]
            place += one.width
    return found


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, bytes]]:
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == 0x000A:  # the end; what follows only fills the stream
            return
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _value(kind: int, body: bytes) -> str:
    if kind == TEXT:
        return _text(body, 0)
    if kind == NUMBER:
        return as_text(struct.unpack_from("<d", body)[0])
    if kind == WHOLE:
        return str(struct.unpack_from("<h", body)[0])
    if kind == BOOLEAN:
        return str(bool(body[0]))
    if kind == FAULT:
        return FAULTS.get(body[0], "#N/A")
    return _date(body) if kind == DATE else ""


def _date(body: bytes) -> str:
    year, month, day, hour, minute, second = struct.unpack_from("<HHBBBB", body)
    if not day:  # a time without a day
        return f"{hour:02}:{minute:02}:{second:02}"
    return as_text(datetime(year, month, day, hour, minute, second))  # noqa: DTZ001  (as written)


def _text(body: bytes, place: int) -> str:
    """Return a string of length, kind of letters, letters."""
    length, wide = struct.unpack_from("<HB", body, place)
    begin = place + 3
    if wide & WIDE:
        return as_text(body[begin : begin + 2 * length].decode("utf-16-le", "replace"))
    return as_text(body[begin : begin + length].decode("latin-1"))
