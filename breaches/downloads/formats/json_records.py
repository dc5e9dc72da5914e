"""JSON records that stand in an array or on several lines, each put on a line of its own. Pure.

No byte is moved: what stands between two records becomes spaces and one line end, and the line
ends inside a record become spaces. So an offset is that of the file, and a line is a record.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FOLDED = re.compile(rb'[\xef\xbb\xbf\s]*(?:\[\s*\{|\{\s*\n|\{[^{}\[\]]*"[Rr]ecords"\s*:\s*\[)')
BETWEEN = re.compile(r'(?:[\s,\[\]}]|\{[^{}\[\]]*"[Rr]ecords"\s*:)*')
OTHER = re.compile(r"[^}\n]+")
TOKEN = 16  # no number, word or escape that is cut in the middle is longer
DECODER = json.JSONDecoder(strict=False)
LONGEST = 1024 * 1024  # a longer record, or a broken one, is passed on as it is


class Taken(NamedTuple):
    """Whole records, each on its line, and what is left of a text after them."""

    text: str
    rest: str


def is_folded(first: bytes) -> bool:
    """Say whether a file that begins so holds records that are not one to a line."""
    return FOLDED.match(first) is not None


def unfolded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same text with one record to a line; what is no record stays as it is."""
    rest = ""
    for piece in pieces:
        text, rest = _records(rest + piece.decode("latin-1"))  # a character is a byte
        yield text.encode("latin-1")
    start = _after(BETWEEN, rest, 0)
    yield (_gap(start) + rest[start:]).encode("latin-1")


def _records(text: str) -> Taken:
    made, at = [], 0
    while (start := _after(BETWEEN, text, at)) < len(text):
        stop = _end_of_record(text, start)
        if stop > len(text):
            break
        stop = stop or _after(OTHER, text, start)
        record = text[start:stop].replace("\n", " ").replace("\r", " ")
        made.append(_gap(start - at) + record)
        at = stop
    if len(text) - at > LONGEST:
        made.append(text[at:])
        at = len(text)
    return Taken("".join(made), text[at:])


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _end_of_record(text: str, start: int) -> int:
    """Return where the record at `start` ends: 0 if there is none, past the text if it goes on."""
    if text[start] != "{":
        return 0
    try:
        return DECODER.raw_decode(text, start)[1]
    except RecursionError:
        end = text.find("\n", start)
        return end if end > 0 else len(text)
    except json.JSONDecodeError as fault:
        goes_on = fault.msg.startswith("Unterminated") or fault.pos > len(text) - TOKEN
        return len(text) + 1 if goes_on and len(text) - start < LONGEST else 0


def _gap(length: int) -> str:
    return " " * (length - 1) + "\n" if length else ""
