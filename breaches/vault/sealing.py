"""AES-256-GCM over one value, bound to the place it belongs to. Pure: no database, no Django."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: 96 random bits
DRAWN = 512  # nonces at a time


class Tampered(Exception):
    """A ciphertext was changed, cut or moved. Never shown as if it were the value."""


def seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Return `plain` encrypted so that it opens only at `place` (the associated data)."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, place)


class Sealer:
    """Seal many values under one key, faster; make one for a piece of work and let it go.

    It draws nonces in advance, so it must never be carried over a fork.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher, self._nonces, self._next = AESGCM(key), b"", 0

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """Return what `sealing.seal` would."""
        if self._next == len(self._nonces):
            self._nonces, self._next = os.urandom(NONCE_BYTES * DRAWN), 0
        end = self._next + NONCE_BYTES
        nonce, self._next = self._nonces[self._next : end], end
        return VERSION + nonce + self._cipher.encrypt(nonce, plain, place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Return the plain bytes of what `seal` made for `place`.

    Raises Tampered.
    """
    start = len(VERSION) + NONCE_BYTES
    if sealed[:1] != VERSION:
        raise Tampered("unknown format")
    try:
        return AESGCM(key).decrypt(sealed[1:start], sealed[start:], place)
    except InvalidTag as wrong:
        raise Tampered("changed, cut or moved") from wrong


def derive(key: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(key)
