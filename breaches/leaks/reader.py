"""Reads one hostile spreadsheet: run as a process of its own, with limits, and nothing else.

The file comes in on standard input and rows go out as lines of JSON; nothing is written to disk.
Limits: see docs/security.md. A bomb, a wrong type or a broken file is one line `["problem", text]`.
"""

import csv
import gzip
import io
import json
import resource
import stat
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from breaches.leaks import objects
from breaches.leaks.hidden import BROKEN, count_hidden

MEMORY = 1_500 << 20
CPU_SECONDS = 120
MAX_UNZIPPED = 200 << 20
MAX_RATIO = 100
MAX_MEMBERS = 200
MAX_CELLS = 30_000_000
ZIP, OLE, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"

Line = list[Any]


class Unreadable(Exception):
    """The file cannot be read; the text says why and what to do."""


def limit_myself() -> None:
    """Cap memory and time, and never leave a core file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lines(content: bytes) -> Iterator[Line]:
    """Yield ["sheet", number, name, is_hidden] and ["row", sheet, row, [cells]] of a file.

    Row numbers are those a person sees in a spreadsheet program, from 1.
    Raises Unreadable.
    """
    if content.startswith(ZIP):
        check_zip(content)
        yield from workbook_lines(content) if is_workbook(content) else packed_lines(content)
    elif content.startswith(OLE):
        yield from workbook_lines(content)
    elif content.startswith(GZIP):
        yield from text_lines(gunzipped(content))
    elif content.startswith(b"%PDF"):
        raise Unreadable("This is a PDF. Ask for the spreadsheet it was made from.")
    else:
        yield from text_lines(content)


def is_workbook(content: bytes) -> bool:
    """Say whether a ZIP is an Excel or OpenDocument workbook rather than a folder of files."""
    names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    parts = {"[Content_Types].xml", "content.xml", "xl"}
    return any(name.split("/")[0] in parts for name in names)


def packed_lines(content: bytes) -> Iterator[Line]:
    """Yield the tables of every file in a ZIP, their sheets numbered on. Raises Unreadable."""
    first, last = 0, -1
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            for line in lines(unpacked(archive, member)):
                if line[0] != "hidden":
                    line[1] = last = first + line[1]
                    yield line
            first = last + 1


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return one file of a ZIP that is neither a link nor another ZIP. Raises Unreadable."""
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable("The ZIP has a link in it; it was not followed.")
    try:
        content = archive.read(member)
    except BROKEN as broken:
        raise Unreadable("A file in the ZIP is damaged or has a password.") from broken
    if content.startswith(ZIP):
        check_zip(content)
        if not is_workbook(content):
            raise Unreadable("There is a ZIP inside the ZIP; unpack it first.")
    return content


def gunzipped(content: bytes) -> bytes:
    """Return what a gz file holds, up to a limit. Raises Unreadable."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            plain = file.read(MAX_UNZIPPED + 1)
    except BROKEN as broken:
        raise Unreadable("The gz file is cut off or damaged; ask for it again.") from broken
    if len(plain) > MAX_UNZIPPED:
        raise Unreadable(f"The file unpacks to more than {MAX_UNZIPPED >> 20} MB; not opened.")
    return plain


def check_zip(content: bytes) -> None:
    """Refuse a zip bomb by its directory, before anything is unpacked. Raises Unreadable."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except BROKEN as broken:
        raise Unreadable("The file is cut off or damaged; ask for it again.") from broken
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or size > MAX_UNZIPPED or size > MAX_RATIO * max(packed, 1):
        raise Unreadable(
            f"The file would unpack to {size >> 20} MB from {len(content) >> 20} MB in "
            f"{len(members)} parts; that is no ordinary spreadsheet, so it was not opened."
        )


def workbook_lines(content: bytes) -> Iterator[Line]:
    """Yield the sheets and rows of an Excel or OpenDocument workbook. Raises Unreadable."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number, about in enumerate(book.sheets_metadata):
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            yield ["sheet", number, about.name, hidden]
            sheet = book.get_sheet_by_index(number)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise Unreadable(f"Sheet {number + 1} claims more than {MAX_CELLS:,} cells.")
            for row, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
                if texts := trimmed(cells):
                    yield ["row", number, row, texts]
    except calamine.PasswordError as locked:
        raise Unreadable("The workbook has a password; save it without one.") from locked
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError) as broken:
        raise Unreadable("The workbook is damaged or not what its name says.") from broken
    if content.startswith(ZIP):
        yield ["hidden", count_hidden(content)]


def text_lines(content: bytes) -> Iterator[Line]:
    """Yield the rows of a delimited text file. Raises Unreadable."""
    text = decoded(content)
    yield ["sheet", 0, "", False]
    if objects.is_json(text):
        yield from object_lines(text)
        return
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            if texts := trimmed(cells):
                yield ["row", 0, begins, texts]
            begins = reader.line_num + 1
    except csv.Error as broken:
        raise Unreadable(f"Line {reader.line_num} is not valid CSV ({broken}).") from broken


def object_lines(text: str) -> Iterator[Line]:
    """Yield the rows of JSON or JSON lines. Raises Unreadable."""
    try:
        for number, cells in objects.rows(text):
            yield ["row", 0, number, [as_text(cell) for cell in cells]]
    except (ValueError, RecursionError) as broken:
        raise Unreadable(f"The file begins like JSON but is none ({broken}).") from broken


def decoded(content: bytes) -> str:
    """Return the text of a file by its mark, as UTF-8, or else as Windows-1252.

    A few bytes that fit nowhere become U+FFFD, and their cells are listed as damaged.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:4096]:
        raise Unreadable("This is not a spreadsheet or a text file.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = content.decode("utf-8-sig", "replace")
    if text.count("\ufffd") * 100 > len(text):
        raise Unreadable("The text is in no encoding we know; save it as UTF-8.")
    return text


def delimiter(text: str) -> str:
    """Return the mark that parts the first line into most cells."""
    first = text[:10_000].splitlines()[0] if text.strip() else ""
    return max(",;\t|", key=first.count)


def trimmed(cells: list[Any]) -> list[str]:
    """Return the cells as text without the empty tail; an empty row is an empty list."""
    texts = [as_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def as_text(cell: Any) -> str:
    """Return one cell as a person would type it; dates as YYYY-MM-DD."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time() else cell)
    if isinstance(cell, (date, time, timedelta, int, float)):
        return str(cell)
    return " ".join(str(cell).replace("\0", "").split())


def main() -> None:
    """Read standard input, write lines; say a problem in one line."""
    limit_myself()
    try:
        for line in lines(sys.stdin.buffer.read()):
            sys.stdout.write(json.dumps(line) + "\n")
    except Unreadable as problem:
        sys.stdout.write(json.dumps(["problem", str(problem)]) + "\n")
    except MemoryError:
        text = "The file needs more memory than a spreadsheet should; it was not read further."
        sys.stdout.write(json.dumps(["problem", text]) + "\n")


if __name__ == "__main__":
    main()
