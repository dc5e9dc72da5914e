"""A letter as a form with blanks, and what one person's letter has in them. Pure."""

import re
import secrets
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

# No text of anybody's holds it by chance, or can be made to: it is another one in each process. It
# is capitals and figures, so that it stays itself where a style sheet asks for capitals.
_SECRET = f"X{secrets.randbelow(10**8):08d}"
_BLANK = re.compile(rf"{_SECRET}\d+X")


class Sheet(NamedTuple):
    """A form, as HTML, and what each of its blanks holds, as plain text."""

    form: str
    own: Mapping[str, str]

    @property
    def html(self) -> str:
        """Return the letter with its blanks filled in."""
        return fill(self.form, {blank: escape(text) for blank, text in self.own.items()})


class Blanks:
    """Hands out blanks, and keeps what they hold."""

    def __init__(self) -> None:
        self.own: dict[str, str] = {}

    def blank(self, text: str) -> str:
        """Return what to print in a form in place of `text`; of nothing, nothing."""
        if not text:
            return text
        blank = f"{_SECRET}{len(self.own)}X"
        self.own[blank] = text
        return blank


def fill(text: str, own: Mapping[str, str]) -> str:
    """Return a text with its blanks filled in."""
    return _BLANK.sub(lambda found: own[found[0]], text)


def has_blank(text: str) -> bool:
    """Say whether something is to be filled in in a text."""
    return bool(_BLANK.search(text))
