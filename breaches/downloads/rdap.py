"""Who holds an address by the registries, asked over RDAP. Pure: no database.

Asking tells a registry which address is looked for, so nothing is asked unless the operator
says where (RDAP_URL). Sources: RFC 7480 (how to ask), RFC 9082 (what), RFC 9083 (the answer),
RFC 7095 (jCard).
"""

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import quote
from urllib.request import Request, build_opener

from breaches.downloads.addresses import plain

LONGEST = 1_000_000
KIND = "application/rdap+json"
DEEPEST = 4  # entities inside entities


class NoAnswer(Exception):
    """The registry gave nothing that can be used; the text is a key into PROBLEMS."""


PROBLEMS = {
    "silent": "the registry could not be reached, or took too long",
    "not RDAP": "what came back is no answer in RDAP",
    "other": "what came back is about another network",
}


class Reply(NamedTuple):
    """What came back, byte for byte, and from which address after redirections."""

    text: str
    url: str


class Holder(NamedTuple):
    """What a reply says about the network."""

    name: str = ""
    span: str = ""
    country: str = ""
    registrant: str = ""
    abuse: tuple[str, ...] = ()  # a name, mail addresses, telephone numbers


def ask(base: str, address: str, *, seconds: float) -> Reply:
    """Return what the registry at `base` answers about `address`. Raises NoAnswer."""
    url = f"{base.rstrip('/')}/ip/{quote(address.partition('/')[0], safe=':')}"
    asked = Request(url, headers={"Accept": KIND})  # noqa: S310  (the operator's own setting)
    try:
        with build_opener().open(asked, timeout=seconds) as answer:
            text = answer.read(LONGEST + 1).decode("utf-8")
            reply = Reply(text, answer.geturl())
    except UnicodeDecodeError as fault:
        raise NoAnswer("not RDAP") from fault
    except (OSError, HTTPException, ValueError) as fault:
        raise NoAnswer("silent") from fault
    _check(reply.text, address)
    return reply


def holder(text: str) -> Holder:
    """Return what the reply `text` says. Raises NoAnswer."""
    row = _object(text)
    entities = list(_entities(row, DEEPEST))
    registrant = next((_card(one) for one in entities if "registrant" in _roles(one)), {})
    abuse = next((_card(one) for one in entities if "abuse" in _roles(one)), {})
    return Holder(
        name=_text(row.get("name")),
        span=f"{_text(row.get('startAddress'))} to {_text(row.get('endAddress'))}",
        country=_text(row.get("country")),
        registrant=" ".join(registrant.get("fn", [])),
        abuse=tuple(text for name in ("fn", "email", "tel") for text in abuse.get(name, [])),
    )


def _check(text: str, address: str) -> None:
    row, sought = _object(text), plain(address.partition("/")[0])
    first, last = plain(_text(row.get("startAddress"))), plain(_text(row.get("endAddress")))
    if not (sought and first and last) or not first.version == sought.version == last.version:
        raise NoAnswer("not RDAP")
    if not int(first) <= int(sought) <= int(last):
        raise NoAnswer("other")


def _object(text: str) -> Mapping[str, Any]:
    try:
        row = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise NoAnswer("not RDAP")
    return row


def _entities(row: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    rows = row.get("entities")
    for one in rows if isinstance(rows, list) else ():
        if isinstance(one, dict):
            yield one
            if depth:
                yield from _entities(one, depth - 1)


def _roles(one: Mapping[str, Any]) -> list[Any]:
    roles = one.get("roles")
    return roles if isinstance(roles, list) else []


def _card(one: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the texts of a jCard by the names of its properties."""
    card, found = one.get("vcardArray"), dict[str, list[str]]()
    rows = card[1] if isinstance(card, list) and len(card) > 1 else ()
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) > 3 and isinstance(row[0], str):
            found.setdefault(row[0].lower(), []).append(_text(row[3]).removeprefix("tel:"))
    return found


def _text(value: Any) -> str:
    return value[:300] if isinstance(value, str) else ""
