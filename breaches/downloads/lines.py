"""A block of whole lines, and where each of them ends. Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

LINE_END = 10


class Piece(NamedTuple):
    """Some lines that follow one another: where in the block, and how many."""

    start: int
    stop: int
    lines: int


class Held(NamedTuple):
    """One line of a block: its number and where it begins, both from 0, and what it says."""

    number: int
    start: int
    text: bytes


class Lines:
    """The lines of one block; a last one without an end is a line that is not ended."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.is_end = np.frombuffer(text, np.uint8) == LINE_END
        self.ended = int(np.count_nonzero(self.is_end))

    def line_at(self, start: int) -> bytes:
        """Return the line that begins at offset `start`, without its end."""
        stop = self.text.find(b"\n", start)
        return self.text[start : stop if stop >= 0 else len(self.text)]

    @property
    def last_line(self) -> bytes:
        """Return the last line without its end."""
        return self.line_at(self.text.rfind(b"\n", 0, max(len(self.text) - 1, 0)) + 1)

    def pieces(self, lines: int) -> Iterator[Piece]:
        """Yield the block in pieces of about so many lines."""
        whole, start, left = len(self.text), 0, self.ended
        size = whole * lines // max(self.ended, 1) if lines > 1 else 1
        while start < whole:
            stop = self.text.find(b"\n", start + max(size, 1) - 1) + 1 or whole
            # The last piece has what the others left: it need not be counted.
            count = left if stop == whole else int(np.count_nonzero(self.is_end[start:stop]))
            yield Piece(start, stop, max(count, 1))
            start, left = stop, left - count

    def holding(self, offsets: Iterable[int]) -> Iterator[Held]:
        """Yield each line that holds one of `offsets`, in order, without its end."""
        number = after = 0  # the lines before `after` are counted
        for offset in sorted(offsets):
            if offset < after:
                continue
            start = self.text.rfind(b"\n", 0, offset) + 1
            if start > after:
                number += int(np.count_nonzero(self.is_end[after:start]))
            line = self.line_at(start)
            yield Held(number, start, line)
            number, after = number + 1, start + len(line) + 1
