"""What lies in a zip, unpacked as far as it can be. Pure."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from typing import IO

from breaches.downloads.streams import Packing

MAGIC = b"PK\x03\x04"
PIECE = 4096  # what is lost before a damage is no more than that
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
