"""One JSON object that wraps its lists, opened: each list is a table of its own. Pure."""

from collections import Counter
from collections.abc import Iterator
from typing import Any


def opened(value: Any, name: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield the name and the values of each list in an object; what stands beside them is a row."""
    if not isinstance(value, dict):
        yield name, [value]
        return
    if _is_by_key(value):
        yield name, [kept([("key", key), *inner.items()]) for key, inner in value.items()]
        return
    rest = {}
    for key, inner in value.items():
        path = f"{name}.{key}" if name else key
        if _is_list(inner):
            yield path, inner
        elif _wraps(inner):
            yield from opened(inner, path)
        else:
            rest[key] = inner
    if any(rest.values()):
        yield name, [rest]


def kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return pairs as an object; a key that comes again gets a number, so that no value is lost."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    again: Counter[str] = Counter()
    found = {}
    for key, value in pairs:
        name = key
        while name in found:
            again[key] += 1
            name = f"{key} ({again[key] + 1})"
        found[name] = value
    return found


def _is_list(value: Any) -> bool:
    """Say whether a value is a list of objects or of lists."""
    return isinstance(value, list) and bool(value) and {type(one) for one in value} in KINDS


KINDS = ({dict}, {list})


def _is_by_key(value: dict[str, Any]) -> bool:
    """Say whether an object holds like objects by key: they share a key with a plain value."""
    objects = [inner for inner in value.values() if isinstance(inner, dict)]
    if len(objects) < max(2, len(value)):
        return False
    shared = set.intersection(*(set(one) for one in objects))
    return any(not isinstance(one[key], (dict, list)) for key in shared for one in objects[:1])


def _wraps(value: Any) -> bool:
    """Say whether a value is an object with a list of rows somewhere inside."""
    return isinstance(value, dict) and (
        _is_by_key(value) or any(_is_list(one) or _wraps(one) for one in value.values())
    )
