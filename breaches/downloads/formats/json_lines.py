"""Logs of one JSON object a line, with a table that says which key means what. Pure.

A mapping file is a JSON object of our names and the paths of theirs: {"address": "client.ip"}.
"""

import json
from collections.abc import Mapping
from typing import Any

from breaches.downloads.formats.aborts import left_early
from breaches.downloads.formats.compiled import INSTEAD, NEEDED, Unusable
from breaches.downloads.formats.fields import request_of
from breaches.downloads.formats.json_keys import NOTES, OURS, SERVICES, Paths
from breaches.downloads.formats.line import Format, NotALine, Request, stamp_by


def json_lines(name: str, paths: Paths) -> Format:
    """Return the Format of JSON lines whose keys lie at `paths`. Raises Unusable."""
    _check(paths)
    split = {ours: tuple(path.split(".")) for ours, path in paths.items()}

    def parse(line: bytes) -> Request:
        return _parse(line, name, split)

    return Format(name, parse, stamp_by(parse), frozenset(_notes(name, paths)))


def _check(paths: Paths) -> None:
    missing = [words for key, words in NEEDED.items()
               if not set(paths) & {key, *INSTEAD.get(key, ())}]  # fmt: skip
    if missing or not set(paths) & {"request", "target"}:
        raise Unusable(f"The mapping lacks {', '.join(missing) or 'the request'}.")
    if unknown := set(paths) - OURS:
        names = ", ".join(sorted(unknown))
        raise Unusable(f"The mapping has names that mean nothing here: {names}.")


def _notes(name: str, paths: Paths) -> set[str]:
    notes = NOTES.get(name, set()) | (set() if "port" in paths else {"port"})
    if not set(paths) & {"sent", "wire"}:
        return notes | {"bytes"}
    return notes | (set() if "sent" in paths else {"headers"})


def _parse(line: bytes, service: str, split: Mapping[str, tuple[str, ...]]) -> Request:
    if not line.lstrip().startswith(b"{"):
        raise NotALine("shape")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise NotALine("shape") from fault
    values = {ours: text for ours, path in split.items() if (text := _at(row, path))}
    values["aborted"] = "1" if left_early(service, row, values) else ""
    values["part_of"] = _part_of(row, values)
    if not values.get("status"):
        raise NotALine("shape")
    if "date" in values:
        values["time"] = f"{values['date']} {values.get('time', '')}"
    return request_of(values)


BUILT_IN = [json_lines(name, paths) for name, paths in SERVICES.items()]


def mapping(text: str) -> Format:
    """Return the Format of a mapping file. Raises Unusable."""
    try:
        paths = json.loads(text)
    except ValueError as fault:
        raise Unusable("The mapping file is not JSON.") from fault
    if not isinstance(paths, dict) or not all(isinstance(path, str) for path in paths.values()):
        raise Unusable("The mapping file must be one object of texts.")
    return json_lines("JSON lines by the mapping file", paths)


def _part_of(row: Any, values: Mapping[str, str]) -> str:
    """Return the id of the visit that a request of a worker is a part of (Cloudflare), or ""."""
    found = values.get("part_of", "").lstrip("0")  # "00" is none
    return found or ("not named" if row.get("WorkerSubrequest") is True else "")


def _at(row: Any, path: tuple[str, ...]) -> str:
    """Return the text at a path; a key may hold dots itself, a number counts in a list."""
    for number, key in enumerate(path):
        rest = ".".join(path[number:])
        if isinstance(row, dict):
            if rest in row:
                return _text(row[rest])
            row = row.get(key)
        elif isinstance(row, list) and key.isdecimal():
            row = (row[int(key) :] or [None])[0]
        else:
            return ""
    return _text(row)


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)
