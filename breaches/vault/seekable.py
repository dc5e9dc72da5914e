"""A stored file that can be read from any place, for formats whose contents stand at the end."""

from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from typing import IO, Any

from breaches.vault.stream import CHUNK, TAG, opened_chunk


class SeekableFile(RawIOBase):
    """The plain bytes of a sealed file; one chunk is open at a time."""

    def __init__(self, sealed: IO[bytes], key: bytes, size: int) -> None:
        """Read `sealed` under `key`; `size` in plain bytes."""
        self.sealed, self.key, self.size = sealed, key, size
        self.at, self.number, self.chunk = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        begin = {SEEK_SET: 0, SEEK_CUR: self.at, SEEK_END: self.size}[whence]
        self.at = max(0, begin + offset)
        return self.at

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as one chunk goes. Raises Tampered."""
        if self.at >= self.size:
            return 0
        self._open(self.at // CHUNK)
        place = self.at % CHUNK
        part = self.chunk[place : place + len(buffer)]
        buffer[: len(part)] = part
        self.at += len(part)
        return len(part)

    def close(self) -> None:
        self.sealed.close()
        super().close()

    def _open(self, number: int) -> None:
        if number != self.number:
            self.sealed.seek(number * (CHUNK + TAG))
            self.chunk = opened_chunk(self.key, number, self.sealed.read(CHUNK + TAG))
            self.number = number
