"""A stored log as blocks of whole lines, whatever its packing. Pure: no Django, O(block) memory."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

BLOCK = 4 * 1024 * 1024
PIECE = 1024 * 1024
LEAST_BOMB, BOMB_RATIO = 1_000_000_000, 400
GZIP = b"\x1f\x8b"
# Magic bytes of packings that are recognised only to be refused with the right words.
OTHERS = {
    b"PK\x03\x04": "a zip file or an Office document",
    b"BZh": "packed with bzip2",
    b"\x28\xb5\x2f\xfd": "packed with zstd",
    b"\xfd7zXZ\x00": "packed with xz",
    b"%PDF": "a PDF",
    b"SQLite format 3": "an SQLite database",
}


class Block(NamedTuple):
    """Whole lines, and where they begin in the unpacked text."""

    offset: int
    text: bytes


@dataclass
class Packing:
    """How far the stored bytes were taken, and what was wrong with them."""

    taken: int = 0
    damage: str = ""  # "", "cut", "damaged" or "trailing"


def packing_of(first: bytes) -> str:
    """Return "gz" or "plain" from the magic bytes, or say what else the file is."""
    if first.startswith(GZIP):
        return "gz"
    return next((what for magic, what in OTHERS.items() if first.startswith(magic)), "plain")


def is_bomb(stored: int, text: int) -> bool:
    """Say whether a file unpacks to more than any log does (logs shrink 10 to 100 times)."""
    return text > LEAST_BOMB and text > BOMB_RATIO * stored


def unpack(chunks: Iterable[bytes], packing: Packing) -> Iterator[bytes]:
    """Yield the text of a plain or gzip file; gzip members follow one another (RFC 1952, 2.2).

    A truncated or damaged member is read as far as it goes; `packing.damage` says so.
    """
    rest = _counted(chunks, packing)
    first = b""
    while len(first) < len(GZIP) and (more := next(rest, b"")):
        first += more
    if packing_of(first) == "gz":
        yield from _members(_chain(first, rest), packing)
        return
    if first:
        yield first
    yield from rest


def blocks(pieces: Iterable[bytes], *, start: int = 0, size: int = BLOCK) -> Iterator[Block]:
    """Yield blocks that end at a line end, from text offset `start` on.

    A line longer than a block is yielded in parts, so that memory stays bounded.
    """
    offset, held = start, bytearray()
    for piece in _skip(pieces, start):
        held += piece
        while len(held) >= size:
            cut = held.rfind(b"\n", 0, size) + 1 or size
            yield Block(offset, bytes(held[:cut]))
            del held[:cut]
            offset += cut
    if held:
        yield Block(offset, bytes(held))


def _counted(chunks: Iterable[bytes], packing: Packing) -> Iterator[bytes]:
    for chunk in chunks:
        packing.taken += len(chunk)
        yield chunk


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _skip(pieces: Iterable[bytes], count: int) -> Iterator[bytes]:
    for piece in pieces:
        if count >= len(piece):
            count -= len(piece)
        else:
            yield piece[count:]
            count = 0


def _members(chunks: Iterator[bytes], packing: Packing) -> Iterator[bytes]:
    member, held, fault = zlib.decompressobj(31), b"", "damaged"
    for chunk in chunks:
        held += chunk
        while held:
            if member.eof:
                held = held.lstrip(b"\x00")  # padding to a block of tape or disk
                if len(held) < len(GZIP):
                    break
                member, fault = zlib.decompressobj(31), "trailing"
            try:
                text = member.decompress(held, PIECE)
            except zlib.error:
                packing.damage = fault
                return
            if text:
                fault = "damaged"
                yield text
            held = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        packing.damage = "cut"
