"""A text file as rows, a line at a time, whatever its length. Pure."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from breaches.leaks import objects
from breaches.leaks.containers import Readable, Stream
from breaches.leaks.decoding import Undecided
from breaches.leaks.encodings import as_western, delimiter_of, encoding_of, errors_for
from breaches.leaks.lines import Line, Unreadable, note, pieces, remark, sheet, tidy, trimmed
from breaches.leaks.refusals import refuse_other_texts

SNIFFED = 1 << 16
csv.field_size_limit(1_000_000)


class Wish(NamedTuple):
    """How a person said that a text is to be read; "" is as it looks."""

    encoding: str = ""
    delimiter: str = ""


class Tape(Stream):
    """Bytes that are read once, with their beginning in sight."""

    def __init__(self, file: Readable) -> None:
        super().__init__()
        self._file, self.head = file, file.read(SNIFFED)
        self._first = io.BytesIO(self.head)

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        return self._first.read(size) or self._file.read(size)

    def all(self) -> bytes:
        """Return everything, for what cannot be read in one direction."""
        return self._first.read() + self._file.read()


class Remembered:
    """Lines, counted, with those of the record that is being read at hand."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self.number, self.first_bad = iter(lines), 0, 0
        self.record: list[str] = []
        # Told to the decoder, since it alone meets the bytes, and a look at each line costs more.
        codecs.register_error("western", self.mend)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.record.append(line)
        return line

    def mend(self, error: UnicodeError) -> tuple[str, int]:
        """Read what is no UTF-8 as Windows-1252, and remember the line of the first such byte."""
        mended = as_western(error)
        if not self.first_bad and isinstance(error, UnicodeDecodeError):
            before = error.object[: error.start]  # all lines before it have been read
            ends = max(before.count(b"\n"), before.count(b"\r"))
            self.first_bad = self.number + 1 + ends
        return mended


def text_lines(tape: Tape, wish: Wish) -> Iterator[Line]:
    """Yield the rows of a delimited text, of JSON or of JSON lines. Raises Unreadable."""
    encoding = wish.encoding or encoding_of(tape.head)
    start = tape.head.decode(encoding, "replace").removeprefix("\ufeff")
    refuse_other_texts(start)
    is_json = objects.is_json(start)
    delimiter = "" if is_json else wish.delimiter or delimiter_of(start)
    yield ["text", encoding, delimiter]
    source: Tape | Undecided = tape
    if not wish.encoding and encoding == "utf-8" and tape.head.isascii():
        source = Undecided(tape.buffered())
    if is_json:
        text = source.buffered().read().decode(encoding, "replace")
        yield from object_lines(text.removeprefix("\ufeff"))
    else:
        yield sheet(0, "")
        wrapped = io.TextIOWrapper(source.buffered(), encoding, errors_for(encoding), newline="")
        yield from record_lines(wrapped, delimiter)
    if isinstance(source, Undecided) and source.encoding != encoding:
        yield ["text", source.encoding, delimiter]


def record_lines(lines: Iterable[str], delimiter: str) -> Iterator[Line]:
    """Yield the records of a delimited text, each after what is doubtful in it.

    A row is numbered by the line it begins on.
    """
    doubtful: list[Line] = []
    source = Remembered(lines)

    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, cells, reason in records(source, delimiter):
            if texts := tidy(cells):
                if reason:
                    doubtful.append(note(0, number, 0, reason))
                yield number, texts

    for piece in pieces(0, rows()):
        yield from doubtful
        yield piece
        doubtful.clear()
    if source.first_bad:
        yield remark("not_utf8", source.first_bad)


def records(source: Remembered, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield (line, cells, reason) of each record.

    Where quotes do not close, each line is a row by itself, its quotes kept as letters, so that
    one stray mark swallows nothing.
    """
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            for number, line in enumerate(source.record, begins):
                yield number, line.rstrip("\r\n").split(delimiter), "broken_quotes"
            reader = csv.reader(source, delimiter=delimiter, strict=True)
        else:
            if begins > 1 or not (len(source.record) == 1 and _is_separator(source.record[0])):
                yield begins, cells, ""
        source.record.clear()
        begins = source.number + 1


def object_lines(text: str) -> Iterator[Line]:
    """Yield the tables of JSON or JSON lines. Raises Unreadable."""
    try:
        for number, (name, rows) in enumerate(objects.tables(text)):
            yield sheet(number, name)
            tidied = ((row, trimmed(cells)) for row, cells in rows)
            yield from pieces(number, (one for one in tidied if one[1]))
    except RecursionError as deep:
        raise Unreadable("The file begins like JSON, but is nested too deeply.") from deep
    except ValueError as broken:
        raise Unreadable(f"The file begins like JSON but is none ({broken}).") from broken


def _is_separator(line: str) -> bool:
    return bool(re.fullmatch(r"sep=.\s*", line))
