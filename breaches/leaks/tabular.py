"""Any spreadsheet as a stream of rows, read by a limited child process."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from threading import Thread
from typing import IO, NamedTuple, cast

from django.conf import settings

from breaches.errors import Refused


class Unreadable(Refused):
    """The file cannot be read; the text says why and what to do."""


class Sheet(NamedTuple):
    """The head of a sheet; its rows follow."""

    number: int
    name: str
    is_hidden: bool


class Row(NamedTuple):
    """One row that is not empty; `row` as a spreadsheet program numbers it."""

    sheet: int
    row: int
    cells: list[str]


class Hidden(NamedTuple):
    """What a workbook holds that nobody sees on opening it, by kind; comes last."""

    counts: dict[str, int]


Item = Sheet | Row | Hidden


def read(chunks: Iterable[bytes]) -> Iterator[Item]:
    """Yield the sheets and rows of a file given as its plain bytes.

    The child has its own limits of memory and time and sees no database. Raises Unreadable.
    """
    command = [sys.executable, "-m", "breaches.leaks.reader"]
    child = subprocess.Popen(  # noqa: S603  (our own module, no user text)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR, env={"PYTHONHASHSEED": "0"},
    )  # fmt: skip
    into, out = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    feeder = Thread(target=_feed, args=(into, chunks), daemon=True)
    feeder.start()
    try:
        yield from map(_item, out)
        if child.wait() != 0:
            raise Unreadable("Reading the file took too much time or memory; it was given up.")
    finally:
        child.kill()
        out.close()
        child.wait()
        feeder.join()


def _feed(pipe: IO[bytes], chunks: Iterable[bytes]) -> None:
    try:
        with pipe:
            for chunk in chunks:
                pipe.write(chunk)
    except (BrokenPipeError, ValueError):
        return  # the child has said, or will be found to have said, why it stopped


KINDS: dict[str, type[Sheet | Row | Hidden]] = {"sheet": Sheet, "row": Row, "hidden": Hidden}


def _item(line: bytes) -> Item:
    kind, *values = json.loads(line)
    if kind == "problem":
        raise Unreadable(values[0])
    return KINDS[kind](*values)
