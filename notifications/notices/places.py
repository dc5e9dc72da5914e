"""Where a held notice could go, from the facts it was decided on. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Place(NamedTuple):
    """An address to choose, and what is known about it."""

    code: str
    words: str
    addressee: str
    lines: tuple[str, ...]


def places(inputs: Mapping[str, Any]) -> list[Place]:
    """Return the addresses of a person's card: their own, the best first, then counsel's.

    An impounded address is never offered.
    """
    return [*_own(inputs), *_counsel(inputs)]


def _own(inputs: Mapping[str, Any]) -> Iterator[Place]:
    for number, contact in enumerate(inputs["contacts"]):
        if contact["lines"] and not contact["is_impounded"]:
            marks = [
                mark
                for mark, holds in (
                    ("safe", contact["is_safe"]),
                    ("do not contact", contact["is_do_not_contact"]),
                )
                if holds
            ]
            words = ", ".join([*contact["lines"], *(f"({mark})" for mark in marks)])
            yield Place(f"contact-{number}", words, inputs["name"], tuple(contact["lines"]))


def _counsel(inputs: Mapping[str, Any]) -> Iterator[Place]:
    counsel = inputs["counsel"]
    if not counsel or not counsel["lines"]:
        return
    addressee = counsel["practitioner"] or counsel["organisation"]
    firm = [counsel["organisation"]] if counsel["organisation"] not in {"", addressee} else []
    lines = (*firm, *counsel["lines"])
    yield Place("counsel", ", ".join(["counsel", addressee, *lines]), addressee, lines)
