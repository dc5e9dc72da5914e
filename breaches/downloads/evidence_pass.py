"""One read of a log: line count, times, and every line that could be a hit. Pure.

Only lines that pass the prefilter are parsed. A line that passes it and cannot be read is
kept for a person with the reason; none is dropped but what only repeats another hit.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from breaches.downloads.coverage import Coverage
from breaches.downloads.formats.line import BEFORE_A_LINE, Format, NotALine, Request
from breaches.downloads.lines import Lines
from breaches.downloads.locators import Locator, compare, needle
from breaches.downloads.prefilter import candidates, engine
from breaches.downloads.streams import blocks
from breaches.downloads.unread import is_blank

LONGEST_RAW = 64 * 1024
ANSWERED = {200, 206, 304, 499}  # 499: a client that left while it was being answered
STEP = 4 * 1024 * 1024  # of text between two places where a reading can be taken up again

PROBLEMS = {
    "": "",
    "shape": "not written as a line of this log's format",
    "request": "its request cannot be read",
    "client": "it does not name a client",
    "time": "its time cannot be read",
    "subrequest": "asked by a worker at the edge during a visit of which no line is near",
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
    """What some blocks brought, the cursor after them, and the header lines then in force."""

    cursor: Cursor
    hits: list[Hit]
    header: bytes = b""


class Turn(NamedTuple):
    """From here on lines are read so, because of a header line."""

    start: int
    known: Format


def steps(
    pieces: Iterable[bytes], place: Locator, known: Format, cursor: Cursor, coverage: Coverage
) -> Iterator[Step]:
    """Yield a step for each STEP bytes after `cursor`; `coverage` grows along."""
    sought, hits = needle(place), list[Hit]()
    find, kept = engine(sought), cursor
    pieces = known.unfold(pieces) if known.unfold else pieces
    for offset, text in blocks(pieces, start=cursor.offset):
        block = Lines(text)
        turns = _turns(text, known)
        _cover(coverage, block, turns)
        starts = [turn.start for turn in turns]
        for number, start, line in candidates(block, sought, find):
            in_force = turns[bisect_right(starts, start) - 1].known
            at = Cursor(offset + start, cursor.lines + number + 1)
            if hit := read(line, place, in_force, at):
                hits.append(hit)
        known = turns[-1].known
        cursor = Cursor(offset + len(text), cursor.lines + block.ended)
        if cursor.offset - kept.offset >= STEP:
            yield Step(cursor, _once(hits), known.said)
            kept, hits = cursor, []
    if cursor.offset > kept.offset:
        yield Step(cursor, _once(hits), known.said)


def read(line: bytes, place: Locator, known: Format, at: Cursor) -> Hit | None:
    """Return the hit in `line`, or None if it asks for something else."""
    text = line.lstrip(BEFORE_A_LINE)
    if known.headers and text.startswith(b"#"):
        return None
    try:
        request = known.parse(text)
    except NotALine as fault:
        if is_blank(line):
            return None
        return Hit(at.lines, at.offset, line[:LONGEST_RAW], None, str(fault))
    same = compare(place, request.target)
    if not same and request.other_target:
        same = compare(place, request.other_target)
    if not same:
        return None
    # Other capitals answered with "not found" are what a server that minds case does.
    problem = "case" if same == "case" and request.status in ANSWERED else ""
    return Hit(at.lines, at.offset, line[:LONGEST_RAW], request, problem)


def _once(hits: list[Hit]) -> list[Hit]:
    """Leave out what a worker asked for during a visit that is a hit itself.

    Where that visit is not among the hits, a person says whether this is another.
    """
    visits = {hit.request.visit for hit in hits if hit.request}
    found = []
    for hit in hits:
        part_of = hit.request.part_of if hit.request else ""
        if not part_of:
            found.append(hit)
        elif part_of not in visits:
            found.append(hit._replace(problem=hit.problem or "subrequest"))
    return found


def _turns(text: bytes, known: Format) -> list[Turn]:
    """Return the format that a block begins with, and each that a header line begins."""
    turns, done = [Turn(0, known)], 0
    for line in known.headers.finditer(text) if known.headers and b"#" in text else ():
        turns += _hours(text[done : line.start()], done, turns[-1].known)
        turns += _turn(line.start(), turns[-1].known, line[0])
        done = line.end()
    return turns + _hours(text[done:], done, turns[-1].known)


def _turn(start: int, known: Format, header: bytes) -> list[Turn]:
    return [Turn(start, known.follow(header))] if known.follow else []


def _hours(text: bytes, offset: int, known: Format) -> list[Turn]:
    """Return a turn for each new hour of lines that hold no date."""
    if known.hours is None:
        return []
    return [turn for start, line in known.hours(text)
            for turn in _turn(offset + start, known, line)]  # fmt: skip


def _cover(coverage: Coverage, block: Lines, turns: list[Turn]) -> None:
    """Take in the times of a block, each as the format in force writes it."""
    ends = [*(turn.start for turn in turns[1:]), len(block.text)]
    for turn, end in zip(turns, ends, strict=True):
        coverage.stamp = turn.known.stamp
        if len(turns) == 1:
            coverage.feed(block)
        elif turn.start < end:
            coverage.feed(Lines(block.text[turn.start : end]))
