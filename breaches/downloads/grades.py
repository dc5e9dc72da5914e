"""What one line is worth, and what a client's lines say together about its copy. Pure.

A log shows what a server meant to send or handed to its kernel, never what arrived: so
"sent", not "received". The size of the file is given, never guessed from the log.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

# 4 MiB Linux tcp_wmem maximum and as much again for the client's receive window: so many bytes
# may be logged as sent though the client had gone.
OVER_COUNT = 8 * 1024 * 1024


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
    span: tuple[int, int] | None = None


class Grade(NamedTuple):
    """The grade with the bytes between which the truth lies; `upper` None means no bound."""

    letter: str
    lower: int
    upper: int | None


def worth(
    method: str, status: int, sent: int | None, posted: Posted, *, aborted: bool = False
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
    if method not in ("GET", "POST"):
        whole = posted.size is not None and (sent or 0) >= posted.size
        return Worth.FULL if whole and status == 200 else Worth.ATTEMPT
    found = _of_a_body(status, sent, posted)
    return Worth.CUT if aborted and found == Worth.FULL else found


def grade(requests: Iterable[Got], posted: Posted) -> Grade | None:
    """Return the grade of one client's requests, or None if it only tried."""
    got = list(requests)
    worths = {request.worth for request in got}
    if not worths & CONTENT:
        return _without_content(worths)
    whole = max((row.sent or 0 for row in got if row.worth in WHOLE), default=0)
    spans = [row for row in got if row.worth == Worth.RANGE]
    parts = sum(row.sent or 0 for row in spans)
    size = posted.size
    if size is None:
        return Grade("U", 0, None)
    if Worth.FULL in worths:
        return Grade("B", max(0, size - OVER_COUNT), size)
    if spans and all(row.span for row in spans):
        return _by_offsets(spans, whole, size, unmeasured=bool(worths & UNMEASURED))
    # Transfers of the whole file all start at its first byte, so the longest holds the others.
    reached = min(size, whole + parts)
    if parts and reached == size:
        return Grade("C", max(0, size - OVER_COUNT), size)
    if worths & UNMEASURED:
        return Grade("U", 0, size)
    return Grade("D", max(0, reached - OVER_COUNT), reached)


WHOLE = {Worth.FULL, Worth.CUT}


def best(letters: Iterable[str]) -> str:
    """Return the gravest of several grades."""
    return min(letters, key=RANK.index, default="")


def share(part: int | None, size: int | None) -> str:
    """Return how much of the file `part` is, in words."""
    if part is None or not size:
        return "not known"
    return f"{min(100, part * 100 // size)} %"


def _by_offsets(spans: list[Got], whole: int, size: int, *, unmeasured: bool) -> Grade:
    """Grade by the union of the parts, each no longer than the bytes that were sent of it."""
    reached = covered = 0
    cut = [(0, whole), *((row.span[0], min(row.span[1], row.span[0] + (row.sent or 0)))
                         for row in spans if row.span)]  # fmt: skip
    for start, end in sorted(cut):
        covered += max(0, min(end, size) - max(start, reached))
        reached = max(reached, end)
    if covered >= size:
        return Grade("B", max(0, size - OVER_COUNT), size)
    if unmeasured:
        return Grade("U", 0, size)
    return Grade("D", max(0, covered - OVER_COUNT), covered)


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
    if status == 200 and posted.is_compressible:
        return Worth.ENCODED
    return Worth.CUT


def _without_content(worths: set[str]) -> Grade | None:
    if Worth.PRIOR in worths:
        return Grade("F", 0, None)
    return Grade("E", 0, 0) if Worth.METADATA in worths else None
