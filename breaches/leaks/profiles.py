"""What columns were said to hold before, offered again for the same headings. Pure."""

import hashlib
from collections.abc import Sequence

from breaches.leaks.header_words import plain_header


def fingerprint(headers: Sequence[str]) -> str:
    """Return one mark for a list of headings, whatever their order, case and marks."""
    plain = sorted(map(plain_header, headers))
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest()


def by_heading(headers: Sequence[str], elements: Sequence[str]) -> dict[str, str]:
    """Return element by heading, the headings as short marks; of equal ones the first counts."""
    found: dict[str, str] = {}
    for header, element in zip(headers, elements, strict=True):
        found.setdefault(mark(header), element)
    return found


def mark(header: str) -> str:
    """Return a heading as it is kept in a profile: not readable, but recognised again."""
    return hashlib.sha256(plain_header(header).encode()).hexdigest()[:16]
