"""What columns were said to hold before, offered again for the same headings.

The first row of a file without headings can be somebody's name, and profiles outlive the incident:
so headings are kept as marks under a key of the store, not as hashes that a list of names opens.
"""

from collections.abc import Sequence
from contextlib import suppress

from breaches.leaks.header_words import plain_header
from breaches.vault import blind, keys

KEY = "headings"


def fingerprint(headers: Sequence[str]) -> str:
    """Return one mark for a list of headings, whatever their order, case and marks."""
    return _marked("list", "\x1f".join(sorted(map(plain_header, headers))))


def by_heading(headers: Sequence[str], elements: Sequence[str]) -> dict[str, str]:
    """Return element by heading, the headings as short marks; of equal ones the first counts."""
    found: dict[str, str] = {}
    for header, element in zip(headers, elements, strict=True):
        found.setdefault(mark(header), element)
    return found


def mark(header: str) -> str:
    """Return a heading as it is kept in a profile: not readable, but recognised again."""
    return _marked("heading", plain_header(header))


def _marked(kind: str, text: str) -> str:
    if not keys.is_stored(KEY):
        with suppress(FileExistsError):  # another process was faster; its key is the key
            keys.create(KEY)
    return blind.index(KEY, kind, text)
