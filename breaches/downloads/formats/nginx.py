"""Any nginx log_format string (ngx_http_log_module). Pure."""

import re

from breaches.downloads.formats.compiled import Field, Part, compiled
from breaches.downloads.formats.line import Format

VARIABLE = re.compile(r"\$(?:\{([a-z0-9_]+)\}|([a-z0-9_]+))")
FULL_LINE = re.compile(r"\s*log_format\s+\S+\s+(?:escape=\w+\s+)?(.*?);?\s*", re.S)
PIECE = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.S)
NAMES = {
    "remote_addr": "address",
    "remote_port": "port",
    "remote_user": "user",
    "time_local": "time",
    "time_iso8601": "time",
    "msec": "epoch",
    "request": "request",
    "request_method": "method",
    "request_uri": "target",
    "uri": "target",
    "document_uri": "target",
    "args": "query",
    "query_string": "query",
    "status": "status",
    "body_bytes_sent": "sent",
    "bytes_sent": "wire",
    "http_referer": "referer",
    "http_user_agent": "agent",
    "http_x_forwarded_for": "forwarded",
    "sent_http_content_range": "content_range",
    "request_completion": "completion",
}


def nginx(text: str) -> Format:
    """Return the Format of a log_format string or of the whole directive. Raises Unusable."""
    whole = FULL_LINE.fullmatch(text)
    if whole:
        text = "".join(single or double for single, double in PIECE.findall(whole[1]))
    parts: list[Part] = []
    end = 0
    for found in VARIABLE.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        end = found.end()
        variable = found[1] or found[2]
        if parts and isinstance(parts[-1], Field) and variable in EMPTY_OR_SIGN:
            continue  # "$uri$is_args$args" is one target
        parts.append(Field(NAMES.get(variable, ""), SHAPES.get(variable, "")))
    if end < len(text):
        parts.append(text[end:])
    return compiled("nginx log_format", parts, set(), _fix)


SHAPES = {"time_local": r"\d\d/[A-Z][a-z]{2}/[0-9:]{13} [+-]\d{4}"}
EMPTY_OR_SIGN = {"is_args", "args", "query_string"}


def _fix(values: dict[str, str]) -> None:
    # "OK" or nothing; a client that left before the whole answer was handed over has nothing.
    if "completion" in values:
        values["aborted"] = "" if values.pop("completion") == "OK" else "1"
