"""Reads one hostile spreadsheet: run as a process of its own, with limits, and nothing else.

The file comes in on standard input and rows go out as lines of JSON; nothing is written to disk.
Limits: see docs/security.md. A bomb, a wrong type or a broken file is one line `["problem", text]`.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from importlib import import_module

from breaches.leaks.containers import (
    GZIP,
    OLE,
    ZIP,
    Gunzipped,
    Member,
    Readable,
    Stream,
    check_zip,
    is_workbook,
    members,
    refuse_other_kinds,
)
from breaches.leaks.lines import Line, Unreadable, as_text
from breaches.leaks.texts import Tape, Wish, text_lines

MEMORY = 512 << 20
CPU_SECONDS = 60  # for what is read at one go; a text gets as many for each RENEWED bytes
RENEWED = 64 << 20
MAX_DEPTH = 2
AS_SEEN = Wish()


class Paced(Stream):
    """Standard input that grants more seconds the more of a long file has been read."""

    def __init__(self, file: Readable) -> None:
        super().__init__()
        self._file, self._since = file, 0

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        plain = self._file.read(size)
        self._since += len(plain)
        if self._since >= RENEWED:
            self._since = 0
            limit_seconds()
        return plain


def limit_myself() -> None:
    """Cap memory and time, and never leave a core file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit_seconds()


def limit_seconds() -> None:
    """Grant CPU_SECONDS from now on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_SECONDS, hard))


def lines(file: bytes | Readable, wish: Wish = AS_SEEN, depth: int = 0) -> Iterator[Line]:
    """Yield a file as the lines of breaches/leaks/lines.py.

    Row numbers are those a person sees in a spreadsheet program, from 1; of a text, its lines.
    Raises Unreadable.
    """
    tape = Tape(io.BytesIO(file) if isinstance(file, bytes) else file)
    refuse_other_kinds(tape.head)
    if tape.head.startswith(ZIP):
        yield from zip_lines(tape.all(), wish, depth)
    elif tape.head.startswith(OLE):
        yield from workbook_lines(tape.all())
    elif tape.head.startswith(GZIP):
        _check_depth(depth)
        yield from lines(Gunzipped(tape.buffered()).buffered(), wish, depth + 1)
    else:
        yield from text_lines(tape, wish)


def zip_lines(content: bytes, wish: Wish, depth: int) -> Iterator[Line]:
    """Yield a workbook, or the tables of every file in a ZIP. Raises Unreadable."""
    check_zip(content)
    if is_workbook(content):
        yield from workbook_lines(content)
        return
    if depth:
        raise Unreadable("There is a ZIP inside the ZIP; unpack it first.")
    first, last = 0, -1
    for member in members(content):
        for line in _member_lines(member, wish, depth + 1):
            if line[0] in {"sheet", "rows", "note"}:
                line[1] = last = first + line[1]
            yield line
        first = last + 1


def workbook_lines(content: bytes) -> Iterator[Line]:
    """Yield the lines of a workbook. Raises Unreadable."""
    # Only here: what reads workbooks is half of this process's start, and a text needs none of it.
    lines: Iterator[Line] = import_module("breaches.leaks.workbooks").workbook_lines(content)
    return lines


def _member_lines(member: Member, wish: Wish, depth: int) -> Iterator[Line]:
    """Yield the tables of one file in a ZIP, called by its name. Raises Unreadable."""
    try:
        for line in lines(member.file, wish, depth):
            if line[0] == "sheet":
                line[2] = as_text(" ".join((member.name, line[2])))
            yield line
    except Unreadable as problem:
        raise Unreadable(
            f"{member.which} cannot be read; take it out to hand in the rest. {problem}"
        ) from problem


def _check_depth(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise Unreadable("The file is packed several times over; unpack it first.")


def main() -> None:
    """Read standard input, write lines; say a problem in one line."""
    limit_myself()
    wish = Wish(*sys.argv[1:3])
    try:
        for line in lines(Paced(sys.stdin.buffer).buffered(), wish):
            sys.stdout.write(json.dumps(line) + "\n")
    except Unreadable as problem:
        sys.stdout.write(json.dumps(["problem", str(problem)]) + "\n")
    except MemoryError:
        text = (
            "The file needs more memory than a spreadsheet should; it was not read further. "
            "Save its sheets as CSV, which has no such limit."
        )
        sys.stdout.write(json.dumps(["problem", text]) + "\n")


if __name__ == "__main__":
    main()
