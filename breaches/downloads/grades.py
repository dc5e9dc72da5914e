"""What one line is worth, and what a client's lines say together about its copy. Pure.

A log shows what a server meant to send or handed to its kernel, never what arrived: so
"sent", not "received". The size of the file is given, never guessed from the log.
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

# 4 MiB Linux tcp_wmem maximum and as much again for the client's receive window: so many bytes
# may be logged as sent though the client had gone.
OVER_COUNT = 8 * 1024 * 1024
HEADER = 1024  # bytes that some logs count on top of each part
ABANDONED = 499  # nginx: the client closed the connection
Span = tuple[int, int]


class Worth(StrEnum):
    """What one request got."""

    FULL = "FULL"  # the whole body was sent
    CUT = "CUT"  # less than the size: the bytes are an upper bound
    SIZED = "SIZED"  # a body, but the size of the file is not known
    ENCODED = "ENCODED"  # less than the size, perhaps because it was compressed
    UNCOUNTED = "UNCOUNTED"  # a body whose bytes the log does not give
    RANGE = "RANGE"  # a part of the file
    METADATA = "METADATA"  # name, size and date only
    PRIOR = "PRIOR"  # the client already has a copy
    REDIRECT = "REDIRECT"  # no content
    ATTEMPT = "ATTEMPT"  # refused, absent or failed
    UNREAD = "UNREAD"  # a person counts this line though it could not be read


WORTHS: dict[str, str] = {
    Worth.FULL: "whole body sent",
    Worth.CUT: "cut transfer: at most the bytes shown",
    Worth.SIZED: "content sent; size of the file not known",
    Worth.ENCODED: "content sent, perhaps compressed: the share is not known",
    Worth.UNCOUNTED: "content sent; the log gives no byte count",
    Worth.RANGE: "a part sent, offsets not in the log",
    Worth.METADATA: "name, size and date only",
    Worth.PRIOR: "already had a copy (304)",
    Worth.REDIRECT: "sent elsewhere, no content",
    Worth.ATTEMPT: "got no content",
    Worth.UNREAD: "a line that a person decided to count",
}
CONTENT = {
    Worth.FULL,
    Worth.CUT,
    Worth.SIZED,
    Worth.ENCODED,
    Worth.UNCOUNTED,
    Worth.RANGE,
    Worth.UNREAD,
}
HOLDING = CONTENT | {Worth.PRIOR}  # by whom something may be held
WHOLE = {Worth.FULL, Worth.CUT}
UNMEASURED = {Worth.SIZED, Worth.ENCODED, Worth.UNCOUNTED, Worth.UNREAD}
GRADES = {
    "A": "received the whole file",
    "B": "was sent the whole file; we assume it was kept",
    "C": "was sent the whole file in parts; we assume it was kept",
    "D": "was sent a part of the file",
    "E": "learned that the file exists",
    "F": "already had the file before our records begin",
    "U": "we cannot tell how much",
}
# The order of concern: what a recipient's best grade is when it has several.
RANK = "ABCFUDE"
ENTIRE = "ABCF"  # who has all of it, or is taken to


class Posted(NamedTuple):
    """What is known of the posted file."""

    size: int | None
    is_compressible: bool


class Got(NamedTuple):
    """One request as the grade needs it; `span` are the offsets of a part, if the log has them."""

    worth: str
    sent: int | None
    span: Span | None = None
    aborted: bool = False  # `sent` is then no more than an upper bound
    counts_headers: bool = False


class Grade(NamedTuple):
    """The grade with the bytes between which the truth lies; `upper` None means no bound."""

    letter: str
    lower: int
    upper: int | None


def worth(
    method: str,
    status: int,
    sent: int | None,
    posted: Posted,
    *,
    aborted: bool = False,
    span: Span | None = None,
) -> Worth:
    """Return what one line is worth; `aborted` if the server says that the client left early."""
    if status == 304:
        return Worth.PRIOR
    if 300 <= status < 400:
        return Worth.REDIRECT
    if method == "HEAD" or status == 416:
        return Worth.METADATA if status in (200, 206, 416) else Worth.ATTEMPT
    if status not in (200, 206, 499):
        return Worth.ATTEMPT
    if status == 206 and span and span[1] - span[0] <= 1:
        return Worth.METADATA  # whatever is counted on top of that byte
    if method not in ("GET", "POST"):
        whole = posted.size is not None and (sent or 0) >= posted.size
        found = Worth.FULL if whole and status == 200 else Worth.ATTEMPT
    else:
        found = _of_a_body(status, sent, posted)
    return Worth.CUT if aborted and found == Worth.FULL else found


def grade(requests: Iterable[Got], posted: Posted) -> Grade | None:
    """Return the grade of one client's requests, or None if it only tried."""
    got = list(requests)
    worths = {request.worth for request in got}
    if not worths & CONTENT:
        return _without_content(worths)
    size = posted.size
    if size is None:
        return Grade("U", 0, None)
    stayed = [row for row in got if not row.aborted]
    if letter := _entire(stayed, size):
        return Grade(letter, max(0, size - OVER_COUNT), size)
    if worths & UNMEASURED:
        return Grade("U", 0, size)
    surely = _reached(stayed, size)
    if surely == size:  # by parts without offsets, some of them sent twice
        surely = max(row.sent or 0 for row in stayed)
    return Grade("D", max(0, surely - OVER_COUNT), _reached(got, size))


def grade_of_client(
    got: Iterable[tuple[str, Got]], posted: Posted, *, is_user: bool
) -> Grade | None:
    """Grade what one client got, each answer given with the agent that got it.

    Without a user each agent at an address is a client of its own, and the gravest grade counts.
    What they got of it together is the bound: one person may have changed the browser.
    """
    agents: dict[str, list[Got]] = defaultdict(list)
    for agent, answer in got:
        agents[agent].append(answer)
    together = grade(chain.from_iterable(agents.values()), posted)
    if is_user or len(agents) < 2:
        return together
    found = [own for answers in agents.values() if (own := grade(answers, posted))]
    if not found:
        return None
    gravest = min(found, key=lambda own: (RANK.index(own.letter), -own.lower))
    return gravest._replace(upper=together.upper) if together and gravest.letter == "D" else gravest


def is_aborted(status: int | None, *, said: bool) -> bool:
    """Say whether the client left before the end: by a mark in the line, or by its status."""
    return said or status == ABANDONED


def best(letters: Iterable[str]) -> str:
    """Return the gravest of several grades."""
    return min(letters, key=RANK.index, default="")


def share(part: int | None, size: int | None) -> str:
    """Return how much of the file `part` is, in words."""
    if part is None or not size:
        return "not known"
    return f"{min(100, part * 100 // size)} %"


def _entire(rows: list[Got], size: int) -> str:
    """Return "B" or "C" if the whole file was sent, or "" if that is not shown."""
    if any(row.worth == Worth.FULL for row in rows):
        return "B"
    parts = [row for row in rows if row.worth == Worth.RANGE]
    if _reached([row for row in rows if row.span or row not in parts], size) >= size:
        return "B"
    sent = sum(row.sent or 0 for row in parts)
    headers = HEADER * sum(row.counts_headers for row in parts)
    # More than the size shows that bytes were sent twice, and then others may be lacking.
    sums = (sent, sent + _longest(rows)) if not all(row.span for row in parts) else ()
    return "C" if any(size <= total <= size + headers for total in sums) else ""


def _reached(rows: list[Got], size: int) -> int:
    """Return how many bytes of the file the rows hold at most.

    Transfers of the whole file all start at its first byte, so the longest holds the others.
    """
    parts = [row for row in rows if row.worth == Worth.RANGE]
    whole = _longest(rows)
    spans = [(row.span[0], min(row.span[1], row.span[0] + (row.sent or 0)))
             for row in parts if row.span]  # fmt: skip
    if len(spans) < len(parts):
        return min(size, whole + sum(row.sent or 0 for row in parts))
    reached = covered = 0
    for start, end in sorted([(0, whole), *spans]):
        covered += max(0, min(end, size) - max(start, reached))
        reached = max(reached, end)
    return covered


def _longest(rows: list[Got]) -> int:
    return max((row.sent or 0 for row in rows if row.worth in WHOLE), default=0)


def _of_a_body(status: int, sent: int | None, posted: Posted) -> Worth:
    if sent is None:
        return Worth.ATTEMPT if status == 499 else Worth.UNCOUNTED
    if status == 206:
        return Worth.RANGE if sent > 1 else Worth.METADATA
    if sent == 0:
        return Worth.ATTEMPT if status == 499 else Worth.METADATA
    if posted.size is None:
        return Worth.SIZED
    if status == 200 and sent >= posted.size:
        return Worth.FULL
    if posted.is_compressible and sent < posted.size:
        return Worth.ENCODED
    return Worth.CUT


def _without_content(worths: set[str]) -> Grade | None:
    if Worth.PRIOR in worths:
        return Grade("F", 0, None)
    return Grade("E", 0, 0) if Worth.METADATA in worths else None
