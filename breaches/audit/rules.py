"""How one event seals the next. Pure: no database, no clock, no Django."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

FIRST = "0" * 64


def link(key: bytes, previous: str, seq: int, body: Mapping[str, Any]) -> str:
    """Return the MAC (64 hex) of event `seq`, which also covers the one before it.

    HMAC-SHA256 (RFC 2104) over canonical JSON, so that a changed, missing or added event shows.
    """
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(key, f"{previous}|{seq}|{text}".encode(), hashlib.sha256).hexdigest()
