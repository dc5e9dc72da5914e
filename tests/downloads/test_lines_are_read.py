"""A line of a combined log is understood whole or not at all."""

import contextlib
import time
from datetime import UTC, datetime

import pytest

from breaches.downloads.formats.combined import parse
from breaches.downloads.formats.line import NotALine

GOOD = (
    b'192.0.2.7 - - [28/Nov/2022:09:45:10 -0500] "GET /r/roster.xlsx HTTP/1.1" 200 1048576 '
    b'"https://agency.example/" "Mozilla/5.0"'
)


def test_a_combined_line_says_all_its_parts():
    request = parse(GOOD)

    assert request.address == "192.0.2.7"
    assert request.at == datetime(2022, 11, 28, 14, 45, 10, tzinfo=UTC)
    assert request.zone == "-0500"
    assert (request.method, request.target) == ("GET", "/r/roster.xlsx")
    assert (request.status, request.sent) == (200, 1048576)
    assert (request.referer, request.agent) == ("https://agency.example/", "Mozilla/5.0")


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        (GOOD + b" ", "agent", "Mozilla/5.0"),
        (GOOD + b"\r", "agent", "Mozilla/5.0"),
        (GOOD + b' "203.0.113.9" 0.001', "agent", "Mozilla/5.0"),
        (GOOD.rsplit(b' "https', 1)[0], "agent", "-"),
        (GOOD.replace(b" 1048576 ", b" - "), "sent", 0),
        (GOOD.replace(b"- -", b"- john doe", 1), "user", "john doe"),
        (b"www.agency.example:443 " + GOOD, "address", "192.0.2.7"),
        (GOOD.replace(b"192.0.2.7", b"2001:db8::7"), "address", "2001:db8::7"),
        (GOOD.replace(b"192.0.2.7 - -", b"2001:db8::7 - john doe"), "address", "2001:db8::7"),
        (GOOD.replace(b"192.0.2.7", b"host.example.org"), "address", "host.example.org"),
        (GOOD.replace(b"192.0.2.7", b"[2001:db8::7]"), "address", "[2001:db8::7]"),
        (GOOD.replace(b"192.0.2.7", b"www:80 [2001:db8::7]"), "address", "[2001:db8::7]"),
        (GOOD.replace(b"192.0.2.7", b"198.51.100.1 192.0.2.7"), "address", "192.0.2.7"),
        (GOOD.replace(b"192.0.2.7", b"198.51.100.1 10.0.0.7"), "address", "10.0.0.7"),
        (GOOD.replace(b"192.0.2.7", b"8.8.8.8, 192.0.2.7, 10.0.0.1"), "address", "192.0.2.7"),
        (GOOD.replace(b"192.0.2.7", b"192.0.2.7,10.0.0.1 10.0.0.2"), "address", "192.0.2.7"),
        (GOOD.replace(b"192.0.2.7", b"unknown, 192.0.2.7"), "forwarded", True),
        (GOOD.replace(b"192.0.2.7", b"10.0.0.9, 10.0.0.1"), "address", "10.0.0.9"),
        (GOOD.replace(b"192.0.2.7", b"10.0.0.1") + b' "192.0.2.7, ::1"', "address", "192.0.2.7"),
        (GOOD + b' "198.51.100.9"', "address", "192.0.2.7"),
        (GOOD, "forwarded", False),
        (GOOD.replace(b"Mozilla/5.0", b'odd \\"agent\\" \\x41'), "agent", 'odd "agent" A'),
        (GOOD.replace(b" HTTP/1.1", b""), "target", "/r/roster.xlsx"),
        (GOOD.replace(b"roster.xlsx", b"the roster.xlsx"), "target", "/r/the roster.xlsx"),
        (GOOD.replace(b"GET ", b"GET  "), "target", "/r/roster.xlsx"),
        (GOOD.replace(b" HTTP", b"  HTTP"), "target", "/r/roster.xlsx"),
        (GOOD.replace(b"HTTP/1.1", b"HTTP/1.1 "), "target", "/r/roster.xlsx"),
        (GOOD.replace(b" HTTP/1.1", b" "), "target", "/r/roster.xlsx"),
    ],
)
def test_lawful_variations_are_read(line, field, value):
    assert getattr(parse(line), field) == value


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (GOOD[:-1], "shape"),
        (GOOD.replace(b"28/Nov", b"31/Nov"), "time"),
        (GOOD.replace(b"192.0.2.7", b"-"), "client"),
        (GOOD.replace(b"/Nov/", b"/Nix/"), "time"),
        (GOOD.replace(b":09:45", b":25:45"), "time"),
        (GOOD.replace(b" 200 ", b" 2000 "), "shape"),
        (GOOD.replace(b"GET /r/roster.xlsx HTTP/1.1", b"\\x16\\x03\\x01"), "request"),
        (GOOD.replace(b"GET /r/roster.xlsx HTTP/1.1", b"-"), "request"),
        (b"", "shape"),
        (b"sheet,name\n1,x", "shape"),
    ],
)
def test_anything_else_is_refused_with_the_place(line, where):
    with pytest.raises(NotALine, match=where):
        parse(line)


@pytest.mark.parametrize(
    "line",
    [
        b"a" * 100_000,
        b'"' * 100_000,
        b"\\" * 100_000,
        b'1 - - [28/Nov/2022:09:45:10 -0500] "' + b'\\"' * 50_000,
        b'1 - - [28/Nov/2022:09:45:10 -0500] "GET ' + b"/ " * 50_000 + b'" 200 1',
        b'1 - - [28/Nov/2022:09:45:10 -0500] "GET / HTTP/1.1" 200 1 "-" "' + b'" "' * 30_000,
        b"1 - - " + b"[28/Nov/2022:" * 8_000,
        b"[a]" * 30_000,
        b"1," * 50_000,
        b" " * 100_000,
        b'1 - - [28/Nov/2022:09:45:10 -0500] "GET /' + b" " * 100_000 + b'/" 200 1',
    ],
)
def test_the_worst_line_of_a_hundred_kilobytes_takes_no_time(line):
    started = time.process_time()
    with contextlib.suppress(NotALine):
        parse(line)

    # 50 ms is the promise; quadratic work would take many seconds.
    assert time.process_time() - started < 0.5
