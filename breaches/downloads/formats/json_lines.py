"""Logs of one JSON object a line, with a table that says which key means what. Pure.

A mapping file is a JSON object of our names and the paths of theirs: {"address": "client.ip"}.
"""

import json
from collections.abc import Mapping
from typing import Any

from breaches.downloads.formats.compiled import INSTEAD, NEEDED, Unusable
from breaches.downloads.formats.fields import request_of
from breaches.downloads.formats.line import Format, NotALine, Request, stamp_by

Paths = Mapping[str, str]
OURS = {
    *(
        "address",
        "forwarded",
        "port",
        "user",
        "date",
        "time",
        "method",
        "target",
        "query",
        "request",
        "status",
    ),
    *("sent", "wire", "referer", "agent", "content_range", "start", "end", "aborted"),
}
SERVICES: dict[str, Paths] = {
    "Cloudflare Logpush": {
        "address": "ClientIP",
        "port": "ClientSrcPort",
        "time": "EdgeStartTimestamp",
        "method": "ClientRequestMethod",
        "target": "ClientRequestURI",
        "status": "EdgeResponseStatus",
        "sent": "EdgeResponseBodyBytes",
        "wire": "EdgeResponseBytes",
        "agent": "ClientRequestUserAgent",
        "referer": "ClientRequestReferer",
    },
    "Azure Front Door": {
        "address": "properties.socketIp",
        "port": "properties.clientPort",
        "time": "time",
        "method": "properties.httpMethod",
        "target": "properties.requestUri",
        "status": "properties.httpStatusCode",
        "wire": "properties.responseBytes",
        "agent": "properties.userAgent",
        "referer": "properties.referer",
    },
    "Google Cloud load balancer": {
        "address": "httpRequest.remoteIp",
        "time": "timestamp",
        "method": "httpRequest.requestMethod",
        "target": "httpRequest.requestUrl",
        "status": "httpRequest.status",
        "wire": "httpRequest.responseSize",
        "agent": "httpRequest.userAgent",
        "referer": "httpRequest.referer",
        "aborted": "jsonPayload.statusDetails",
    },
    "Akamai DataStream": {
        "address": "cliIP",
        "time": "reqTimeSec",
        "method": "reqMethod",
        "target": "reqPath",
        "query": "queryStr",
        "status": "statusCode",
        "sent": "bytes",
        "agent": "UA",
    },
    "Caddy": {
        "address": "request.remote_ip",
        "port": "request.remote_port",
        "time": "ts",
        "method": "request.method",
        "target": "request.uri",
        "status": "status",
        "sent": "size",
        "agent": "request.headers.User-Agent.0",
    },
    "Traefik": {
        "address": "ClientHost",
        "port": "ClientPort",
        "time": "StartUTC",
        "method": "RequestMethod",
        "target": "RequestPath",
        "status": "DownstreamStatus",
        "sent": "DownstreamContentSize",
        "agent": "request_User-Agent",
    },
    "nginx JSON": {
        "address": "remote_addr",
        "port": "remote_port",
        "time": "time_iso8601",
        "request": "request",
        "status": "status",
        "sent": "body_bytes_sent",
        "agent": "http_user_agent",
        "referer": "http_referer",
        "user": "remote_user",
        "forwarded": "http_x_forwarded_for",
    },
    "CloudFront JSON": {
        "address": "c-ip",
        "port": "c-port",
        "time": "timestamp",
        "method": "cs-method",
        "target": "cs-uri-stem",
        "query": "cs-uri-query",
        "status": "sc-status",
        "wire": "sc-bytes",
        "start": "sc-range-start",
        "end": "sc-range-end",
        "agent": "cs(User-Agent)",
        "referer": "cs(Referer)",
        "aborted": "x-edge-detailed-result-type",
    },
}
SERVICES["CloudFront JSON with a date"] = {
    **SERVICES["CloudFront JSON"],
    "date": "date",
    "time": "time",
}
# How services say that the client left before the end.
LEFT = ("client_disconnected", "ClientCommError")
NOTES = {
    "Google Cloud load balancer": {"sampled"},
    "Akamai DataStream": {"sampled"},
    "CloudFront JSON": {"best_effort"},
    "CloudFront JSON with a date": {"best_effort"},
}


def json_lines(name: str, paths: Paths) -> Format:
    """Return the Format of JSON lines whose keys lie at `paths`. Raises Unusable."""
    _check(paths)
    split = {ours: tuple(path.split(".")) for ours, path in paths.items()}

    def parse(line: bytes) -> Request:
        return _parse(line, split)

    return Format(name, parse, stamp_by(parse), frozenset(_notes(name, paths)))


def _check(paths: Paths) -> None:
    missing = [words for key, words in NEEDED.items()
               if not set(paths) & {key, *INSTEAD.get(key, ())}]  # fmt: skip
    if missing or not set(paths) & {"request", "target"}:
        raise Unusable(f"The mapping lacks {', '.join(missing) or 'the request'}.")
    if unknown := set(paths) - OURS:
        names = ", ".join(sorted(unknown))
        raise Unusable(f"The mapping has names that mean nothing here: {names}.")


def _notes(name: str, paths: Paths) -> set[str]:
    notes = NOTES.get(name, set()) | (set() if "port" in paths else {"port"})
    if not set(paths) & {"sent", "wire"}:
        return notes | {"bytes"}
    return notes | (set() if "sent" in paths else {"headers"})


def _parse(line: bytes, split: Mapping[str, tuple[str, ...]]) -> Request:
    if not line.lstrip().startswith(b"{"):
        raise NotALine("shape")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise NotALine("shape") from fault
    values = {ours: text for ours, path in split.items() if (text := _at(row, path))}
    if values.get("aborted"):
        values["aborted"] = "1" if values["aborted"].startswith(LEFT) else ""
    if not values.get("status"):
        raise NotALine("shape")
    if "date" in values:
        values["time"] = f"{values['date']} {values.get('time', '')}"
    return request_of(values)


BUILT_IN = [json_lines(name, paths) for name, paths in SERVICES.items()]


def mapping(text: str) -> Format:
    """Return the Format of a mapping file. Raises Unusable."""
    try:
        paths = json.loads(text)
    except ValueError as fault:
        raise Unusable("The mapping file is not JSON.") from fault
    if not isinstance(paths, dict) or not all(isinstance(path, str) for path in paths.values()):
        raise Unusable("The mapping file must be one object of texts.")
    return json_lines("JSON lines by the mapping file", paths)


def _at(row: Any, path: tuple[str, ...]) -> str:
    """Return the text at a path; a key may hold dots itself, a number counts in a list."""
    for number, key in enumerate(path):
        rest = ".".join(path[number:])
        if isinstance(row, dict):
            if rest in row:
                return _text(row[rest])
            row = row.get(key)
        elif isinstance(row, list) and key.isdecimal():
            row = (row[int(key) :] or [None])[0]
        else:
            return ""
    return _text(row)


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)
