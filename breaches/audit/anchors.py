"""Heads of the chains written outside the database, so that a forged head shows."""

import json
import os
from collections import defaultdict
from datetime import datetime

from django.conf import settings

from breaches.audit.models import ChainHead


def drop(*, at: datetime) -> int:
    """Append the present head of every chain to ANCHOR_FILE; return how many.

    Keep that file, or a copy of it, where the database's administrator cannot write.
    """
    lines = [
        json.dumps({"at": at.isoformat(), "chain": head.chain, "seq": head.seq, "mac": head.mac})
        for head in ChainHead.objects.order_by("chain")
    ]
    settings.ANCHOR_FILE.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with os.fdopen(os.open(settings.ANCHOR_FILE, flags, 0o600), "w") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    return len(lines)


def latest() -> dict[str, dict[int, str]]:
    """Return every anchored MAC by chain and sequence number."""
    anchored: dict[str, dict[int, str]] = defaultdict(dict)
    if settings.ANCHOR_FILE.exists():
        for line in settings.ANCHOR_FILE.read_text().splitlines():
            entry = json.loads(line)
            anchored[entry["chain"]][entry["seq"]] = entry["mac"]
    return dict(anchored)


def short(chain: str) -> str:
    """Return the head of `chain` in a form to print on paper, such as `incident:4#512 9f3c…`."""
    head = ChainHead.objects.filter(chain=chain).first()
    return f"{chain}#{head.seq} {head.mac[:16]}" if head else f"{chain}#0"
