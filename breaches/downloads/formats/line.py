"""What one line of any log says, and what a format must be able to do. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

# A mark of byte order, and the zeros that a log holds where it was cut while being written.
BEFORE_A_LINE = b"\xef\xbb\xbf\0"


class NotALine(Exception):
    """The line is not of this format; the text says where it stops being so."""


class Request(NamedTuple):
    """What one line says. Fields that a format lacks keep their defaults."""

    address: str
    user: str
    at: datetime
    zone: str
    method: str
    target: str
    status: int
    sent: int | None
    referer: str
    agent: str
    port: int | None = None
    aborted: bool = False  # the server itself says that the client left early
    span: tuple[int, int] | None = None  # offsets of a part, end not included
    visit: str = ""  # how the service names this request, and the one that it is a part of
    part_of: str = ""
    forwarded: bool = False  # the address is from X-Forwarded-For
    other_target: str = ""  # the same object under another name, or read otherwise


# What a format cannot say, or may leave out: each is a sentence beside the numbers.
NOTES = {
    "forwarded": (
        "Clients were taken from X-Forwarded-For: the last address in it that is not private. "
        "Clients can forge that header; the log of the proxy is the proof."
    ),
    "port": (
        "This format holds no source port: a provider that shares addresses among subscribers "
        "may be unable to name the one."
    ),
    "headers": "The byte counts include the headers of the answers, some hundred bytes each.",
    "best_effort": (
        'This service does not promise to log every request: every total is "at least".'
    ),
    "sampled": (
        "This service may log only a sample of the requests: ask for the rate that was set. "
        'Every total is "at least".'
    ),
    "day": (
        "The lines hold no date: it is that of the #Date line above them, and one day later each "
        "time the clock goes back by more than 12 hours. Whole days without a line do not show."
    ),
    "zone": "The times name no zone; they are taken as UTC.",
    "bytes": "This format holds no bytes sent: how much each client got is not known.",
}
PARTIAL_NOTES = {"best_effort", "sampled"}


@dataclass(frozen=True)
class Format:
    """How lines are read.

    Some formats are told by header lines inside the file: `headers` finds them, `said` holds those
    in force, and `follow` gives the format after one more, or after all of a `said`. Where lines
    hold no date, `hours` yields header lines of ours that keep it, and where in a text they belong.
    `unfold` puts records that are not one to a line on lines of their own.
    """

    name: str
    parse: Callable[[bytes], Request]
    stamp: Callable[[bytes], int | None]
    notes: frozenset[str] = field(default=frozenset())
    headers: re.Pattern[bytes] | None = None
    said: bytes = b""
    follow: Callable[[bytes], Format] | None = None
    hours: Callable[[bytes], Iterator[tuple[int, bytes]]] | None = None
    unfold: Callable[[Iterable[bytes]], Iterator[bytes]] | None = None


def stamp_by(parse: Callable[[bytes], Request]) -> Callable[[bytes], int | None]:
    """Return what reads a line's time in seconds since 1970 by reading the whole line."""

    def stamp(line: bytes) -> int | None:
        try:
            return int(parse(line).at.timestamp())
        except NotALine:
            return None

    return stamp
