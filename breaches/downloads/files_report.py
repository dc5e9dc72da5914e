"""The whole evidence pass on files of this machine, without a database. Pure.

What the pages say of imported logs, said of files: each file, each client, the four counts,
and the warnings without which the numbers must not be printed.
"""

from __future__ import annotations

import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from breaches.downloads import addresses, cautions, clients, crawlers, grades, networks, streams
from breaches.downloads.counting import Window
from breaches.downloads.coverage import Coverage
from breaches.downloads.evidence_pass import Cursor, Hit, steps
from breaches.downloads.formats import choice
from breaches.downloads.formats.line import Format
from breaches.downloads.locators import Locator

CHUNK = 64 * 1024
FIRST = 256 * 1024
GAP = "At least. "


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


class Asked(NamedTuple):
    """One request for the file, by whom, and what it is worth."""

    hit: Hit
    client: addresses.Client
    kind: clients.Class
    worth: str
    place: str
    counts_headers: bool  # the bytes are those of the body and of the headers


def read_files(paths: Iterable[Path], question: Question) -> list[FileFound]:
    """Read every file once, and each member of a zip file."""
    found = []
    for path in paths:
        with path.open("rb") as file:
            if zipfile.is_zipfile(file):
                found += list(_members(path, question))
                continue
        with path.open("rb") as file:
            found.append(_read(str(path), file, question))
    return found


def _members(path: Path, question: Question) -> Iterator[FileFound]:
    with zipfile.ZipFile(path) as packed:
        for info in packed.infolist():
            name = f"{path}!{info.filename}"
            if info.is_dir():
                continue
            try:
                with packed.open(info) as file:
                    yield _read(name, file, question)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
                yield FileFound(name, problem=f"It cannot be unpacked: {fault}.")


def _read(name: str, file: IO[bytes], question: Question) -> FileFound:
    found, digest, packing = FileFound(name), sha256(), streams.Packing()

    def chunks() -> Iterator[bytes]:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            found.size += len(chunk)
            yield chunk

    rest = chunks()
    stored = next(rest, b"")
    found.packing = streams.packing_of(stored)
    if found.packing not in streams.PACKINGS:
        found.problem = f"The file is {found.packing}, not a log."
    else:
        _search(found, streams.unpack(_chain(stored, rest), packing), packing, question)
    for _ in rest:
        pass  # the hash is of the whole file
    found.sha256, found.damage = digest.hexdigest(), packing.damage
    return found


def _search(
    found: FileFound, text: Iterator[bytes], packing: streams.Packing, question: Question
) -> None:
    first, held = b"", []
    while len(first) < FIRST and (piece := next(text, b"")):
        held.append(piece)
        first += piece
    known = _format(question.format_said, first)
    if not first:
        found.problem = "The file is empty."
    elif known is None or not choice.reads_any(known, first):
        found.problem = "None of its first 200 lines is written in a known or the given format."
    # Read on all the same: every line that could be about the file goes to a person.
    known = known or choice.KNOWN[0]
    found.format, found.coverage = known, replace(found.coverage, stamp=known.stamp)
    pieces = _chain_all(held, text)
    for step in steps(pieces, question.place, known, Cursor(), found.coverage):
        found.hits += step.hits
        found.lines = step.cursor.lines
        if streams.is_bomb(packing.taken, step.cursor.offset):
            found.problem = "It unpacks to more than 400 times its size; nothing more was read."
            return


def _format(said: str, first: bytes) -> Format | None:
    if said:
        return choice.in_force(said, first)
    guess = choice.guessed(first)
    return guess.format if guess else None


def asked(files: Iterable[FileFound], question: Question) -> tuple[list[Asked], int]:
    """Return each request once, and how many lines an earlier file had already."""
    rows, seen, repeats = [], set(), 0
    for file in files:
        numbers: Counter[bytes] = Counter()
        for hit in file.hits:
            numbers[hit.raw] += 1
            key = (hit.raw, numbers[hit.raw])
            repeats += key in seen
            if key not in seen and hit.request and not hit.problem:
                rows.append(_asked(hit, file, question))
            seen.add(key)
    return rows, repeats


def _asked(hit: Hit, file: FileFound, question: Question) -> Asked:
    request = hit.request
    assert request is not None  # noqa: S101  (the caller has looked)
    worth = grades.worth(
        request.method,
        request.status,
        request.sent,
        question.posted,
        aborted=request.aborted,
        span=request.span,
    )
    kind = crawlers.classify(
        request.address, request.agent, question.known, question.crawler_ranges
    )
    return Asked(
        hit,
        addresses.client(request.address),
        kind,
        worth,
        question.window.place(request.at),
        file.format is not None and "headers" in file.format.notes,
    )


def by_client(rows: Iterable[Asked]) -> dict[tuple[str, str], list[Asked]]:
    """Return the requests of each client of each class, in order of the first."""
    found: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for row in rows:
        found[row.client.key, row.kind.code].append(row)
    return dict(found)


def warnings(files: Sequence[FileFound], rows: Sequence[Asked], question: Question) -> list[str]:
    """Return what must be said beside the numbers."""
    facts = [_facts(file, question) for file in files if file.format and not file.problem]
    found = [cautions.Caution(f"{file.path}: {file.problem}", is_gap=True)
             for file in files if file.problem]  # fmt: skip
    found += [row for log in facts for row in cautions.of_log(log, question.window)]
    found += cautions.of_coverage(facts, question.window)
    content = [row for row in rows if row.worth in grades.CONTENT]
    outside = [row.hit.request.at for row in content if row.place != "inside" and row.hit.request]
    kinds = {row.client.kind for row in rows}
    found += cautions.of_facts(question.window, question.posted.size, outside, kinds)
    if rows:
        first = rows[0].hit.request
        found += cautions.of_networks(networks.dated(question.network_table), first and first.at)
    texts = [f"{GAP}{row.text}" if row.is_gap else row.text for row in found]
    return [*dict.fromkeys(texts), *cautions.ALWAYS]


def _facts(file: FileFound, question: Question) -> cautions.LogFacts:
    notes = sorted(file.format.notes) if file.format else []
    zones = [hit.request.zone for hit in file.hits if hit.request]
    return cautions.LogFacts(
        file.path, file.damage, file.lines, file.coverage, notes, question.at, zones
    )


def moment(seconds: int | None) -> str | None:
    """Return a time as it is printed, UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _chain_all(held: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    while held:
        yield held.pop(0)
    yield from rest
