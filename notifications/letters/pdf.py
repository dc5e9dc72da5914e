"""A letter's HTML in, a tagged PDF out."""

from functools import cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import NamedTuple

import pikepdf

from notifications.letters.blanks import Sheet

LETTER = "letter.css"


class NotTypeset(Exception):
    """The letter asks for something that cannot be had."""


class Pdf(NamedTuple):
    """A finished document."""

    content: bytes
    sha256: str
    pages: int


@cache
def _loaded(name: str) -> ModuleType:
    # WeasyPrint takes half of a program's start, and pages and commands never set a letter.
    return import_module(f"notifications.letters.{name}")


def make_pdf(html: str, *, style: str = LETTER) -> Pdf:
    """Typeset `html` as tagged PDF/UA-1; the same text gives the same bytes.

    Raises NotTypeset.
    """
    return _made(*_loaded("press").typeset(html, style))


def make_letter(sheet: Sheet) -> Pdf:
    """Typeset a letter, with the bytes that `make_pdf` gives of its HTML.

    Raises NotTypeset.
    """
    return _made(*_loaded("plates").typeset(sheet))


def _made(content: bytes, pages: int) -> Pdf:
    return Pdf(content, sha256(content).hexdigest(), pages)


def count_pages(content: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)
