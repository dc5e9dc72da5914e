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
    """Return the addresses of a person's card: their own, the best first, then counsel's, then
    those of guardian, next of kin and the place of detention.

    An impounded address is never offered, nor an unsafe guardian.
    """
    return [*_own(inputs), *_counsel(inputs), *_others(inputs), *_facility(inputs)]


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


def _others(inputs: Mapping[str, Any]) -> Iterator[Place]:
    for code, words in (("guardian", "guardian"), ("next_of_kin", "next of kin")):
        name, lines = inputs.get(code, ""), inputs.get(f"{code}_lines", ())
        unsafe = code == "guardian" and inputs.get("guardian_is_unsafe")
        if name and lines and not unsafe:
            yield Place(code, ", ".join([words, name, *lines]), name, tuple(lines))


def _facility(inputs: Mapping[str, Any]) -> Iterator[Place]:
    place = inputs.get("custody")
    if place and place["lines"]:
        number = [place["number"]] if place["number"] else []
        lines = (*number, place["facility"], *place["lines"])
        yield Place("facility", ", ".join(["held at", *lines]), inputs["name"], lines)
