"""One read of a log: line count, times, and every line that could be a hit. Pure.

Only lines that pass the prefilter are parsed. A line that passes it and cannot be read is
kept for a person with the reason; none is dropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from breaches.downloads.combined_log import NotALine, Request, parse
from breaches.downloads.coverage import Coverage
from breaches.downloads.locators import Locator, candidates, compare, needle
from breaches.downloads.streams import blocks

LONGEST_RAW = 64 * 1024

PROBLEMS = {
    "": "",
    "shape": "not written as an access log line",
    "request": "its request cannot be read",
    "client": "it does not begin with a client",
    "time": "its time cannot be read",
    "case": "asks for the file with other capitals, and the server answered",
}


class Hit(NamedTuple):
    """One line about the file: read, or with a problem for a person."""

    line_number: int
    byte_offset: int
    raw: bytes
    request: Request | None
    problem: str


@dataclass
class Cursor:
    """Where a reading stands, always at a line end; from here it is taken up again."""

    offset: int = 0
    lines: int = 0


class Step(NamedTuple):
    """What one block brought, and the cursor after it."""

    cursor: Cursor
    hits: list[Hit]


def steps(
    pieces: Iterable[bytes], place: Locator, cursor: Cursor, coverage: Coverage
) -> Iterator[Step]:
    """Yield a step for each block after `cursor`; `coverage` grows along."""
    sought = needle(place)
    for block in blocks(pieces, start=cursor.offset):
        coverage.feed(block.text)
        hits = [
            hit
            for start, before, line in candidates(block.text, sought)
            if (hit := read(line, place, cursor.lines + before + 1, block.offset + start))
        ]
        ends = block.text.count(b"\n")
        cursor = Cursor(block.offset + len(block.text), cursor.lines + ends)
        yield Step(cursor, hits)


def read(line: bytes, place: Locator, line_number: int, byte_offset: int) -> Hit | None:
    """Return the hit in `line`, or None if it asks for something else."""
    try:
        request = parse(line)
    except NotALine as fault:
        return Hit(line_number, byte_offset, line[:LONGEST_RAW], None, str(fault))
    same = compare(place, request.target)
    if not same:
        return None
    # Other capitals answered with "not found" are what a server that minds case does.
    problem = "case" if same == "case" and request.status in (200, 206, 304) else ""
    return Hit(line_number, byte_offset, line[:LONGEST_RAW], request, problem)


def looks_like_a_log(first: bytes) -> bool:
    """Say whether any of the first lines reads as an access log line."""
    lines = [line for line in first.split(b"\n")[:200] if line.strip()]
    return any(_reads(line) for line in lines)


def _reads(line: bytes) -> bool:
    try:
        parse(line)
    except NotALine as fault:
        # A scanner's broken request is still a line of a log.
        return str(fault) == "request"
    return True
