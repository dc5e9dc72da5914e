"""One line of an Apache or nginx access log, common or combined format, read strictly. Pure.

Sources: Apache mod_log_config, "Common Log Format", "Combined Log Format"; nginx
ngx_http_log_module, predefined format "combined".
"""

import re

from breaches.downloads.addresses import plain
from breaches.downloads.formats.fields import asked
from breaches.downloads.formats.forwarded import hops, rightmost
from breaches.downloads.formats.line import Format, NotALine, Request
from breaches.downloads.formats.moments import CLF, instant, stamp_clf

QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'  # each byte can match in one way only: linear
# Brackets stand around an IPv6 address only.
HEAD = rb'([^\["]{0,600}(?:\[[\w:.%]{2,64}\][^\["]{4,600})?) \[(' + CLF + rb")\] "
# nginx's own example adds X-Forwarded-For: "$http_x_forwarded_for".
TAIL = rb" " + QUOTED + rb" " + QUOTED + rb'(?: "([\w:.%, \[\]-]*)")?(?: .*)?'
LINE = re.compile(
    HEAD + QUOTED + rb" (\d{3}) (\d{1,18}|-)(?:" + TAIL + rb")? ?",
    re.S,
)
BETWEEN_WORDS = re.compile("(?<!,) ")  # a chain of addresses is one word
ESCAPE = re.compile(rb'\\(?:x([0-9A-Fa-f]{2})|(["\\bfnrtv\']))')
PLAIN = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def parse(line: bytes) -> Request:
    """Return what `line` says.

    Raises NotALine, for the whole line or nothing is understood.
    """
    found = LINE.fullmatch(line.rstrip())
    if found is None:
        raise NotALine("shape")
    head, _, *moment, request, status, sent, referer, agent, header = found.groups()
    method, target = asked(plain_text(request))
    address, user, forwarded = _who(head.decode("latin-1"), (header or b"-").decode("latin-1"))
    return Request(
        address=address,
        user=user,
        at=instant(*moment),
        zone=moment[-1].decode(),
        method=method,
        target=target,
        status=int(status),
        sent=0 if sent == b"-" else int(sent),  # Apache's %b: no bytes
        referer=plain_text(referer or b"-"),
        agent=plain_text(agent or b"-"),
        forwarded=forwarded,
    )


def first_word(line: bytes) -> str:
    """Return what stands where a client's address should be in a line that does not parse."""
    return line[:200].split(b" ", 1)[0].decode("latin-1").rstrip(",")


def _who(head: str, header: str) -> tuple[str, str, bool]:
    """Return (address, user, is it from X-Forwarded-For) from the words before the time.

    A host of ours may stand before the client, and a chain of addresses in its place.
    """
    words, above = BETWEEN_WORDS.split(head), _chain(header)
    if len(words) > 3 and _chain(words[1]):
        before = hops(words.pop(0))
        above += before if len(before) > 1 else []
    chain = hops(words[0])
    if len(words) < 3 or not chain:
        raise NotALine("client")
    address = rightmost([*above, *chain]) or chain[0]
    return address, " ".join(words[2:]), len(chain) > 1 or address not in chain


def _chain(text: str) -> list[str]:
    """Return the addresses in a text that holds nothing else."""
    found = hops(text)
    return found if all(plain(hop) for hop in found) else []


def plain_text(field: bytes) -> str:
    """Return the text of a quoted field without the server's escapes."""
    plain = ESCAPE.sub(_unescape, field) if b"\\" in field else field
    return plain.decode("utf-8", "replace")


def _unescape(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 16)])
    return PLAIN.get(found[2], found[2])


COMBINED = Format("Apache or nginx combined or common", parse, stamp_clf, frozenset({"port"}))
