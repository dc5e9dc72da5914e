"""The bytes of a text as letters, when their encoding shows itself late. Pure."""

import codecs
import io
import re

from breaches.leaks.containers import Readable, Stream
from breaches.leaks.encodings import guessed

AHEAD = 1 << 16
NOT_ASCII = re.compile(rb"[\x80-\xff]")


class Undecided(Stream):
    """Bytes whose encoding shows at the first that is not ASCII; from there they become UTF-8."""

    def __init__(self, file: Readable) -> None:
        super().__init__()
        self._file, self.encoding = file, "utf-8"
        self._ahead: io.BytesIO | None = None
        self._decoder: codecs.IncrementalDecoder | None = None

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        if self._ahead is None:
            plain = self._file.read(size)
            first = None if plain.isascii() else NOT_ASCII.search(plain)
            if first is None:
                return plain
            self._decide(plain[first.start() :])
            if first.start():
                return plain[: first.start()]
        return self._decided(size)

    def _decide(self, rest: bytes) -> None:
        rest += self._file.read(AHEAD)
        self._ahead, self.encoding = io.BytesIO(rest), guessed(rest)
        if self.encoding != "utf-8":
            self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")

    def _decided(self, size: int) -> bytes:
        if self._decoder:
            # A letter of one byte may take three, and one may be left over.
            size = max(1, size // 4)
        plain = (self._ahead.read(size) if self._ahead else b"") or self._file.read(size)
        return self._decoder.decode(plain, not plain).encode() if self._decoder else plain
