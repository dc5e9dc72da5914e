"""A zip of logs: each file in it is evidence of its own, with its own hash."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import IO

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile

from breaches.downloads import intake, zips
from breaches.downloads.intake import AlreadyImported, LogImport, NotALog
from breaches.downloads.models import LogSource
from breaches.downloads.streams import Packing
from breaches.evidence.actions import EmptyFile
from breaches.evidence.models import Evidence
from breaches.vault import files

MOST_FILES, MOST_BYTES = 500, 8_000_000_000
OFFICE = "[Content_Types].xml"


class Member(UploadedFile):
    """One file of a zip, unpacked while it is read."""

    def __init__(self, packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        super().__init__(file=None, name=info.filename.rpartition("/")[2], size=info.file_size)
        self.packed, self.info, self.packing = packed, info, Packing()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the plain bytes as far as they can be unpacked. Raises NotALog."""
        try:
            yield from zips.pieces(self.packed, self.info, self.packing)
        except zips.Closed as fault:
            raise NotALog(f"A file in the zip: {fault}") from fault


def is_zip(evidence: Evidence) -> bool:
    """Say whether a stored file is a zip by its first bytes."""
    return next(files.chunks(evidence.file), b"").startswith(zips.MAGIC)


def logs_of(zipped: Evidence, order: LogImport, *, by: User, at: datetime) -> list[LogSource]:
    """Take in each log of a stored zip, and pass over what is none or was imported before.

    Raises AlreadyImported, NoRoom, NotALog.
    """
    with closing(files.seekable(zipped.file)) as file:
        made, known, others = [], 0, 0
        packed = _opened(file)
        for info in _members(packed):
            member = Member(packed, info)
            one = replace(order, upload=member)
            try:
                evidence = intake.keep(order.exposure.incident, one, by=by, at=at)
                one = replace(one, damage=member.packing.damage)
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
        return zips.opened(file)
    except zips.Closed as fault:
        raise NotALog(f"{fault} Ask for it again, or upload the logs one by one.") from fault


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
