"""One line of an Apache or nginx access log, common or combined format, read strictly. Pure.

Sources: Apache mod_log_config, "Common Log Format", "Combined Log Format"; nginx
ngx_http_log_module, predefined format "combined".
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple

NAMES = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
MONTHS = {name: number for number, name in enumerate(NAMES, 1)}
TIME = rb"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})"
QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'  # each byte can match in one way only: linear
LINE = re.compile(
    rb'([^\["]{5,600}) \[(' + TIME + rb")\] " + QUOTED + rb" (\d{3}) (\d{1,18}|-)"
    rb"(?: " + QUOTED + rb" " + QUOTED + rb"(?: .*)?)? ?",
    re.S,
)
STAMP = re.compile(rb"\[" + TIME + rb"\]")
REQUEST = re.compile(r"([A-Za-z][A-Za-z_-]{0,31}) (.+?)(?: (HTTP/\d(?:\.\d)?))?", re.S)
ESCAPE = re.compile(rb'\\(?:x([0-9A-Fa-f]{2})|(["\\bfnrtv\']))')
PLAIN = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


class NotALine(Exception):
    """The line is not of this format; the text says where it stops being so."""


class Request(NamedTuple):
    """What one line says."""

    address: str
    user: str
    at: datetime
    zone: str
    method: str
    target: str
    status: int
    sent: int | None
    referer: str
    agent: str


def parse(line: bytes) -> Request:
    """Return what `line` says.

    Raises NotALine, for the whole line or nothing is understood.
    """
    found = LINE.fullmatch(line.rstrip())
    if found is None:
        raise NotALine("shape")
    head, _, *moment, request, status, sent, referer, agent = found.groups()
    asked = REQUEST.fullmatch(_text(request))
    if asked is None:
        raise NotALine("request")
    address, user = _who(head.split(b" "))
    return Request(
        address=address,
        user=user,
        at=_instant(*moment),
        zone=moment[-1].decode(),
        method=asked[1].upper(),
        target=asked[2],
        status=int(status),
        sent=None if sent == b"-" else int(sent),
        referer=_text(referer or b"-"),
        agent=_text(agent or b"-"),
    )


def stamp(line: bytes) -> int | None:
    """Return the time of `line` in seconds since 1970 if it has one, without reading the rest."""
    found = STAMP.search(line)
    if found is None:
        return None
    try:
        return int(_instant(*found.groups()).timestamp())
    except NotALine:
        return None


def first_word(line: bytes) -> str:
    """Return what stands where a client's address should be in a line that does not parse."""
    return line[:200].split(b" ", 1)[0].decode("latin-1")


def _who(words: list[bytes]) -> tuple[str, str]:
    """Return (address, user) from the words before the time; vhost_combined has one more."""
    texts = [word.decode("latin-1") for word in words]
    if len(texts) > 3 and not _is_address(texts[0]) and _is_address(texts[1]):
        del texts[0]
    if len(texts) < 3 or not texts[0]:
        raise NotALine("client")
    return texts[0], " ".join(texts[2:])


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _instant(day: bytes, month: bytes, year: bytes, *clock: bytes) -> datetime:
    try:
        midnight = _midnight(int(year), MONTHS[month.decode()], int(day), clock[3])
        hour, minute, second = (int(part) for part in clock[:3])
        if hour > 23 or minute > 59 or second > 60:
            raise NotALine("time")
        return midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    except (KeyError, ValueError, OverflowError) as fault:
        raise NotALine("time") from fault


@lru_cache(maxsize=512)
def _midnight(year: int, month: int, day: int, zone: bytes) -> datetime:
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    offset = timezone(-ahead if zone.startswith(b"-") else ahead)
    return datetime(year, month, day, tzinfo=offset).astimezone(UTC)


def _text(field: bytes) -> str:
    plain = ESCAPE.sub(_unescape, field) if b"\\" in field else field
    return plain.decode("utf-8", "replace")


def _unescape(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 16)])
    return PLAIN.get(found[2], found[2])
