"""JSON and JSON lines as a table: one object a row, one key a column. Pure."""

import json
from collections.abc import Iterator
from typing import Any

Table = Iterator[tuple[int, list[Any]]]


def is_json(text: str) -> bool:
    """Say whether a text begins as JSON does."""
    return text[:1000].lstrip()[:1] in {"{", "["}


def objects(text: str) -> Iterator[tuple[int, Any]]:
    """Yield each value of a JSON array, or of JSON lines, with its number or its line.

    Raises ValueError, which says where the text is no JSON.
    """
    if text.lstrip().startswith("["):
        yield from enumerate(json.loads(text), 1)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as broken:
                raise ValueError(f"line {number}: {broken}") from broken


def rows(text: str) -> Table:
    """Yield a header as row 0 and the objects as rows; a value inside a value gets a dotted header.

    Raises ValueError.
    """
    found = [(number, flat(value)) for number, value in objects(text)]
    header = list(dict.fromkeys(key for _, values in found for key in values))
    yield 0, header
    for number, values in found:
        yield number, [values.get(key, "") for key in header]


def flat(value: Any, prefix: str = "") -> dict[str, Any]:
    """Return a value as one level of keys, each with a plain value."""
    if not isinstance(value, dict):
        return {prefix or "value": _plain(value)}
    pairs = [(f"{prefix}.{key}" if prefix else key, inner) for key, inner in value.items()]
    return {key: plain for name, inner in pairs for key, plain in flat(inner, name).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(_plain(one)) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value
