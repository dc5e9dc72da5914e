"""JSON and JSON lines as tables: one object a row, one key a column. Pure."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from breaches.leaks.envelopes import kept, opened

Table = Iterator[tuple[int, list[Any]]]
Numbered = Iterator[tuple[int, Any]]
BLANK = re.compile(r"[\s,]*")
# What may follow the first bracket; a short list with more behind it is the heading of a CSV.
BEGINS = re.compile(
    r'\s*(?:\{\s*(?:["}]|\Z)'
    r'|(?!\[[^\[\]{}\n]*\][^\S\n]*\S)\[\s*(?:[\[{"\]\d-]|true|false|null|NaN|\Z))'
)
# Whole numbers stay as they are written: an A-number is no quantity, whatever its length.
DECODER = json.JSONDecoder(object_pairs_hook=kept, parse_int=str)


def is_json(text: str) -> bool:
    """Say whether a text begins as JSON does."""
    return BEGINS.match(text) is not None


def tables(text: str) -> Iterator[tuple[str, Table]]:
    """Yield the name and the rows of each table: of a list, of JSON lines, or of one object.

    A list and lines are gone through twice, so that only one object is in memory.
    Raises ValueError, which says where the text is no JSON.
    """
    if text.lstrip().startswith("["):
        yield "", rows(lambda: enumerate(_array(text), 1))
    elif len(first := list(islice(_values(text), 2))) > 1:
        yield "", rows(lambda: _values(text))
    else:
        for _, value in first:
            for name, values in opened(value):
                yield name, rows(partial(enumerate, values, 1))


def rows(again: Callable[[], Numbered]) -> Table:
    """Yield a header as row 0 and the objects as rows; a value inside a value gets a dotted header.

    Lists in a list are rows as they stand. Raises ValueError.
    """
    header: dict[str, None] = {}
    are_lists = True
    for _, value in again():
        are_lists = are_lists and isinstance(value, list)
        header.update(dict.fromkeys(flat(value)))
    if are_lists:
        yield from ((number, [_plain(cell) for cell in value]) for number, value in again())
        return
    yield 0, list(header)
    for number, value in again():
        values = flat(value)
        yield number, [values.get(key, "") for key in header]


def flat(value: Any, prefix: str = "") -> dict[str, Any]:
    """Return a value as one level of keys, each with a plain value."""
    if not isinstance(value, dict):
        return {prefix or "value": _plain(value)}
    pairs: list[tuple[str, Any]] = []
    for key, inner in value.items():
        name = f"{prefix}.{key}" if prefix else key
        pairs += flat(inner, name).items() if isinstance(inner, dict) else [(name, _plain(inner))]
    return kept(pairs)


def _values(text: str) -> Numbered:
    """Yield each value of JSON lines, or of objects one after the other, with its line."""
    place, line, seen = 0, 1, 0
    while (place := _end(BLANK.match(text, place))) < len(text):
        line, seen = line + text.count("\n", seen, place), place
        value, place = DECODER.raw_decode(text, place)
        yield line, value


def _array(text: str) -> Iterator[Any]:
    place = text.index("[") + 1
    while True:
        place = _end(BLANK.match(text, place))
        if text[place : place + 1] == "]":
            if text[place + 1 :].strip():
                raise ValueError("there is more after the end of the list")
            return
        value, place = DECODER.raw_decode(text, place)
        yield value


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(_plain(one)) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value
