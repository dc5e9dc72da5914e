"""Any spreadsheet as a stream of rows, read by a limited child process."""

import json
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from threading import Thread
from typing import IO, NamedTuple, cast

from django.conf import settings

from breaches.errors import Refused
from breaches.leaks.texts import Wish


class Unreadable(Refused):
    """The file cannot be read; the text says why and what to do."""


class Sheet(NamedTuple):
    """The head of a sheet; its rows follow. Kind: `sheet` or `pivot_cache`."""

    number: int
    name: str
    is_hidden: bool
    kind: str = "sheet"


class Row(NamedTuple):
    """One row that is not empty; `row` as a spreadsheet program numbers it."""

    sheet: int
    row: int
    cells: list[str]


class Note(NamedTuple):
    """What is doubtful about one row or cell, seen only while reading."""

    sheet: int
    row: int
    position: int
    reason: str


class Remark(NamedTuple):
    """A doubt about the file as a whole, with its figure."""

    code: str
    figure: int


class Text(NamedTuple):
    """How a text file was read."""

    encoding: str
    delimiter: str


class Hidden(NamedTuple):
    """What a workbook holds that nobody sees on opening it, by kind; comes last."""

    counts: dict[str, int]


# A child is stopped by a signal when it passes its limits; else it came upon a fault of ours.
STOPPED = (
    "Reading the file took too much time or memory, so it was given up. Save its "
    "sheets as CSV, which is read line by line, and hand those in."
)
STUMBLED = (
    "The file has something in it that the reader was not made for, so it was given up. Open it "
    "in a spreadsheet program, save its sheets as CSV, and hand those in."
)
Item = Sheet | Row | Note | Remark | Text | Hidden
AS_SEEN = Wish()
# Of the child: nothing of ours, and no address space set aside for each of its threads.
ALONE = {"PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "1"}


def read(chunks: Iterable[bytes], wish: Wish = AS_SEEN) -> Generator[Item, None, None]:
    """Yield the sheets and rows of a file given as its plain bytes.

    The child has its own limits of memory and time and sees no database. Raises Unreadable.
    """
    command = [sys.executable, "-m", "breaches.leaks.reader", *wish]
    child = subprocess.Popen(  # noqa: S603  (our own module; both arguments are from closed lists)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR, env=ALONE,
    )  # fmt: skip
    into, out = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    feeder = Thread(target=_feed, args=(into, chunks), daemon=True)
    feeder.start()
    try:
        for line in out:
            yield from _items(line)
        if ended := child.wait():
            raise Unreadable(STOPPED if ended < 0 else STUMBLED)
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


KINDS: dict[str, type[Sheet | Note | Remark | Text | Hidden]] = {
    "sheet": Sheet,
    "note": Note,
    "remark": Remark,
    "text": Text,
    "hidden": Hidden,
}


def _items(line: bytes) -> Iterator[Item]:
    kind, *values = json.loads(line)
    if kind == "rows":
        sheet, rows = values
        for number, cells in rows:
            yield Row(sheet, number, cells)
    elif kind == "problem":
        raise Unreadable(values[0])
    else:
        yield KINDS[kind](*values)
