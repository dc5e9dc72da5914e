"""From the named fields of a line to a Request, whatever the format. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime

from breaches.downloads.formats import moments
from breaches.downloads.formats.forwarded import client_of
from breaches.downloads.formats.line import NotALine, Request

REQUEST = re.compile(r"([A-Za-z][A-Za-z_-]{0,31}) (.+?)(?: (HTTP/\d(?:\.\d)?))?", re.S)
CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(?:\d+|\*)")
EMPTY = ("", "-")
ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)\)?$")


def request_of(values: Mapping[str, str]) -> Request:
    """Return the Request of named texts.

    Names: address, forwarded (X-Forwarded-For), user, time, method, target, query, request,
    status, sent, wire (bytes with headers), referer, agent, port, aborted ("1"), content_range,
    start, end, other_target, visit, part_of.
    Raises NotALine.
    """
    method, target = _asked(values)
    peer = values.get("address", "")
    address = client_of(values["forwarded"], peer) if "forwarded" in values else peer
    if address in EMPTY:
        raise NotALine("client")
    return Request(
        address=address,
        user=values.get("user", "-"),
        at=_time(values.get("time", "")),
        zone=_zone(values.get("time", "")),
        method=method,
        target=target,
        status=_status(values.get("status", "")),
        sent=_sent(values),
        referer=values.get("referer", "-"),
        agent=values.get("agent", "-"),
        port=_number(values.get("port", "")) if address == peer else None,
        aborted=values.get("aborted", "") == "1",
        span=_span(values),
        visit=values.get("visit", ""),
        part_of=values.get("part_of", ""),
        forwarded=address != peer,
        other_target=values.get("other_target", ""),
    )


def asked(text: str) -> tuple[str, str]:
    """Return the method and target of a request line. Raises NotALine.

    Servers answer where more than one space stands between the parts, or after them.
    """
    found = REQUEST.fullmatch(text.strip(" "))
    if found is None:
        raise NotALine("request")
    return found[1].upper(), found[2].strip(" ")


def _asked(values: Mapping[str, str]) -> tuple[str, str]:
    if "request" in values:
        return asked(values["request"])
    target = values.get("target", "")
    if target in EMPTY:
        raise NotALine("request" if target else "shape")
    query = values.get("query", "").lstrip("?")
    if query not in EMPTY and "?" not in target:
        target = f"{target}?{query}"
    return values.get("method", "GET").upper() or "GET", target


def _time(text: str) -> datetime:
    text = text.strip("[]")
    if moments.EPOCH.fullmatch(text):
        return moments.epoch(text)
    raw = text.encode("utf-8", "replace")
    return moments.clf(raw) if "/" in text[:4] else moments.iso(raw)


def _zone(text: str) -> str:
    found = ZONE.search(text.strip("[]"))
    return found[1].replace(":", "").replace("Z", "+0000")[:5] if found else "+0000"


def _status(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text):
        raise NotALine("shape")
    return int(text)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,18}", text) else None


def _sent(values: Mapping[str, str]) -> int | None:
    """Return the bytes; where the body and the wire are both logged, no more than either."""
    counts = [_number(values.get(name, "")) for name in ("sent", "wire")]
    return min((count for count in counts if count is not None), default=None)


def _span(values: Mapping[str, str]) -> tuple[int, int] | None:
    found = CONTENT_RANGE.fullmatch(values.get("content_range", ""))
    start, end = found.groups() if found else (values.get("start", ""), values.get("end", ""))
    first, last = _number(start), _number(end)
    if first is None or last is None or last < first:
        return None
    return first, last + 1
