"""A format string of a server, turned into a regular expression. Pure.

Each field ends where the text after it begins, so that every byte can match in one way only
and the worst line takes no longer than its length.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from breaches.downloads.formats.combined import plain_text
from breaches.downloads.formats.fields import request_of
from breaches.downloads.formats.line import Format, NotALine, Request, stamp_by
from breaches.downloads.formats.moments import stamp_any

QUOTED = r'[^"\\]*(?:\\.[^"\\]*)*'
NEEDED = {"address": "the client's address", "time": "the time", "status": "the status"}


class Unusable(Exception):
    """The format string cannot be read, or lacks what a download log must have."""


class Field(NamedTuple):
    """A field of the line: what it means to us ("" if nothing) and how it is written."""

    name: str
    shape: str = ""  # a regular expression; "" takes it from its surroundings


HOP = r"[\w.:%\[\]-]+"
# Fields that hold spaces of their own, where no quotes stand around them.
SPACED = {
    "request": r"[A-Za-z_-]+ +\S+ +HTTP/[0-9.]+",
    "content_range": r"bytes [0-9*/-]+|-|",
    "forwarded": rf"{HOP}(?:, ?{HOP})*|",
}
BRACKETED = Field("time", r"\[[^\]]{8,40}\]")
# What will do: a time in numbers, or in parts of which this is the first.
INSTEAD = {"address": ["forwarded"], "time": ["epoch", "part0"]}
ADDRESS = r"[\w.:%\[\]-]*"  # colons of its own, and a port after the last one
Part = str | Field
Fix = Callable[[dict[str, str]], None]


def compiled(name: str, parts: Sequence[Part], notes: set[str], fix: Fix | None = None) -> Format:
    """Return the Format of literal texts and fields in their order. Raises Unusable."""
    names = {part.name for part in parts if isinstance(part, Field)}
    _check(names)
    pattern = re.compile(_pattern(parts).encode(), re.S)
    order = [part.name for part in parts if isinstance(part, Field)]

    def parse(line: bytes) -> Request:
        found = pattern.fullmatch(line.rstrip(b"\r\n")) or pattern.fullmatch(line.rstrip())
        if found is None:
            raise NotALine("shape")
        values: dict[str, str] = {}
        for field, text in zip(order, found.groups(), strict=True):
            if field and (field not in values or values[field] in ("", "-")):
                values[field] = plain_text(text)
        values.setdefault("time", values.pop("epoch", ""))
        if fix:
            fix(values)
        return request_of(values)

    stamp = stamp_any if "time" in names else stamp_by(parse)
    return Format(name, parse, stamp, frozenset(notes | _lacking(names)))


def _check(names: set[str]) -> None:
    missing = [words for key, words in NEEDED.items() if not names & {key, *INSTEAD.get(key, ())}]
    if not names & {"request", "target"}:
        missing.append("the request")
    if missing:
        raise Unusable(f"The format does not hold {', '.join(missing)}.")


def _lacking(names: set[str]) -> set[str]:
    found = set() if "port" in names else {"port"}
    if not names & {"sent", "wire"}:
        found.add("bytes")
    elif "sent" not in names:
        found.add("headers")
    return found


def _pattern(parts: Sequence[Part]) -> str:
    made = []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            made.append(re.escape(part))
            continue
        before = parts[number - 1] if number else ""
        after = parts[number + 1] if number + 1 < len(parts) else None
        if isinstance(after, Field):
            made.append(f"({part.shape or _host(part, after)})")
            continue
        # "john doe [28/Nov" shows where a name with spaces ends.
        timed = after and BRACKETED in parts[number + 2 : number + 3]
        made.append(f"({_field(part, str(before), f'{after}[' if timed else after)})")
    return "".join(made)


def _host(field: Field, after: Field) -> str:
    """Return the shape of a host that a path follows at once. Raises Unusable."""
    if field.name or after.name != "target":
        raise Unusable("Two fields follow one another with nothing between them.")
    return r"[^/\s]*"


def _field(field: Field, before: str, after: str | None) -> str:
    if field.shape:
        return field.shape
    if before.endswith('"') and after is not None and after.startswith('"'):
        return QUOTED
    if field.name in SPACED:
        return SPACED[field.name]
    if field.name == "port":
        return r"[\d-]*"
    if not after:
        return ".*"
    if field.name == "address" and after.startswith(":"):
        return ADDRESS
    return f"(?:(?!{re.escape(after)}).)*"
