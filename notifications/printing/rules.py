"""How a run is laid out, and how its list is written. Pure."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import NamedTuple

ADDRESS_LINES = 7
COLUMNS = [
    *("sequence", "reference", "name", "first_page", "page_count"),
    *(f"address_{line}" for line in range(1, ADDRESS_LINES + 1)),
    *("language", "large_print", "pdf_sha256"),
]
CONTROL_PAGES = 2  # the control sheet has one side; its back stays empty
MOST = 100_000  # letters; far more than a run has
RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Place(NamedTuple):
    """Where a letter lies in the file of its run."""

    sequence: int
    first_page: int
    page_count: int


class Line(NamedTuple):
    """A line of the manifest."""

    place: Place
    reference: str
    address: list[str]
    language: str
    is_large_print: bool
    pdf_sha256: str


class NoNumbers(Exception):
    """What was typed are no numbers of letters."""


def numbers_in(text: str) -> list[int]:
    """Return the numbers that a text such as "3, 17-20" names. Raises NoNumbers."""
    found: set[int] = set()
    for part in re.sub(r"\s*[-\u2013]\s*", "-", text).replace(",", " ").split():
        match = RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not 0 < first <= last < MOST:
            raise NoNumbers(
                f"\u201c{part[:20]}\u201d is no number of a letter, nor two such as 17-20."
            )
        found.update(range(first, last + 1))
    return sorted(found)


def as_text(numbers: Iterable[int]) -> str:
    """Return ascending numbers as `numbers_in` reads them: 3 and 17 to 20 as "3, 17-20"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def even(pages: int) -> int:
    """Return the sides that `pages` take, the empty back side included."""
    return pages + pages % 2


def places(page_counts: Iterable[int]) -> Iterator[Place]:
    """Yield the place of each letter, in order; together they tile the file."""
    first = CONTROL_PAGES + 1
    for sequence, pages in enumerate(page_counts, start=1):
        yield Place(sequence, first, even(pages))
        first += even(pages)


def sheets_by_size(page_counts: Iterable[int]) -> list[tuple[int, int]]:
    """Return (sheets in the envelope, how many letters), the thin ones first."""
    return sorted(Counter(even(pages) // 2 for pages in page_counts).items())


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def manifest(lines: Iterable[Line]) -> Iterator[bytes]:
    """Yield the manifest, one line at a time, headings first."""
    yield _row(COLUMNS)
    for line in lines:
        place, address = line.place, line.address
        padded = [*address, *[""] * (ADDRESS_LINES - len(address))]
        numbers = [str(place.first_page), str(place.page_count)]
        cells = [str(place.sequence), line.reference, address[0], *numbers, *padded]
        size = "yes" if line.is_large_print else "no"
        yield _row([*cells, line.language, size, line.pdf_sha256])


def _row(cells: list[str]) -> bytes:
    out = StringIO()
    csv.writer(out).writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode()


def why_withheld(letters: int, *, may_cancel: bool) -> str:
    """Say why the files of a run are withheld, and what to do about it."""
    what = "letter goes" if letters == 1 else "letters go"
    said = f"{letters} {what} to an address that was impounded after this run was frozen. "
    if may_cancel:
        said += "Cancel the run and freeze it anew: it then holds everybody else. "
    return said + "Only those with the right to see impounded addresses can open its files."
