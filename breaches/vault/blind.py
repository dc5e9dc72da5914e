"""Blind indexes: find an exact value without storing it."""

import hashlib
import hmac

from breaches.vault import keys

LENGTH = 32  # hex digits: 128 bits


def index(key_name: str, kind: str, value: str) -> str:
    """Return the blind index (32 hex) of `value`, which the caller has normalised.

    HMAC-SHA256 under the incident's or register's own key, so equal values of two
    incidents do not look equal.
    """
    message = f"{kind}|{value}".encode()
    return hmac.digest(keys.data_key(key_name).blind, message, "sha256").hex()[:LENGTH]


class Marker:
    """Short blind marks of many values under one key; make one for a piece of work.

    Keyed BLAKE2b (RFC 7693), cut to 88 bits: of a thousand million values two may collide.
    Raises KeyDestroyed, KeyMissing when made.
    """

    def __init__(self, key_name: str, kind: str) -> None:
        self._base = hashlib.blake2b(
            key=keys.data_key(key_name).blind, digest_size=11, person=kind.encode()
        )

    def mark(self, value: str) -> str:
        """Return the mark (22 hex) of `value`, which the caller has normalised."""
        made = self._base.copy()
        made.update(value.encode())
        return made.hexdigest()
