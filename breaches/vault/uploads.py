"""Uploads reach the disk sealed: each under a key that lives only as long as the request."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from breaches.errors import is_out_of_room
from breaches.vault import sealing, stream
from breaches.web import NoRoomLeft

PLACE = b"upload"
FRAME = 4  # bytes of length before each sealed piece


class SealedUpload(UploadedFile):
    """An upload in an unlinked, sealed temp file; read it with `chunks()`."""

    def __init__(self, sealed: IO[bytes], key: bytes, about: dict[str, Any]) -> None:
        super().__init__(file=sealed, **about)
        self._sealed, self._key = sealed, key

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the plain bytes from the beginning, at most 1 MiB at a time."""
        self._sealed.seek(0)
        while head := self._sealed.read(FRAME):
            sealed = self._sealed.read(int.from_bytes(head, "big"))
            yield sealing.unseal(self._key, sealed, PLACE)

    def multiple_chunks(self, chunk_size: int | None = None) -> bool:
        """Say that one `read` is not the way to take this file in."""
        return True

    def read(self, *args: Any) -> bytes:
        """Return all plain bytes; for small files only."""
        return b"".join(self.chunks())


class SealingUploadHandler(FileUploadHandler):
    """Seal each uploaded file as it streams in, and stop at UPLOAD_LIMIT bytes."""

    chunk_size = stream.CHUNK
    sealed: IO[bytes]

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803  (Django's name)
        """Refuse a body that says it is too long before any of it is read."""
        if content_length > settings.UPLOAD_LIMIT:
            raise too_long()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open an unlinked temp file, so that nothing stays behind after a kill.

        Raises NoRoomLeft.
        """
        super().new_file(*args, **kwargs)
        with _room():
            os.makedirs(settings.FILE_UPLOAD_TEMP_DIR, mode=0o700, exist_ok=True)
            self.sealed = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        self.key, self.taken = os.urandom(32), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal one piece; Django hands it on to nobody else. Raises NoRoomLeft."""
        self.taken += len(raw_data)
        if self.taken > settings.UPLOAD_LIMIT:
            self.sealed.close()
            raise too_long()
        sealed = sealing.seal(self.key, raw_data, PLACE)
        with _room(self.sealed):
            self.sealed.write(len(sealed).to_bytes(FRAME, "big") + sealed)

    def file_complete(self, file_size: int) -> SealedUpload:
        """Return the upload as the form will see it. Raises NoRoomLeft."""
        with _room(self.sealed):
            self.sealed.flush()
        about = {
            "name": self.file_name,
            "content_type": self.content_type,
            "size": file_size,
            "charset": self.charset,
        }
        return SealedUpload(self.sealed, self.key, about)


@contextmanager
def _room(sealed: IO[bytes] | None = None) -> Iterator[None]:
    """Close `sealed` and raise NoRoomLeft where the disk is full."""
    try:
        yield
    except OSError as fault:
        if not is_out_of_room(fault):
            raise
        if sealed is not None:
            with suppress(OSError):  # closing it writes what is left, which finds no room either
                sealed.close()
        raise NoRoomLeft("The disk is full; an upload was not taken in.") from fault


def too_long() -> RequestDataTooBig:
    """Return the refusal of an upload over UPLOAD_LIMIT."""
    return RequestDataTooBig(f"The upload is over {settings.UPLOAD_LIMIT // 1_000_000} MB.")
