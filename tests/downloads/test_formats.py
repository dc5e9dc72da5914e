"""Lines of every format say who, when, what and how much; anything else goes to a person."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from breaches.downloads.coverage import Coverage
from breaches.downloads.evidence_pass import Cursor, steps
from breaches.downloads.formats import choice
from breaches.downloads.formats.compiled import Unusable
from breaches.downloads.formats.json_keys import SERVICES
from breaches.downloads.formats.json_lines import json_lines
from breaches.downloads.formats.line import NotALine
from breaches.downloads.formats.stores import ALB, ELB, S3
from breaches.downloads.formats.w3c import w3c
from breaches.downloads.locators import locator

AT = datetime(2022, 11, 28, 14, 45, 10, tzinfo=UTC)
WHO, WHAT = "192.0.2.7", "/r/roster.xlsx"
PARSED = [
    (
        r"%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"",
        (
            '192.0.2.7 - john doe [28/Nov/2022:09:45:10 -0500] "GET /r/roster.xlsx HTTP/1.1" 200 '
            '1000 "-" "say \\"hi\\""'
        ),
        {"sent": 1000, "agent": 'say "hi"', "user": "john doe", "zone": "-0500"},
    ),
    (
        'LogFormat "%v:%p %a:%{remote}p %{%Y-%m-%dT%H:%M:%S}t %m %U%q %H %>s %O %X" io',
        (
            "a.example:443 192.0.2.7:50123 2022-11-28T14:45:10 GET /r/roster.xlsx?v=2 HTTP/2.0 200 "
            "900 X"
        ),
        {"sent": 900, "aborted": True, "port": 50123, "target": "/r/roster.xlsx?v=2"},
    ),
    (
        '%a %{usec}t %B %O %X %{Content-Range}o %D %!200{x}i %s "%r"',
        (
            '192.0.2.7 1669646710000000 1000 700 - bytes 0-699/1000 12 - 206 "GET /r/roster.xlsx '
            'HTTP/1.1"'
        ),
        {"sent": 700, "aborted": False, "span": (0, 700), "status": 206},
    ),
    (
        "%{sec}t|%h|%r|%>s|%b|100%%",
        "1669646710|192.0.2.7|GET  /r/roster.xlsx  HTTP/1.1|200|-|100%",
        {"sent": 0},
    ),
    (
        (
            "log_format main '$remote_addr - $remote_user [$time_local] \"$request\" '\n"
            '  \'$status $body_bytes_sent "$http_referer" "$http_user_agent" $request_completion\';'
        ),
        (
            '192.0.2.7 - - [28/Nov/2022:14:45:10 +0000] "GET /r/roster.xlsx HTTP/1.1" 200 10 "-" '
            '"\\x22A\\x22" OK'
        ),
        {"sent": 10, "aborted": False, "agent": '"A"'},
    ),
    (
        (
            "$remote_addr:$remote_port|$time_iso8601|$request_method|$uri$is_args$args|$status|"
            "$bytes_sent|$request_completion|$sent_http_content_range"
        ),
        (
            "192.0.2.7:4711|2022-11-28T09:45:10-05:00|GET|/r/roster.xlsx?a=1|206|600||"
            "bytes 100-199/1000"
        ),
        {"port": 4711, "aborted": True, "span": (100, 200), "target": "/r/roster.xlsx?a=1"},
    ),
    (
        '{"at":"$msec","who":"$remote_addr","ask":"$request","is":$status,"n":$body_bytes_sent}',
        (
            '{"at":"1669646710.000","who":"192.0.2.7","ask":"GET /r/roster.xlsx HTTP/1.1","is":200,'
            '"n":5}'
        ),
        {"sent": 5},
    ),
    (
        '%h %l %u [%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t] "%m https://%v%U%q %H" %>s %b %^FB',
        (
            "192.0.2.7 - - [28/Nov/2022 09:45:10.123 -0500] "
            '"GET https://a.example/r/roster.xlsx?v=2 HTTP/1.1" 200 1000 12'
        ),
        {"sent": 1000, "target": "/r/roster.xlsx?v=2", "zone": "-0500"},
    ),
    (
        "%h [%{%F}t %{%H:%M:%S}t %{end:%R}t] %r %>s",
        "192.0.2.7 [2022-11-28 14:45:10 14:46] GET  /r/roster.xlsx  HTTP/1.1 200",
        {"sent": None},
    ),
    (
        "$remote_addr $time_local $request_method $scheme://$host:$server_port$request_uri $status",
        "192.0.2.7 28/Nov/2022:09:45:10 -0500 GET https://a.example:443/r/roster.xlsx 200",
        {"zone": "-0500"},
    ),
    (
        '$remote_addr:$remote_port $msec "$request" $status "$http_x_forwarded_for"',
        '10.0.0.1:4711 1669646710.000 "GET /r/roster.xlsx HTTP/1.1" 200 "8.8.8.8, 192.0.2.7, ::1"',
        {"forwarded": True, "port": None},
    ),
    (
        '%{X-Forwarded-For}i %l %u %t "%r" %>s %b',
        '192.0.2.7, 10.0.0.1 - - [28/Nov/2022:09:45:10 -0500] "GET /r/roster.xlsx HTTP/1.1" 200 -',
        {"forwarded": True, "user": "-"},
    ),
]


@pytest.mark.parametrize(("said", "line", "facts"), PARSED)
def test_a_format_string_is_compiled(said, line, facts):
    request = choice.said(said).parse(line.encode())

    assert (request.address, request.at) == (WHO, AT)
    assert request.target.startswith(WHAT)
    for name, value in facts.items():
        assert getattr(request, name) == value, name


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("%h %t %>s", "the request"),
        ("$remote_addr $request", "the time, the status"),
        ("%h%u %t %r %s", "nothing between"),
        ("%h %t %r %s %&", "does not have"),
        ("%h %{%Y %Q}t %r %s", "%Q"),
        ("%h %{%T %H}t %r %s", "twice"),
        ("$host$remote_addr $msec $request $status", "nothing between"),
        ("nonsense", "Give auto"),
        ('{"address": "a"}', "lacks"),
        ("{no json", "not JSON"),
    ],
)
def test_a_format_that_cannot_serve_is_refused_in_words(said, words):
    with pytest.raises(Unusable, match=words):
        choice.said(said)


@pytest.mark.parametrize(("said", "line", "facts"), PARSED)
def test_a_broken_line_is_refused_whatever_the_format(said, line, facts):
    known = choice.said(said)
    half, wrong = line[: len(line) // 2], line.replace("200", "2x0").replace("206", "2x6")
    for broken in (half, wrong, "", "\x16\x03\x01"):
        with pytest.raises(NotALine):
            known.parse(broken.encode())


@pytest.mark.parametrize(("said", "line", "facts"), PARSED)
def test_the_worst_line_takes_no_time(said, line, facts):
    known = choice.said(said)
    started = time.process_time()
    for worst in (b'"' * 50_000, b" " * 50_000, b"|" * 50_000, line.encode() + b'\\"' * 25_000):
        try:
            known.parse(worst)
        except NotALine:
            continue
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    "said",
    [
        "%a:%{remote}p %{%FT%T}t %m %U %>s",
        "$remote_addr:$remote_port $msec $request_method $uri $status",
    ],
)
@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::1", "[2001:db8::1]", "::1"])
def test_an_address_may_hold_colons_before_its_port(said, address):
    at = "1669646710.5" if "$" in said else "2022-11-28T14:45:10"

    request = choice.said(said).parse(f"{address}:4711 {at} GET {WHAT} 200".encode())

    assert (request.address, request.port) == (address, 4711)


@pytest.mark.parametrize(
    ("said", "at"),
    [("%h %{%FT%T}t %r %>s", "2022-11-28T14:45:10"), ("%h %{sec}t %r %>s", "1669646710"),
     ("$remote_addr $msec $request $status", "1669646710.5"),
     ("$remote_addr $time_local $request $status", "28/Nov/2022:14:45:10 +0000")],
)  # fmt: skip
def test_every_time_that_is_read_is_covered(said, at):
    known = choice.said(said)

    assert known.stamp(f"192.0.2.7 {at} GET /other HTTP/1.1 200".encode()) == AT.timestamp()


IIS = (
    "#Software: Microsoft Internet Information Services 10.0\n"
    "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes "
    "sc-win32-status cs(User-Agent)\n"
    "2022-11-28 14:45:10 192.0.2.7 GET /r/roster.xlsx - 200 1000 0 Mozilla/5.0+(X)\n"
    "2022-11-28 14:45:11 192.0.2.8 GET /other.xlsx - 200 1000 0 -\n"
    "#Fields: date time c-ip c-port sc-status sc-win32-status cs-method cs-uri-stem\n"
    "2022-11-28 14:45:10 192.0.2.7 50123 200 64 GET /r/roster.xlsx\n"
    "2022-11-28 14:45:10 192.0.2.7 roster too few\n"
)


@pytest.mark.parametrize("size", [40, 200, 4096])
def test_columns_may_change_inside_a_file(size, monkeypatch):
    monkeypatch.setattr("breaches.downloads.streams.blocks.__kwdefaults__",
                        {"start": 0, "size": max(size, 200)})  # fmt: skip
    known, text = choice.guessed(IIS.encode()).format, IIS.encode()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]

    found = [hit for step in steps(pieces, locator(WHAT), known, Cursor(), Coverage())
             for hit in step.hits]  # fmt: skip

    assert [hit.line_number for hit in found] == [3, 6, 7]
    first, second, third = (hit.request for hit in found)
    assert (first.sent, first.agent, first.at) == (1000, "Mozilla/5.0 (X)", AT)
    assert (second.sent, second.port, second.aborted) == (None, 50123, True)
    assert (third, found[2].problem) == (None, "shape")


DATELESS = (
    "#Date: 2022-11-28 23:58:00\n"
    "#Fields: time c-ip cs-method cs-uri-stem sc-status sc-bytes\n"
    "23:59:10 192.0.2.7 GET /r/roster.xlsx 200 1000\n"
    "00:00:20 192.0.2.8 GET /r/roster.xlsx 200 1000\n"
    "#Date: 2022-12-01 09:00:00\n"
    "09:00:05 192.0.2.9 GET /r/roster.xlsx 200 1000\n"
    "#Fields: c-ip cs-method cs-uri-stem sc-status time\n"
    "192.0.2.9 GET /r/roster.xlsx 206 09:00:06\n"
)


def test_lines_without_a_date_have_that_of_the_header_above_them():
    text, coverage = DATELESS.encode(), Coverage()
    known = choice.guessed(text).format

    *_, step = steps([text], locator(WHAT), known, Cursor(), coverage)

    times = [
        datetime(2022, 11, 28, 23, 59, 10, tzinfo=UTC),
        datetime(2022, 11, 29, 0, 0, 20, tzinfo=UTC),
        datetime(2022, 12, 1, 9, 0, 5, tzinfo=UTC),
        datetime(2022, 12, 1, 9, 0, 6, tzinfo=UTC),
    ]
    assert [hit.request.at for hit in step.hits] == times
    assert (coverage.first, coverage.last) == (times[0].timestamp(), times[-1].timestamp())
    assert "day" in known.notes
    # A reading taken up again after the headers reads on with them.
    assert choice.in_force("w3c", step.header + b"\n").parse(
        b"192.0.2.9 GET /r/roster.xlsx 206 09:00:07"
    ).at == times[-1] + timedelta(seconds=1)


CLOCKS = [  # each with the day of November that it is of
    *[("00:00:01", 28), ("09:00:00", 28), ("08:59:59", 28), ("13:30:00", 28), ("23:59:58", 28)],
    *[("00:00:02", 29), ("23:59:59", 28), ("00:00:01", 29), ("00:00:03", 29), ("12:40:00", 29)],
    *[("23:30:00", 29), ("99:00:00", 0), ("11:00:00", 30)],
]


@pytest.mark.parametrize("size", [60, 100, 4096])
def test_a_log_without_dates_goes_past_each_midnight(size, monkeypatch):
    monkeypatch.setattr("breaches.downloads.streams.blocks.__kwdefaults__",
                        {"start": 0, "size": size})  # fmt: skip
    lines = [f"{clock} 192.0.2.7 GET /r/roster.xlsx 200" for clock, _ in CLOCKS]
    text = "\r\n".join(["#Date: 2022-11-28", "#Fields: time c-ip cs-method cs-uri-stem sc-status",
                        *lines]).encode()  # fmt: skip
    known, coverage = choice.in_force("w3c", text), Coverage()

    *_, step = steps([text], locator(WHAT), known, Cursor(), coverage)

    days = [hit.request.at.day if hit.request else 0 for hit in step.hits]
    assert days == [day for _, day in CLOCKS]
    assert (coverage.first, coverage.last) == (1669593601, 1669806000)


def test_a_reading_that_is_taken_up_again_knows_the_day(monkeypatch):
    monkeypatch.setattr("breaches.downloads.streams.blocks.__kwdefaults__",
                        {"start": 0, "size": 60})  # fmt: skip
    monkeypatch.setattr("breaches.downloads.evidence_pass.STEP", 1)
    lines = [f"{clock} 192.0.2.7 GET /r/roster.xlsx 200" for clock, _ in CLOCKS]
    header = "#Date: 2022-11-28 00:00:00\n#Fields: time c-ip cs-method cs-uri-stem sc-status"
    text = "\n".join([header, *lines]).encode()
    known, place = choice.in_force("w3c", text), locator(WHAT)
    whole = list(steps([text], place, known, Cursor(), Coverage()))

    for number, step in enumerate(whole[:-1]):
        resumed = steps([text], place, known.follow(step.header), step.cursor, Coverage())
        assert [one.hits for one in resumed] == [one.hits for one in whole[number + 1 :]]


def test_a_clock_after_the_last_day_of_all_goes_to_a_person():
    known = w3c(b"#Date: 9999-12-31 23:59:59\n#Fields: time c-ip cs-method cs-uri-stem sc-status")

    with pytest.raises(NotALine, match="time"):
        known.parse(b"10:00:00 192.0.2.7 GET /r/roster.xlsx 200")


def test_a_clock_without_any_day_goes_to_a_person():
    text = DATELESS.partition("\n")[2].partition("#Date")[0].encode()

    *_, step = steps([text], locator(WHAT), choice.in_force("w3c", text), Cursor(), Coverage())

    assert [hit.problem for hit in step.hits] == ["time", "time"]


@pytest.mark.parametrize("path", ["/r/my list.xlsx", "/r/my+list.xlsx"])
def test_a_space_that_iis_writes_as_plus_is_a_space_too(path):
    known = w3c(b"#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status")
    line = b"2022-11-28 14:45:10 192.0.2.7 GET /r/my+list.xlsx v=1 200\n"

    *_, step = steps([line], locator(f"{path}?v=1"), known, Cursor(), Coverage())

    assert [hit.request.address for hit in step.hits] == [WHO]


def test_a_mark_of_byte_order_before_the_columns_is_passed_over():
    text = b"\xef\xbb\xbf#Fields: date time c-ip cs-method cs-uri-stem sc-status\n"
    text += b"2022-11-28 14:45:10 192.0.2.7 GET /r/roster.xlsx 200\n"

    known = choice.guessed(text).format
    *_, step = steps([text], locator(WHAT), known, Cursor(), Coverage())

    assert [hit.request.at for hit in step.hits] == [AT]


HEADER = "8.8.8.8,+192.0.2.7,+10.0.0.2"
BEHIND_PROXIES = [
    (
        "w3c",
        (
            "#Fields: date time c-ip c-port cs-method cs-uri-stem sc-status X-Forwarded-For\n"
            f"2022-11-28 14:45:10 {{}} 4711 GET /r/roster.xlsx 200 {HEADER}"
        ),
    ),
    (
        '{"address":"a","port":"p","forwarded":"x","time":"t","target":"u","status":"s"}',
        (
            '{{"a": "{}", "p": 4711, "x": "8.8.8.8, 192.0.2.7, ::1", "t": "2022-11-28T14:45:10", '
            '"u": "/r/roster.xlsx", "s": 200}}'
        ),
    ),
]


@pytest.mark.parametrize(("said", "text"), BEHIND_PROXIES)
@pytest.mark.parametrize(
    ("peer", "client", "port"), [("10.0.0.1", WHO, None), ("9.9.9.9", "9.9.9.9", 4711)]
)
def test_a_header_counts_where_a_proxy_of_ours_hands_it_on(said, text, peer, client, port):
    text = text.format(peer).encode()

    request = choice.in_force(said, text).parse(text.split(b"\n")[-1])

    assert (request.address, request.port, request.forwarded) == (client, port, port is None)


def test_cloudfront_gives_offsets_and_says_who_left():
    columns = (
        "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem "
        "sc-status cs(User-Agent) x-edge-result-type x-edge-response-result-type c-port "
        "sc-range-start sc-range-end"
    )
    known = w3c(columns.encode())

    request = known.parse(
        b"2022-11-28\t14:45:10\tFRA2\t750\t192.0.2.7\tGET\td.example\t/r/roster.xlsx\t206\t"
        b"Mozilla%252F5.0\tError\tHit\t4711\t100\t799"
    )

    assert (request.span, request.aborted, request.port) == ((100, 800), True, 4711)
    assert request.agent == "Mozilla/5.0"
    assert "best_effort" in known.notes


def test_an_object_store_names_the_object_too():
    line = (
        "79a5 bucket [28/Nov/2022:14:45:10 +0000] 192.0.2.7 arn:aws:iam::1:user/x 3E57 "
        'REST.GET.OBJECT r/ros%2520ter.xlsx "GET /bucket/r/ros%20ter.xlsx HTTP/1.1" 200 - 1000 '
        '1000 7 6 "-" "S3Console" - host sig'
    )

    request = S3.parse(line.encode())

    assert (request.address, request.at, request.sent) == (WHO, AT, 1000)
    assert (request.other_target, request.user) == ("/r/ros ter.xlsx", "arn:aws:iam::1:user/x")


@pytest.mark.parametrize(
    ("operation", "method", "sent"),
    [
        ("REST.GET.OBJECT", "GET", 500),
        ("WEBSITE.GET.OBJECT", "GET", 500),
        ("REST.COPY.OBJECT_GET", "GET", 500),
        ("REST.GET.ACL", "GET", 0),
        ("REST.GET.OBJECT_TAGGING", "GET", 0),
        ("REST.POST.UPLOAD", "POST", 0),
    ],
)
def test_what_a_store_says_about_an_object_is_not_the_object(operation, method, sent):
    line = (
        f"79a5 bucket [28/Nov/2022:14:45:10 +0000] 192.0.2.7 - 3E57 {operation} r/roster.xlsx "
        f'"{method} /bucket/r/roster.xlsx?x HTTP/1.1" 200 - 500 1000 7 6 "-" "A" - host sig'
    )

    assert S3.parse(line.encode()).sent == sent


@pytest.mark.parametrize(
    ("known", "begin"),
    [(ALB, "https 2022-11-28T14:45:10.123456Z"), (ELB, "2022-11-28T14:45:10.1Z")],
)
def test_load_balancers_are_read(known, begin):
    line = (
        f"{begin} app/lb/50dc 192.0.2.7:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 34 1366 "
        '"GET https://a.example:443/r/roster.xlsx HTTP/1.1" "curl/7" - -'
    )

    request = known.parse(line.encode())

    assert (request.address, request.port, request.sent) == (WHO, 2817, 1366)
    assert request.target.endswith(WHAT)


def row_for(paths, says=()):
    """Return a row that says a request under the keys of a service."""
    values = {
        "address": WHO,
        "port": 4711,
        "time": "2022-11-28T14:45:10Z",
        "method": "GET",
        "target": WHAT,
        "request": f"GET {WHAT} HTTP/1.1",
        "status": 200,
        "sent": 10,
        "wire": "10",
        "agent": "A",
        "referer": "-",
        "user": "-",
        "forwarded": "-",
        "visit": "a1",
        "part_of": "00",
        "query": "v=1",
        "start": 0,
        "end": 9,
        "aborted": "client_disconnected_before_any_response",
        **dict(says),
    }
    row = {}
    if "date" in paths:
        values["date"], values["time"] = values["time"].rstrip("Z").split("T")
    for ours, path in paths.items():
        *above, last = path.split(".")
        here = row
        for key in above:
            here = here.setdefault(key, {})
        here[last] = values[ours]
    return row


@pytest.mark.parametrize("service", SERVICES)
def test_json_services_are_told_apart_and_read(service):
    line = json.dumps(row_for(SERVICES[service])).encode()

    guess = choice.guessed(line + b"\n")
    request = guess.format.parse(line)

    assert guess.format.name == service
    assert (request.address, request.at, request.sent) == (WHO, AT, 10)
    assert request.target.startswith(WHAT)


LEFT = [
    ("Azure Front Door", {"aborted": "ClientDisconnected"}, True),
    ("Azure Front Door", {"aborted": "NoError"}, False),
    ("Akamai DataStream", {"aborted": "0"}, True),
    ("Akamai DataStream", {"aborted": "0", "status": 206}, False),
    ("Akamai DataStream", {"aborted": "1"}, False),
    ("CloudFront JSON", {"aborted": "ClientCommError"}, True),
    ("CloudFront JSON", {"aborted": "Hit"}, False),
]


@pytest.mark.parametrize(("service", "says", "aborted"), LEFT)
def test_json_services_say_who_left_early(service, says, aborted):
    row = row_for(SERVICES[service], says)
    line = json.dumps(row).encode()

    assert choice.guessed(line).format.parse(line).aborted == aborted


@pytest.mark.parametrize(("result", "aborted"), [("Hit", True), ("Error", False)])
def test_an_error_at_the_edge_after_a_good_answer_is_a_client_that_left(result, aborted):
    row = row_for(SERVICES["CloudFront JSON"], {"status": 0})
    row |= {"x-edge-result-type": "Error", "x-edge-response-result-type": result}
    row["x-edge-detailed-result-type"] = "Error"
    line = json.dumps(row).encode()

    assert choice.guessed(line).format.parse(line).aborted == aborted


def test_a_spelling_hidden_by_json_is_found():
    known = json_lines("x", {"address": "a", "time": "t", "target": "u", "status": "s"})
    line = rb'{"a":"192.0.2.7","t":"2022-11-28T14:45:10Z","u":"\/r\/\u0072oster.xlsx","s":200}'

    found = [hit for step in steps([line + b"\n"], locator(WHAT), known, Cursor(), Coverage())
             for hit in step.hits]  # fmt: skip

    assert [hit.request.target for hit in found] == [WHAT]


@pytest.mark.parametrize("power", [0, 3, 6, 9])
def test_times_may_be_numbers(power):
    known = json_lines("x", {"address": "a", "time": "t", "target": "u", "status": "s"})

    request = known.parse(
        f'{{"a":"192.0.2.7","t":{1669646710 * 10**power},"u":"/","s":200}}'.encode()
    )

    assert request.at == AT
