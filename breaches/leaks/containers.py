"""ZIP and gz, looked at before they are opened and unpacked within limits. Pure."""

import gzip
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from breaches.leaks.lines import Unreadable

ZIP, OLE, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"
OTHER_KINDS = {
    b"7z\xbc\xaf\x27\x1c": "This is a 7z archive; unpack it and hand in the files.",
    b"Rar!": "This is a RAR archive; unpack it and hand in the files.",
    b"SQLite format 3": "This is a SQLite database; export each table as CSV.",
    b"PAR1": "This is a Parquet file; convert it to CSV.",
    b"\x00\x01\x00\x00Standard": "This is an Access database; export each table as CSV.",
    b"\x28\xb5\x2f\xfd": "This is a zst file; unpack it and hand in the file.",
    b"BZh": "This is a bz2 file; unpack it and hand in the file.",
    b"\xfd7zXZ": "This is an xz file; unpack it and hand in the file.",
    b"PK\x05\x06": "The ZIP is empty; ask for it again.",
    **dict.fromkeys(
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
        "This is a picture, not a spreadsheet. Ask for the table that it shows.",
    ),
}
TAR = b"ustar"
# What computers put into a ZIP beside the files that a person chose.
LITTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)", re.I)
LOCKED = "The workbook has a password; save it without one."
MAX_UNZIPPED = 200 << 20
MAX_STREAMED = 4 << 30
MAX_RATIO = 100
MAX_MEMBERS = 200
# What zipfile raises for a damaged, encrypted or oddly packed member.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(OSError, ValueError, struct.error),
)


def refuse_other_kinds(head: bytes) -> None:
    """Refuse what is known and is no table, with what to do. Raises Unreadable."""
    for mark, words in OTHER_KINDS.items():
        if head.startswith(mark):
            raise Unreadable(words)
    if head[257:262] == TAR:
        raise Unreadable("This is a tar archive; unpack it and hand in the files.")


def check_zip(content: bytes) -> None:
    """Refuse a zip bomb by its directory, before anything is unpacked. Raises Unreadable."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except BROKEN as broken:
        raise Unreadable("The file is cut off or damaged; ask for it again.") from broken
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    limit = MAX_UNZIPPED if is_workbook(content) else MAX_STREAMED
    if len(members) > MAX_MEMBERS or size > limit or size > MAX_RATIO * max(packed, 1):
        raise Unreadable(
            f"The file would unpack to {size >> 20} MB from {len(content) >> 20} MB in "
            f"{len(members)} parts; that is no ordinary spreadsheet, so it was not opened."
        )


def is_workbook(content: bytes) -> bool:
    """Say whether a ZIP is an Excel or OpenDocument workbook rather than a folder of files.

    Raises Unreadable for documents of other kinds.
    """
    names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    tops = {name.split("/")[0] for name in names}
    if {"word", "ppt"} & tops and "[Content_Types].xml" in tops:
        raise Unreadable("This is a document, not a spreadsheet. Ask for the table it shows.")
    if "xl/workbook.bin" in names:
        raise Unreadable(
            "This is a binary workbook (XLSB), whose hidden parts nobody can be told of. Save a "
            "copy as XLSX, which keeps hidden sheets and pivot caches, and hand that in."
        )
    if any(name.endswith(".iwa") for name in names):
        raise Unreadable("This is an Apple Numbers document; export it as XLSX.")
    if "encrypted-package" in names:  # all of an OpenDocument file, since LibreOffice 24.8
        raise Unreadable(LOCKED)
    return bool(tops & {"[Content_Types].xml", "content.xml", "xl"})


def is_locked(content: bytes) -> bool:
    """Say whether parts of an OpenDocument workbook are encrypted."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
        except (KeyError, *BROKEN):
            return False


class Member(NamedTuple):
    """One file of a ZIP, open: its name, and which it is in words that tell no name."""

    name: str
    which: str
    file: io.BufferedReader


def members(content: bytes) -> Iterator[Member]:
    """Yield each file of a ZIP. Raises Unreadable for links, passwords and damage."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [one for one in archive.infolist() if not one.is_dir()]
        for number, member in enumerate(infos, 1):
            if LITTER.fullmatch(member.filename):
                continue
            if stat.S_ISLNK(member.external_attr >> 16):
                raise Unreadable("The ZIP has a link in it; it was not followed.")
            which = f"File {number} of {len(infos)} in the ZIP{_kind(member.filename)}"
            try:
                with archive.open(member) as file:
                    yield Member(member.filename, which, Metered(file, member.file_size).buffered())
            except BROKEN as broken:
                raise Unreadable("A file in the ZIP is damaged or has a password.") from broken


def _kind(name: str) -> str:
    """Return how a name ends, which tells nobody's name, such as “ (.pdf)”."""
    ending = re.search(r"\.[a-z0-9]{1,5}\Z", name, re.IGNORECASE)
    return f" ({ending[0]})" if ending else ""


class Readable(Protocol):
    """Anything with `read(size)`."""

    def read(self, size: int = ..., /) -> bytes: ...


class Stream(io.RawIOBase):
    """Bytes that are made while they are read, one way only."""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with the next bytes."""
        plain = self.take(len(buffer))
        buffer[: len(plain)] = plain
        return len(plain)

    def take(self, size: int) -> bytes:
        """Return at most `size` of the next bytes; none at the end."""
        raise NotImplementedError

    def buffered(self) -> io.BufferedReader:
        """Return the stream for readers that want exactly as much as they ask for."""
        return io.BufferedReader(self, 1 << 16)


class Metered(Stream):
    """A packed file that is read only as far as was announced."""

    def __init__(self, file: Readable, limit: int) -> None:
        super().__init__()
        self._file, self._left = file, limit

    def take(self, size: int) -> bytes:
        """Return the next bytes. Raises Unreadable for too many, and for damage."""
        try:
            plain = self._file.read(size)
        except BROKEN as broken:
            raise Unreadable("A file in the ZIP is damaged or has a password.") from broken
        self._left -= len(plain)
        if self._left < 0:
            raise Unreadable("The file unpacks to far more than it says; not read further.")
        return plain


class Counted(Stream):
    """A stream that knows how much of it was read."""

    def __init__(self, file: Readable) -> None:
        super().__init__()
        self._file, self.taken = file, 0

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        plain = self._file.read(size)
        self.taken += len(plain)
        return plain


class Gunzipped(Stream):
    """What a gz file holds, as long as it stays in proportion."""

    def __init__(self, packed: Readable) -> None:
        super().__init__()
        self._packed = Counted(packed)
        self._file = gzip.GzipFile(fileobj=self._packed.buffered())
        self._taken = 0

    def take(self, size: int) -> bytes:
        """Return the next bytes. Raises Unreadable for a bomb or damage."""
        try:
            plain = self._file.read(size)
        except BROKEN as broken:
            raise Unreadable("The gz file is cut off or damaged; ask for it again.") from broken
        self._taken += len(plain)
        if self._taken > min(MAX_STREAMED, (1 << 20) + MAX_RATIO * self._packed.taken):
            raise Unreadable("The gz file unpacks to far too much; it was not read further.")
        return plain
