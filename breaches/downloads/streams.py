"""A stored log as blocks of whole lines, whatever its packing. Pure: no Django, O(block) memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_letters, digits
from typing import NamedTuple

from breaches.downloads.unpacking import MAGIC, members

BLOCK = 512 * 1024  # a block and what is made of it stay in a core's cache
REUSED = 16 * BLOCK
LEAST_BOMB, BOMB_RATIO = 1_000_000_000, 400
PACKINGS = {"plain", "gz", "bz2", "zst"}
# Magic bytes of packings that are recognised only to be refused with the right words.
OTHERS = {
    b"PK\x03\x04": "a zip file or an Office document",
    b"\xfd7zXZ\x00": "packed with xz",
    b"%PDF": "a PDF",
    b"SQLite format 3": "an SQLite database",
    b"\xff\xfe": "text in UTF-16 (save it as UTF-8 and hand it in again)",
    b"\xfe\xff": "text in UTF-16 (save it as UTF-8 and hand it in again)",
}
# What a name that is looked for may be written with: letters, digits, and the escapes of both.
SPELLING = b"%\\" + (ascii_letters + digits).encode()
LONGEST_MAGIC = max(len(magic) for magic in MAGIC.values())


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
    """Return one of PACKINGS from the magic bytes, or say what else the file is."""
    for name, magic in MAGIC.items():
        if first.startswith(magic):
            return name
    return next((what for magic, what in OTHERS.items() if first.startswith(magic)), "plain")


def is_bomb(stored: int, text: int) -> bool:
    """Say whether a file unpacks to more than any log does (logs shrink 10 to 100 times)."""
    return text > LEAST_BOMB and text > BOMB_RATIO * stored


def unpack(chunks: Iterable[bytes], packing: Packing) -> Iterator[bytes]:
    """Yield the text of a plain or packed file, whose members may follow one another.

    A truncated or damaged member is read as far as it goes; `packing.damage` says so.
    """
    rest = _counted(chunks, packing)
    first = b""
    while len(first) < LONGEST_MAGIC and (more := next(rest, b"")):
        first += more
    name = packing_of(first)
    if name in MAGIC:
        packing.damage = yield from members(_chain(first, rest), name)
        return
    if first:
        yield first
    yield from rest


def blocks(pieces: Iterable[bytes], *, start: int = 0, size: int = BLOCK) -> Iterator[Block]:
    """Yield blocks that end at a line end, from text offset `start` on.

    A line longer than a block is yielded in parts, so that memory stays bounded; none of them ends
    inside the name of a file, however it is spelled.
    """
    bytes(REUSED)  # glibc keeps what is freed from now on: each block is the same few pages
    held: list[bytes] = []
    for piece in _skip(pieces, start):
        held.append(piece)
        while sum(map(len, held)) >= size:
            text, rest = _cut(held, size)
            yield Block(start, text)
            start, held = start + len(text), [rest]
    if text := b"".join(held):
        yield Block(start, text)


def _cut(held: list[bytes], size: int) -> tuple[bytes, bytes]:
    """Return the whole lines of the first `size` bytes of `held`, and the rest."""
    *before, last = held
    end = last.rfind(b"\n", 0, size - sum(map(len, before))) + 1
    if end:
        return b"".join([*before, memoryview(last)[:end]]), last[end:]
    text = b"".join(held)
    end = text.rfind(b"\n", 0, size) + 1 or len(text[:size].rstrip(SPELLING)) or size
    return text[:end], text[end:]


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
