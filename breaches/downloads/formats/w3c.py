"""W3C extended logs: IIS, CloudFront and others that name their columns in the file. Pure.

The columns may change in the middle: each #Fields line begins a new format. Where no column holds
the date, the #Date line does (https://www.w3.org/TR/WD-logfile).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import unquote, unquote_plus

from breaches.downloads.formats.aborts import left_cloudfront
from breaches.downloads.formats.fields import request_of
from breaches.downloads.formats.line import Format, NotALine, Request
from breaches.downloads.formats.moments import stamp_any
from breaches.downloads.formats.w3c_day import Day, day_of

FIELDS, DATE = b"#Fields:", b"#Date:"
HEADERS = re.compile(rb"^(?:\xef\xbb\xbf)?(#Fields:|#Date:)[^\r\n]*", re.M)
NAMES = {
    "c-ip": "address",
    "c-port": "port",
    "x-forwarded-for": "forwarded",
    "cs(x-forwarded-for)": "forwarded",
    "cs-username": "user",
    "cs-method": "method",
    "cs-uri-stem": "target",
    "cs-uri": "target",
    "cs-uri-query": "query",
    "sc-status": "status",
    "sc-bytes": "wire",
    "cs(referer)": "referer",
    "cs(user-agent)": "agent",
    "sc-range-start": "start",
    "sc-range-end": "end",
}
# Windows: the network name is gone, the operation was cancelled, the client broke off.
BROKEN_OFF = {"64", "995", "1236"}
QUOTED = re.compile(rb'"(?:[^"]|"")*"|[^ ]+')


def w3c(said: bytes) -> Format:
    """Return the Format after the header lines `said`; of each kind the last one holds."""
    lines = {found[1]: found[0] for found in HEADERS.finditer(said)}
    names = lines.get(FIELDS, b"").partition(b":")[2].decode("latin-1")
    columns = names.lower().split()
    day = None if "date" in columns else day_of(lines.get(DATE, b""))
    said = b"\n".join(lines.values())

    def parse(line: bytes) -> Request:
        return _parse(line, columns, day)

    def follow(line: bytes) -> Format:
        return w3c(said + b"\n" + line)

    known = Format(_name(columns), parse, stamp_any, _notes(columns, day), HEADERS, said, follow)
    if not day or "time" not in columns:
        return known
    return replace(known, stamp=day.stamp(columns), hours=partial(day.hours, columns))


def _name(columns: Sequence[str]) -> str:
    return "CloudFront standard" if "x-edge-result-type" in columns else "W3C extended"


def _notes(columns: Sequence[str], day: Day | None) -> frozenset[str]:
    notes = set() if "c-port" in columns else {"port"}
    notes |= {"day"} if day else set()
    notes.add("headers" if "sc-bytes" in columns else "bytes")
    if "x-edge-result-type" in columns:
        notes.add("best_effort")
    return frozenset(notes)


def _parse(line: bytes, columns: Sequence[str], day: Day | None) -> Request:
    line = line.rstrip(b"\r\n")
    texts = line.split(b"\t") if b"\t" in line else QUOTED.findall(line)
    if not columns or len(texts) != len(columns):
        raise NotALine("shape")
    raw = {name: _plain(text) for name, text in zip(columns, texts, strict=True)}
    values = {NAMES[name]: text for name, text in raw.items() if name in NAMES}
    clock = raw.get("time", "")
    values["time"] = day.at(clock).isoformat() if day else f"{raw.get('date', '')} {clock}"
    values["agent"] = _agent(raw, values.get("agent", "-"))
    values["aborted"] = "1" if _broke_off(raw) else ""
    request = request_of(values)
    if "x-edge-result-type" in raw or "+" not in request.target:
        return request
    # IIS writes a space as "+", and "+" as it is: both may be meant.
    path, mark, query = request.target.partition("?")
    return request._replace(other_target=f"{path.replace('+', ' ')}{mark}{query}")


def _plain(text: bytes) -> str:
    if len(text) > 1 and text.startswith(b'"') and text.endswith(b'"'):
        text = text[1:-1].replace(b'""', b'"')
    return text.decode("utf-8", "replace")


def _agent(raw: dict[str, str], text: str) -> str:
    if "x-edge-result-type" in raw:
        return unquote(unquote(text))  # old rows are encoded twice
    return unquote_plus(text)


def _broke_off(raw: dict[str, str]) -> bool:
    return raw.get("sc-win32-status") in BROKEN_OFF or left_cloudfront(raw)


WITHOUT_COLUMNS = w3c(b"")
