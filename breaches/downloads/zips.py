"""What lies in a zip, unpacked as far as it can be. Pure.

Layout of a zip without its table of contents: PKWARE, APPNOTE.TXT 4.3.7 (local file header).
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from os import SEEK_CUR
from typing import IO, NamedTuple

from breaches.downloads.streams import Packing

MAGIC = b"PK\x03\x04"
STEP = 256 * 1024
PIECE = 4096  # what is lost before a damage is no more than that
LOCAL = struct.Struct("<4s5H3I2H")
ENCRYPTED, STORED, DEFLATED = 1, 0, 8
BETWEEN = 64  # bytes in which the next file begins: a data descriptor has 24
FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


class Closed(Exception):
    """Nothing of it can be unpacked; the text says why."""


def is_zip(file: IO[bytes]) -> bool:
    """Say whether a file is a zip by its first bytes, be it whole or not."""
    first = file.read(len(MAGIC))
    file.seek(0)
    return first == MAGIC


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the zip with its table of contents, which stands at its end. Raises Closed."""
    try:
        return zipfile.ZipFile(file)
    except FAULTS as fault:
        raise Closed(
            "The zip is damaged or cut off: its table of contents cannot be read."
        ) from fault


def pieces(packed: zipfile.ZipFile, info: zipfile.ZipInfo, packing: Packing) -> Iterator[bytes]:
    """Yield the bytes of one file of a zip; `packing.damage` says what was wrong with them.

    Raises Closed.
    """
    unchecked, found, size = copy(info), 0, 0
    del unchecked.CRC  # zipfile would keep back the last piece of a file whose sum is wrong
    try:
        with packed.open(unchecked) as file:
            while piece := file.read(PIECE):
                found, size = zlib.crc32(piece, found), size + len(piece)
                yield piece
    except RuntimeError as fault:  # a password, or a packing that Python does not know
        raise Closed(f"It cannot be unpacked: {fault}.") from fault
    except FAULTS:
        packing.damage = "damaged"
        return
    if size != info.file_size:
        packing.damage = "damaged"
    elif found != info.CRC:
        packing.damage = "checksum"


class Loose(NamedTuple):
    """One file of a zip that has lost its table of contents."""

    name: str
    pieces: Iterator[bytes]  # to be read before the next is asked for
    packing: Packing


def loose(file: IO[bytes]) -> Iterator[Loose]:
    """Yield each file of a zip without table of contents, as far as they follow one another."""
    file.seek(0)
    while len(head := file.read(LOCAL.size)) == LOCAL.size and head.startswith(MAGIC):
        _, _, flags, method, *_, packed, _, name, extra = LOCAL.unpack(head)
        called = file.read(name).decode("utf-8", "replace")
        file.seek(extra, SEEK_CUR)
        packing = Packing()
        if flags & ENCRYPTED or method not in (STORED, DEFLATED):
            return
        yield Loose(called, _body(file, packed if method == STORED else None, packing), packing)
        if packing.damage:
            return
        between = file.read(BETWEEN)
        if (next_one := between.find(MAGIC)) < 0:
            return
        file.seek(next_one - len(between), SEEK_CUR)


def _body(file: IO[bytes], stored: int | None, packing: Packing) -> Iterator[bytes]:
    """Yield `stored` bytes as they are, or what is deflated up to its own end."""
    if stored is not None:
        left = stored
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
        packing.damage = "cut" if left else ""
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not engine.eof and (piece := file.read(PIECE)):
            while piece and not engine.eof:
                yield engine.decompress(piece, STEP)
                piece = engine.unconsumed_tail
    except zlib.error:
        packing.damage = "damaged"
        return
    packing.damage = "" if engine.eof else "cut"
    file.seek(-len(engine.unused_data), SEEK_CUR)
