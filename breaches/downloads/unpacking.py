"""Packed streams whose members follow one another: gzip, bzip2, zstd. Pure, bounded memory."""

import bz2
import zlib
from collections.abc import Generator, Iterator
from typing import Protocol

import zstandard

from breaches.downloads.engines import deflate

PIECE = 256 * 1024  # with what it is made from it stays in a core's cache
# A block of zstd may unpack to 128 KiB from four bytes, and its library sets no bound.
SIP = 1024
FAULTS: tuple[type[Exception], ...] = (zlib.error, deflate.error)
MAGIC = {"gz": b"\x1f\x8b", "bz2": b"BZh", "zst": b"\x28\xb5\x2f\xfd"}


class Member(Protocol):
    """One packed member; `rest` are bytes taken in but not used yet."""

    rest: bytes

    @property
    def ended(self) -> bool:
        """Say whether the member is complete."""

    @property
    def holds_more(self) -> bool:
        """Say whether text is left that needs no more bytes."""

    def unpack(self, data: bytes) -> bytes:
        """Return at most about PIECE bytes of text; keep what was not used in `rest`."""


class Damaged(Exception):
    """These bytes are no such member."""


class Gzip:
    """A member of RFC 1952."""

    holds_more = False

    def __init__(self) -> None:
        self.engine, self.rest = deflate.decompressobj(31), b""

    @property
    def ended(self) -> bool:
        return bool(self.engine.eof)

    def unpack(self, data: bytes) -> bytes:
        try:
            text: bytes = self.engine.decompress(data, PIECE)
        except FAULTS as fault:
            raise Damaged from fault
        self.rest = self.engine.unused_data if self.ended else self.engine.unconsumed_tail
        return text


class Bzip2:
    """A bzip2 stream; the engine keeps what it has not used by itself."""

    def __init__(self) -> None:
        self.engine, self.rest = bz2.BZ2Decompressor(), b""

    @property
    def ended(self) -> bool:
        return self.engine.eof

    @property
    def holds_more(self) -> bool:
        return not self.engine.eof and not self.engine.needs_input

    def unpack(self, data: bytes) -> bytes:
        try:
            text = self.engine.decompress(data, PIECE)
        except (OSError, ValueError, EOFError) as fault:
            raise Damaged from fault
        self.rest = self.engine.unused_data if self.ended else b""
        return text


class Zstd:
    """A zstd frame."""

    holds_more = False

    def __init__(self) -> None:
        self.engine, self.rest = zstandard.ZstdDecompressor().decompressobj(), b""

    @property
    def ended(self) -> bool:
        return self.engine.eof

    def unpack(self, data: bytes) -> bytes:
        try:
            text: bytes = self.engine.decompress(data[:SIP])
        except zstandard.ZstdError as fault:
            raise Damaged from fault
        self.rest = (self.engine.unused_data if self.ended else b"") + data[SIP:]
        return text


KINDS: dict[str, type[Gzip] | type[Bzip2] | type[Zstd]] = {
    "gz": Gzip,
    "bz2": Bzip2,
    "zst": Zstd,
}


def members(chunks: Iterator[bytes], name: str) -> Generator[bytes, None, str]:
    """Yield the text of all members; return "", "cut", "damaged" or "trailing"."""
    kind, magic = KINDS[name], MAGIC[name]
    member: Member = kind()
    held, fault = b"", "damaged"
    for chunk in chunks:
        held += chunk
        while held or member.holds_more:
            if member.ended:
                held = held.lstrip(b"\x00")  # padding to a block of tape or disk
                if len(held) < len(magic):
                    break
                if name != "zst" and not held.startswith(magic):  # zstd has frames to be skipped
                    return "trailing"
                member, fault = kind(), "trailing"
            try:
                text = member.unpack(held)
            except Damaged:
                return fault
            if text:
                fault = "damaged"
                yield text
            held = member.rest
    return "" if member.ended else "cut"
