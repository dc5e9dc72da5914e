"""A letter's HTML in, a tagged PDF out."""

from functools import cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import NamedTuple

import pikepdf


class NotTypeset(Exception):
    """The letter asks for something that cannot be had."""


class Pdf(NamedTuple):
    """A finished document."""

    content: bytes
    sha256: str
    pages: int


@cache
def _press() -> ModuleType:
    # WeasyPrint takes half of a program's start, and pages and commands never set a letter.
    return import_module("notifications.letters.press")


def make_pdf(html: str, *, style: str = "letter.css") -> Pdf:
    """Typeset `html` as tagged PDF/UA-1; the same text gives the same bytes.

    Raises NotTypeset.
    """
    content, pages = _press().typeset(html, style)
    return Pdf(content, sha256(content).hexdigest(), pages)


def count_pages(content: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)
