"""One line of an Apache or nginx access log, common or combined format, read strictly. Pure.

Sources: Apache mod_log_config, "Common Log Format", "Combined Log Format"; nginx
ngx_http_log_module, predefined format "combined".
"""

import re
from ipaddress import ip_address

from breaches.downloads.formats.fields import asked
from breaches.downloads.formats.line import Format, NotALine, Request
from breaches.downloads.formats.moments import CLF, instant, stamp_clf

QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'  # each byte can match in one way only: linear
LINE = re.compile(
    rb'([^\["]{5,600}) \[(' + CLF + rb")\] " + QUOTED + rb" (\d{3}) (\d{1,18}|-)"
    rb"(?: " + QUOTED + rb" " + QUOTED + rb"(?: .*)?)? ?",
    re.S,
)
ESCAPE = re.compile(rb'\\(?:x([0-9A-Fa-f]{2})|(["\\bfnrtv\']))')
PLAIN = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def parse(line: bytes) -> Request:
    """Return what `line` says.

    Raises NotALine, for the whole line or nothing is understood.
    """
    found = LINE.fullmatch(line.rstrip())
    if found is None:
        raise NotALine("shape")
    head, _, *moment, request, status, sent, referer, agent = found.groups()
    method, target = asked(plain_text(request))
    address, user = _who(head.split(b" "))
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
    )


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


def plain_text(field: bytes) -> str:
    """Return the text of a quoted field without the server's escapes."""
    plain = ESCAPE.sub(_unescape, field) if b"\\" in field else field
    return plain.decode("utf-8", "replace")


def _unescape(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 16)])
    return PLAIN.get(found[2], found[2])


COMBINED = Format("Apache or nginx combined or common", parse, stamp_clf, frozenset({"port"}))
