"""Reading files of this machine, without a database: each is read once. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import IO

from breaches.downloads import clients, grades, streams, zips
from breaches.downloads.counting import Window
from breaches.downloads.coverage import Coverage
from breaches.downloads.evidence_pass import Cursor, Hit, steps
from breaches.downloads.formats import choice
from breaches.downloads.formats.line import Format
from breaches.downloads.locators import Locator
from breaches.downloads.unread import MOST_KEPT, Ends

CHUNK = 64 * 1024
FIRST = 256 * 1024
ZIP = streams.OTHERS[zips.MAGIC]


@dataclass(frozen=True)
class Question:
    """What is asked of the files."""

    place: Locator
    posted: grades.Posted
    window: Window
    known: Sequence[clients.KnownNetwork] = ()
    format_said: str = ""
    network_table: str = ""
    crawler_ranges: str = ""
    at: datetime | None = None  # when it is asked: no line can be later


@dataclass
class FileFound:
    """What one file is and holds."""

    path: str
    size: int = 0
    lines: int = 0
    sha256: str = ""
    packing: str = "plain"
    damage: str = ""
    problem: str = ""
    format: Format | None = None
    coverage: Coverage = field(default_factory=Coverage)
    hits: list[Hit] = field(default_factory=list)
    unread: int = 0  # lines for a person, also those of which the text was not kept

    @property
    def not_kept(self) -> int:
        """Return how many lines for a person were only counted."""
        return max(0, self.unread - MOST_KEPT)

    def keep(self, hits: Iterable[Hit]) -> None:
        """Take in what a step brought."""
        for hit in hits:
            self.unread += bool(hit.problem)
            if not hit.problem or self.unread <= MOST_KEPT:
                self.hits.append(hit)


def read_files(paths: Iterable[Path], question: Question) -> list[FileFound]:
    """Read every file once, and each member of a zip file."""
    return [found for path in paths for found in _read_path(path, question)]


def _read_path(path: Path, question: Question) -> Iterator[FileFound]:
    with path.open("rb") as file:
        if file.seekable() and zips.is_zip(file):
            yield from _members(path, file, question)
            return
        found = _read(str(path), _chunks(file), question)
        if found.packing == ZIP:
            found.problem = "A zip cannot be read from a pipe: name the file itself."
        yield found


def _members(path: Path, file: IO[bytes], question: Question) -> Iterator[FileFound]:
    try:
        packed = zips.opened(file)
    except zips.Closed as fault:
        file.seek(0)
        yield replace(_read(str(path), _chunks(file), question), problem=str(fault))
        for found in zips.loose(file):
            yield _read_member(f"{path}!{found.name}", found.pieces, found.packing, question)
        return
    for info in packed.infolist():
        name = f"{path}!{info.filename}"
        if info.is_dir():
            continue
        packing = streams.Packing()
        try:
            yield _read_member(name, zips.pieces(packed, info, packing), packing, question)
        except zips.Closed as fault:
            yield FileFound(name, problem=str(fault))


def _read_member(
    name: str, stored: Iterator[bytes], packing: streams.Packing, question: Question
) -> FileFound:
    found = _read(name, stored, question)
    found.damage = found.damage or packing.damage
    if found.damage and not found.size:
        found.problem = ""  # it is not empty; the damage is said
    return found


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _read(name: str, stored: Iterator[bytes], question: Question) -> FileFound:
    found, digest, packing = FileFound(name), sha256(), streams.Packing()

    def chunks() -> Iterator[bytes]:
        for chunk in stored:
            digest.update(chunk)
            found.size += len(chunk)
            yield chunk

    rest = chunks()
    first = next(rest, b"")
    found.packing = streams.packing_of(first)
    if found.packing not in streams.PACKINGS:
        found.problem = f"The file is {found.packing}, not a log."
    else:
        stream = chain([first] if first else [], rest)
        _search(found, streams.unpack(stream, packing), packing, question)
    for _ in rest:
        pass  # the hash is of the whole file
    found.sha256, found.damage = digest.hexdigest(), packing.damage
    return found


def _search(
    found: FileFound, text: Iterator[bytes], packing: streams.Packing, question: Question
) -> None:
    held = list(_first_of(text))
    first = b"".join(held)
    known = _format(question.format_said, first)
    if not first:
        # What is cut off before its first line is no empty file; the damage is said.
        found.problem = "" if packing.damage else "The file is empty."
    elif known is None or not choice.reads_any(known, first):
        found.problem = "None of its first 200 lines is written in a known or the given format."
    # Read on all the same: every line that could be about the file goes to a person.
    known = known or choice.KNOWN[0]
    found.format, found.coverage = known, replace(found.coverage, stamp=known.stamp)
    ends = Ends(chain(_emptied(held), text))
    for step in steps(ends, question.place, known, Cursor(), found.coverage):
        found.keep(step.hits)
        found.lines = step.cursor.lines
        if streams.is_bomb(packing.taken, step.cursor.offset):
            found.problem = "It unpacks to more than 400 times its size; nothing more was read."
            return
    found.lines += not ends.at_line_end


def _first_of(text: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    while size < FIRST and (piece := next(text, b"")):
        size += len(piece)
        yield piece


def _emptied(held: list[bytes]) -> Iterator[bytes]:
    """Yield the pieces and let each go, so that they do not stay in memory."""
    while held:
        yield held.pop(0)


def _format(said: str, first: bytes) -> Format | None:
    if said:
        return choice.in_force(said, first)
    guess = choice.guessed(first)
    return guess.format if guess else None
