"""A zip of logs: each file in it is evidence of its own, with its own hash."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import IO

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile

from breaches.downloads import intake
from breaches.downloads.intake import AlreadyImported, LogImport, NotALog
from breaches.downloads.models import LogSource
from breaches.evidence.actions import EmptyFile
from breaches.evidence.models import Evidence
from breaches.vault import files

MAGIC = b"PK\x03\x04"
MOST_FILES, MOST_BYTES = 500, 8_000_000_000
OFFICE = "[Content_Types].xml"
PIECE = 1024 * 1024


class Member(UploadedFile):
    """One file of a zip, unpacked while it is read."""

    def __init__(self, packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        super().__init__(file=None, name=info.filename.rpartition("/")[2], size=info.file_size)
        self.packed, self.info = packed, info

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the plain bytes. Raises NotALog where they cannot be unpacked."""
        try:
            with self.packed.open(self.info) as file:
                while piece := file.read(PIECE):
                    yield piece
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as fault:
            raise NotALog(f"A file in the zip cannot be unpacked: {fault}.") from fault


def is_zip(evidence: Evidence) -> bool:
    """Say whether a stored file is a zip by its first bytes."""
    return next(files.chunks(evidence.file), b"").startswith(MAGIC)


def logs_of(zipped: Evidence, order: LogImport, *, by: User, at: datetime) -> list[LogSource]:
    """Take in each log of a stored zip, and pass over what is none or was imported before.

    Raises AlreadyImported, NoRoom, NotALog.
    """
    with closing(files.seekable(zipped.file)) as file:
        made, known, others = [], 0, 0
        packed = _opened(file)
        for info in _members(packed):
            one = replace(order, upload=Member(packed, info))
            try:
                evidence = intake.keep(order.exposure.incident, one, by=by, at=at)
                made.append(intake.log_of(evidence, one, by=by, at=at))
            except AlreadyImported:
                known += 1
            except (NotALog, EmptyFile):
                others += 1
    if not made and known:
        raise AlreadyImported("Every log in this zip was imported before; nothing was done.")
    if not made:
        raise NotALog(f"None of the {others} files in this zip is a log. It is kept as evidence.")
    return made


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile as fault:
        raise NotALog(
            "The zip is damaged or cut off. Ask for it again, or upload the logs one by one."
        ) from fault


def _members(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [info for info in packed.infolist() if not info.is_dir()]
    if any(info.filename == OFFICE for info in found):
        raise NotALog("The file is an Office document, not a log.")
    if len(found) > MOST_FILES or sum(info.file_size for info in found) > MOST_BYTES:
        raise NotALog(
            f"The zip holds more than {MOST_FILES} files or {MOST_BYTES // 10**9} GB. Unpack it "
            "and upload the logs, each packed by gzip."
        )
    return sorted(found, key=lambda info: info.filename)
