"""The sealed file store: streamed in, streamed out, never in the clear on disk."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from breaches.vault import keys, stream
from breaches.vault.models import SealedFile
from breaches.vault.sealing import derive
from breaches.vault.seekable import SeekableFile


def store(parts: Iterable[bytes], *, key_name: str) -> SealedFile:
    """Seal a file while it streams in, and return its saved row.

    The bytes are on the disk before the row exists. Raises OSError when the disk is full;
    nothing is left behind then.
    """
    row, digest, size = SealedFile(id=uuid4(), key_name=key_name), hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for part in parts:
            digest.update(part)
            size += len(part)
            yield part

    _write(_path(row), stream.sealed_chunks(_key(row), counted()))
    row.sha256, row.size = digest.hexdigest(), size
    row.save(force_insert=True)
    return row


def chunks(file: SealedFile) -> Iterator[bytes]:
    """Yield the plain bytes of a stored file, at most 1 MiB at a time.

    Raises Tampered, KeyDestroyed.
    """
    key = _key(file)
    with _path(file).open("rb") as sealed:
        yield from stream.opened_chunks(key, sealed)


def seekable(file: SealedFile) -> IO[bytes]:
    """Return the plain bytes of a stored file, to be read from any place; the caller closes it.

    Reading raises Tampered.
    """
    sealed = SeekableFile(_path(file).open("rb"), _key(file), file.size)
    return BufferedReader(sealed, stream.CHUNK)


def read(file: SealedFile) -> bytes:
    """Return all plain bytes of a stored file that is known to be small."""
    return b"".join(chunks(file))


def remove(file: SealedFile) -> None:
    """Delete the stored bytes; the row stays with its hash."""
    _path(file).unlink(missing_ok=True)


def _key(file: SealedFile) -> bytes:
    return derive(keys.data_key(file.key_name).files, f"file|{file.id}")


def _path(file: SealedFile) -> Path:
    name = file.id.hex
    return Path(settings.SEALED_DIR) / name[:2] / name


def _write(path: Path, parts: Iterable[bytes]) -> None:
    """Write beside, flush to the disk, then rename: a half file is never seen."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
