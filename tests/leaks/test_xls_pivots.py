"""What a pivot table of an XLS workbook keeps of its source is found, counted and read."""

import io
import struct
import zipfile
from pathlib import Path

import olefile
import pytest

from breaches.leaks import xls_pivots
from breaches.leaks.inspection import inspect
from breaches.leaks.tabular import Unreadable, read

SAMPLE = Path(__file__).parent / "nasty" / "xls_hidden_sheet_row_and_column.xls"
SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def text(words):
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def field(name, flags, *items):
    return record(
        0xC7, struct.pack("<7H", flags, 0, 0, 0, 0, 0, len(items)) + text(name)
    ) + b"".join(items)


def cache(people):
    """Return a cache of names (shared, pointed to by a byte), numbers and dates (in the rows)."""
    out = record(0xC6, b"\0" * 20)
    out += field("Last Name", 0x0001, *(record(0xCD, text(name)) for name, _ in people))
    out += field("A-Number", 0x0000) + field("DOB", 0x0201, record(0xCE, DAY))
    for at, (_, number) in enumerate(people):
        out += record(0xC8, bytes([at]) + struct.pack("<H", 0))
        out += record(0xC9, struct.pack("<d", number))
    return out + record(0x0A)


DAY = struct.pack("<HHBBBB", 1990, 1, 2, 0, 0, 0)
PEOPLE = [("Doe", 200000001.0), ("Núñez", 200000002.0)]


def test_the_rows_of_a_cache_are_read():
    assert list(xls_pivots.rows(cache(PEOPLE))) == [
        (1, ["Last Name", "A-Number", "DOB"]),
        (2, ["Doe", "200000001", "1990-01-02"]),
        (3, ["Núñez", "200000002", "1990-01-02"]),
    ]


@pytest.mark.parametrize("wrong", ["pointer", "end", "date"])
def test_a_damaged_cache_says_so(wrong):
    stream = cache(PEOPLE)
    if wrong == "pointer":
        stream = stream.replace(record(0xC8, b"\x01\0\0"), record(0xC8, b"\x09\0\0"))
    if wrong == "end":
        stream = stream.replace(record(0xC9, struct.pack("<d", 200000001.0)), record(0xC9, b"\0"))
    if wrong == "date":
        stream = stream.replace(DAY, b"\x01\0\x63\0\x63\0\0\0")

    with pytest.raises(xls_pivots.Damaged):
        list(xls_pivots.rows(stream))


def entry(name, kind, *, left=FREE, right=FREE, child=FREE, start=0, size=0):
    raw = name.encode("utf-16-le") + b"\0\0"
    out = raw.ljust(64, b"\0") + struct.pack("<HBB3I", len(raw), kind, 1, left, right, child)
    return out + b"\0" * 36 + struct.pack("<IQ", start, size)


def compound(workbook, pivot):
    """Return an OLE file with a workbook and one pivot cache, each a chain of whole sectors."""
    streams = [
        one.ljust(max(4096, -(-len(one) // SECTOR) * SECTOR), b"\0") for one in (workbook, pivot)
    ]
    counts = [len(one) // SECTOR for one in streams]
    starts = [2, 2 + counts[0]]
    chain = [FAT, END]
    for start, count in zip(starts, counts, strict=True):
        chain += [*range(start + 1, start + count), END]
    fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    head = olefile.MAGIC + b"\0" * 16 + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<3I4x5I", 0, 1, 1, 4096, END, 0, END, 0) + struct.pack(
        "<109I", 0, *[FREE] * 108
    )
    folder = entry("Root Entry", 5, child=1, start=END)
    folder += entry("Workbook", 2, right=2, start=starts[0], size=len(streams[0]))
    folder += entry("_SX_DB_CUR", 1, child=3)
    folder += entry("0001", 2, start=starts[1], size=len(streams[1]))
    return head + fat + folder + b"".join(streams)


@pytest.fixture(scope="module")
def found():
    """Give what is found in an XLS workbook with a pivot cache."""
    with olefile.OleFileIO(io.BytesIO(SAMPLE.read_bytes())) as book:
        workbook = book.openstream("Workbook").read()
    return inspect(read([compound(workbook, cache(PEOPLE))]))


def test_the_cache_of_a_workbook_is_a_source_and_its_rows_are_counted(found):
    pivot = next(table for table in found.tables if table.sheet.kind == "pivot_cache")

    assert found.hidden["pivot_caches"] == 1
    assert found.hidden["pivot_records"] == 2
    assert pivot.rows == 2
    assert pivot.headers == ["Last Name", "A-Number", "DOB"]


def test_a_binary_workbook_is_refused_with_what_to_do():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.bin", b"\0" * 64)

    with pytest.raises(Unreadable, match="Save a copy as XLSX"):
        list(read([out.getvalue()]))
