"""Heads of the chains written outside the database, so that a forged head shows."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import IO, NamedTuple

from django.conf import settings

from breaches.audit.models import ChainHead


class Anchored(NamedTuple):
    """What the anchor file says: each MAC by chain and number, and the lines that say nothing."""

    macs: dict[str, dict[int, str]]
    broken: list[int]


def drop(*, at: datetime) -> int:
    """Append the present head of every chain to ANCHOR_FILE; return how many.

    Keep that file, or a copy of it, where the database's administrator cannot write.
    """
    lines = [
        json.dumps({"at": at.isoformat(), "chain": head.chain, "seq": head.seq, "mac": head.mac})
        for head in ChainHead.objects.order_by("chain")
    ]
    settings.ANCHOR_FILE.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    with os.fdopen(os.open(settings.ANCHOR_FILE, flags, 0o600), "a+b") as file:
        torn = b"\n" if _is_torn(file) else b""
        file.write(torn + "".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())
    return len(lines)


def latest() -> Anchored:
    """Return every anchored MAC, and the numbers of the lines that cannot be read."""
    macs: dict[str, dict[int, str]] = defaultdict(dict)
    broken = []
    for number, line in _lines():
        if entry := _read(line):
            chain, seq, mac = entry
            macs[chain][seq] = mac
        else:
            broken.append(number)
    return Anchored(dict(macs), broken)


def short(chain: str) -> str:
    """Return the head of `chain` in a form to print on paper, such as `incident:4#512 9f3c…`."""
    head = ChainHead.objects.filter(chain=chain).first()
    return f"{chain}#{head.seq} {head.mac[:16]}" if head else f"{chain}#0"


def _lines() -> Iterator[tuple[int, bytes]]:
    if settings.ANCHOR_FILE.exists():
        for number, line in enumerate(settings.ANCHOR_FILE.read_bytes().split(b"\n"), 1):
            if line:
                yield number, line


def _read(line: bytes) -> tuple[str, int, str] | None:
    try:
        entry = json.loads(line)
        return str(entry["chain"]), int(entry["seq"]), str(entry["mac"])
    except (ValueError, KeyError, TypeError):
        return None


def _is_torn(file: IO[bytes]) -> bool:
    """Say whether the machine stopped while the last line was written."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"
