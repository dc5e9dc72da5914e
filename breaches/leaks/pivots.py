"""The rows that a pivot table keeps of its source, even when the source is gone. Pure."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from breaches.leaks.containers import BROKEN
from breaches.leaks.lines import Line, Numbered, pivot_cache, tidy

CHUNK = 1 << 18
DEFINITION = re.compile(r"xl/pivotCache/pivotCacheDefinition\d*\.xml")
TARGET = re.compile(rb'Target="([^"]*pivotCacheRecords[^"]*)"')
VALUES = {"s", "n", "d", "b", "e", "m"}


@dataclass
class Cache:
    """The fields of one pivot cache, each with the values its records point to."""

    fields: list[str] = field(default_factory=list)
    shared: list[list[str]] = field(default_factory=list)


class Refusal(Exception):
    """The XML declares entities, which no spreadsheet needs."""


DAMAGED = (expat.ExpatError, Refusal, LookupError, *BROKEN)


def pivot_lines(archive: zipfile.ZipFile, first: int) -> Iterator[Line]:
    """Yield each pivot cache as a sheet, numbered from `first`; a damaged one is noted."""
    for number, name in enumerate(filter(DEFINITION.fullmatch, archive.namelist()), first):
        yield from pivot_cache(number, number - first + 1, _saved(archive, name), DAMAGED)


def _saved(archive: zipfile.ZipFile, name: str) -> Iterator[Numbered]:
    yield from rows(archive, records_of(archive, name), definition(archive, name))


def definition(archive: zipfile.ZipFile, name: str) -> Cache:
    """Return the fields of a cache. Raises ExpatError, Refusal, KeyError."""
    cache, path = Cache(), []

    def start(tag: str, attributes: dict[str, str]) -> None:
        path.append(tag)
        if tag == "cacheField" and attributes.get("databaseField") != "0":
            cache.fields.append(attributes.get("name", ""))
            cache.shared.append([])
        elif path[-2:-1] == ["sharedItems"] and tag in VALUES and cache.shared:
            cache.shared[-1].append(_plain(tag, attributes))

    def end(_: str) -> None:
        path.pop()

    for _ in _parsed(archive, name, start, end):
        pass
    return cache


def rows(archive: zipfile.ZipFile, name: str, cache: Cache) -> Iterator[Numbered]:
    """Yield a header as row 1 and the records after it, as far as they were saved."""
    yield 1, tidy(list(cache.fields))
    if name in archive.namelist():
        for number, cells in enumerate(_records(archive, name, cache), 2):
            if texts := tidy(cells):
                yield number, texts


def _records(archive: zipfile.ZipFile, name: str, cache: Cache) -> Iterator[list[str]]:
    found: list[list[str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "r":
            found.append([])
        elif found and tag == "x":
            found[-1].append(cache.shared[len(found[-1])][int(attributes["v"])])
        elif found and tag in VALUES:
            found[-1].append(_plain(tag, attributes))

    for is_last in _parsed(archive, name, start, lambda _: None):
        ripe = found[:] if is_last else found[:-1]
        del found[: len(ripe)]
        yield from ripe


def records_of(archive: zipfile.ZipFile, name: str) -> str:
    """Return where the records of a cache are, by its relations, else by its own name."""
    folder, file = posixpath.split(name)
    relations = f"{folder}/_rels/{file}.rels"
    if relations in archive.namelist() and (target := TARGET.search(archive.read(relations))):
        found = target[1].decode("ascii", "replace")
        return found.lstrip("/") if found.startswith("/") else posixpath.join(folder, found)
    return name.replace("Definition", "Records")


def _parsed(
    archive: zipfile.ZipFile,
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
) -> Iterator[bool]:
    """Parse a member piece by piece; yield whether it was the last."""
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartElementHandler = lambda tag, more: start(tag.rpartition(":")[2], more)
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(name) as file:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk, False)
            yield False
        parser.Parse(b"", True)
        yield True


def _refuse(*_: object) -> None:
    raise Refusal


def _plain(tag: str, attributes: dict[str, str]) -> str:
    value = attributes.get("v", "")
    if tag == "d":
        return value.removesuffix("T00:00:00").replace("T", " ")
    return value.removesuffix(".0") if tag == "n" else value
