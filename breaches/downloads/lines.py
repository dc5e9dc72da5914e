"""A block of whole lines, and where each of them ends. Pure."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

LINE_END = 10


class Lines:
    """The lines of one block; a last one without an end counts as a line that is not ended."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.ends: NDArray[np.intp] = np.flatnonzero(np.frombuffer(text, np.uint8) == LINE_END)
        self.ended = len(self.ends)
        last = int(self.ends[-1]) + 1 if self.ended else 0
        self.count = self.ended + (last < len(text))

    def start(self, number: int) -> int:
        """Return the offset of line `number`, counted from 0; of the end after the last one."""
        if not number:
            return 0
        return int(self.ends[number - 1]) + 1 if number <= self.ended else len(self.text)

    def line(self, number: int) -> bytes:
        """Return line `number` without its end."""
        stop = int(self.ends[number]) if number < self.ended else len(self.text)
        return self.text[self.start(number) : stop]

    def holding(self, offsets: Iterable[int]) -> Iterator[int]:
        """Yield the number of each line that holds one of `offsets`, in order."""
        found = np.fromiter(offsets, np.intp)
        yield from map(int, np.unique(np.searchsorted(self.ends, found)))
