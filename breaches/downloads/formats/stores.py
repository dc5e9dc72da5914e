"""The logs of an object store and of load balancers (S3, ALB, classic ELB). Pure."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from breaches.downloads.formats.combined import plain_text
from breaches.downloads.formats.fields import request_of
from breaches.downloads.formats.line import Format, NotALine, Request
from breaches.downloads.formats.moments import stamp_any

QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
S3_LINE = re.compile(
    rb"\S+ \S+ (?P<time>\[[^\]]{20,32}\]) (?P<address>\S+) (?P<user>\S+) \S+ "
    rb"(?P<operation>[A-Z0-9._]+) (?P<key>\S+) "
    rb'(?:"(?P<request>[^"\\]*(?:\\.[^"\\]*)*)"|-) (?P<status>\d{3}|-) \S+ '
    rb"(?P<sent>\d+|-) \S+ \S+ \S+ "
    rb'(?:"(?P<referer>[^"\\]*(?:\\.[^"\\]*)*)"|-) (?:"(?P<agent>[^"\\]*(?:\\.[^"\\]*)*)"|-)'
    rb"(?: .*)?",
    re.S,
)
TIME = rb"(?P<time>\d{4}-\d\d-\d\dT[0-9:.]+Z)"
CLIENT = rb"(?P<address>\S+):(?P<port>\d+) \S+ \S+ \S+ \S+ (?P<status>\d{3}|-) \S+ \d+"
ASKED = rb' (?P<wire>\d+) "(?P<request>[^"]*)" "(?P<agent>[^"]*)"(?: .*)?'
ALB_LINE = re.compile(rb"[a-z0-9]+ " + TIME + rb" \S+ " + CLIENT + ASKED, re.S)
ELB_LINE = re.compile(TIME + rb" \S+ " + CLIENT + ASKED, re.S)
# REST.GET.OBJECT and WEBSITE.GET.OBJECT, the source of a copy, and queries inside an object;
# REST.GET.ACL, REST.GET.OBJECT_TAGGING and the like only speak about it.
CONTENT = re.compile(r"\.GET\.OBJECT$|\.(OBJECT|PART)_GET$|SELECT")


def _reader(
    pattern: re.Pattern[bytes], fix: Callable[[dict[str, str]], None]
) -> Callable[[bytes], Request]:
    def parse(line: bytes) -> Request:
        found = pattern.fullmatch(line.rstrip())
        if found is None:
            raise NotALine("shape")
        values = {name: plain_text(text) for name, text in found.groupdict("-").items()
                  for text in [text if isinstance(text, bytes) else text.encode()]}  # fmt: skip
        fix(values)
        return request_of(values)

    return parse


def _fix_s3(values: dict[str, str]) -> None:
    if not CONTENT.search(values["operation"]):
        values["sent"] = "0"  # a list of rights, tags or parts: no byte of it is the object's
    key = unquote(unquote(values.pop("key")))  # the key is encoded twice
    values["other_target"] = f"/{key}" if key != "-" else ""
    if values["request"] == "-":  # a copy inside the store has no request of a client
        del values["request"]
        values["target"], values["method"] = values["other_target"], "GET"


def _fix_balancer(values: dict[str, str]) -> None:
    values["address"] = values["address"].strip("[]")


S3 = Format(
    "S3 server access", _reader(S3_LINE, _fix_s3), stamp_any, frozenset({"port", "best_effort"})
)
ALB = Format(
    "Application Load Balancer", _reader(ALB_LINE, _fix_balancer), stamp_any, frozenset({"headers"})
)
ELB = Format(
    "classic load balancer", _reader(ELB_LINE, _fix_balancer), stamp_any, frozenset({"headers"})
)
