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
    return hmac.new(keys.data_key(key_name).blind, message, hashlib.sha256).hexdigest()[:LENGTH]
