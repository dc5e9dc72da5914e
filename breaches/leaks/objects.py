"""JSON and JSON lines as a table: one object a row, one key a column. Pure."""

import json
import re
from collections.abc import Iterator
from typing import Any

Table = Iterator[tuple[int, list[Any]]]
BLANK = re.compile(r"[\s,]*")


def is_json(text: str) -> bool:
    """Say whether a text begins as JSON does."""
    return text[:1000].lstrip()[:1] in {"{", "["}


def objects(text: str) -> Iterator[tuple[int, Any]]:
    """Yield each value of a JSON array, or of JSON lines, with its number or its line.

    Raises ValueError, which says where the text is no JSON.
    """
    if text.lstrip().startswith("["):
        yield from enumerate(_array(text), 1)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as broken:
                raise ValueError(f"line {number}: {broken}") from broken


def rows(text: str) -> Table:
    """Yield a header as row 0 and the objects as rows; a value inside a value gets a dotted header.

    The text is gone through twice, so that only one object is in memory. Raises ValueError.
    """
    header = list(dict.fromkeys(key for _, value in objects(text) for key in flat(value)))
    yield 0, header
    for number, value in objects(text):
        values = flat(value)
        yield number, [values.get(key, "") for key in header]


def flat(value: Any, prefix: str = "") -> dict[str, Any]:
    """Return a value as one level of keys, each with a plain value."""
    if not isinstance(value, dict):
        return {prefix or "value": _plain(value)}
    pairs = [(f"{prefix}.{key}" if prefix else key, inner) for key, inner in value.items()]
    return {key: plain for name, inner in pairs for key, plain in flat(inner, name).items()}


def _array(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    place = text.index("[") + 1
    while True:
        place = _end(BLANK.match(text, place))
        if text[place : place + 1] == "]":
            if text[place + 1 :].strip():
                raise ValueError("there is more after the end of the list")
            return
        value, place = decoder.raw_decode(text, place)
        yield value


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(_plain(one)) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value
