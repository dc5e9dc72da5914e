"""A long file as sealed chunks: none can be changed, dropped, swapped or cut off. Pure.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption,
2015): a key per file, a counter as nonce, and a mark on the last chunk.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from breaches.vault.sealing import Tampered

CHUNK = 1 << 20
TAG = 16


class Readable(Protocol):
    """Anything with `read(size)`."""

    def read(self, size: int, /) -> bytes: ...


def in_chunks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of CHUNK; the last is shorter, or empty."""
    rest = bytearray()
    for part in parts:
        rest += part
        while len(rest) >= CHUNK:
            yield bytes(rest[:CHUNK])
            del rest[:CHUNK]
    yield bytes(rest)


def sealed_chunks(key: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed chunks of a file; `key` must serve this one file only."""
    cipher = AESGCM(key)
    for number, plain in enumerate(in_chunks(parts)):
        # Only the last piece is shorter than CHUNK, so its length is the mark of the end.
        yield cipher.encrypt(_nonce(number, is_last=len(plain) < CHUNK), plain, None)


def opened_chunks(key: bytes, file: Readable) -> Iterator[bytes]:
    """Yield the plain chunks of a sealed file.

    Raises Tampered.
    """
    number, is_last = 0, False
    while not is_last:
        sealed = file.read(CHUNK + TAG)
        is_last = len(sealed) < CHUNK + TAG
        if plain := opened_chunk(key, number, sealed):
            yield plain
        number += 1


def opened_chunk(key: bytes, number: int, sealed: bytes) -> bytes:
    """Return one plain chunk of a sealed file, counted from 0.

    Raises Tampered.
    """
    nonce = _nonce(number, is_last=len(sealed) < CHUNK + TAG)
    try:
        return AESGCM(key).decrypt(nonce, sealed, None)
    except (InvalidTag, ValueError) as wrong:
        raise Tampered(f"chunk {number} was changed, moved or cut") from wrong


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")
