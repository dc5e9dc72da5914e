"""The command and the pages say the same of the same logs."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from breaches.downloads import queries
from breaches.downloads.intake import NetworkLine
from tests.downloads import days
from tests.factories import make_exposure, make_incident, make_user

pytestmark = pytest.mark.django_db

RICH = '%h %l %u %t "%r" %>s %b %X %{Content-Range}o'


def asked(status, sent, more, address="203.0.113.5"):
    request = f'"GET {days.PATH} HTTP/1.1"'
    return f"{address} - - [28/Nov/2022:15:00:00 +0000] {request} {status} {sent} {more}"


def both(tmp_path, logs, *, path=days.PATH, size=days.SIZE, said=""):
    """Return what the command prints and what the pages count, in the words of the command."""
    names, exposure = [], make_exposure(
        incident=make_incident(by=make_user()),
        locator=f"https://agency.example.org{path}",
        file_size=size,
        closed_at=None,
    )  # fmt: skip
    for number, lines in enumerate(logs):
        names.append(str(tmp_path / f"{number}.log"))
        (tmp_path / f"{number}.log").write_bytes(days.text(lines))
        days.read_log(days.text(lines), exposure=exposure, format_said=said)
    out, since = StringIO(), exposure.opened_at.isoformat()
    options = ["--path", path, "--size", str(size), "--from", since, "--json"]
    options += ["--format", said] if said else []
    call_command("downloads", *names, *options, stdout=out)
    printed, shown = json.loads(out.getvalue()), queries.overview(exposure)
    return printed, shown


def counts_of(printed, shown):
    """Return the counts of both, each as (grades, requests, actions, recipients, ...)."""
    counts, found = printed["counts"], shown.counts
    return (
        (
            counts["by_grade"], counts["requests"], counts["actions"],
            tuple(counts["recipients"].values()), counts["unknown"],
            counts["repeated_lines"], counts["at_least"],
        ),
        (
            found.by_grade, found.requests, found.actions,
            (found.low, found.point, found.high), found.unknown,
            found.repeats, found.is_at_least,
        ),
    )  # fmt: skip


def texts(printed, shown):
    """Return all warnings of both, each as one text."""
    return " ".join(printed["warnings"]), " ".join(row.text for row in shown.cautions)


@pytest.mark.parametrize(
    ("lines", "by_grade"),
    [
        ([asked(206, days.SIZE, "X bytes 0-999999/1000000")], {"D": 1}),
        ([asked(206, days.SIZE, "- bytes 0-999999/1000000")], {"B": 1}),
        ([asked(206, days.SIZE, "X -")], {"D": 1}),
        ([asked(206, days.SIZE, "- -")], {"C": 1}),
        ([asked(200, days.SIZE, "X -"), asked(206, 2, "- bytes 0-1/1000000")], {"D": 1}),
        ([asked(206, 1, "- bytes 0-0/1000000")], {"E": 1}),
        ([asked(206, days.SIZE // 10, "- -")] * 15, {"D": 1}),
    ],
)
def test_an_answer_that_was_broken_off_never_fills_the_file(tmp_path, lines, by_grade):
    printed, shown = counts_of(*both(tmp_path, [lines], said=RICH))

    assert printed == shown
    assert printed[0] == by_grade


@pytest.mark.parametrize(
    ("path", "status", "grade"),
    [
        ("/download.php?id=8812", 200, "U"),
        ("/export.aspx", 200, "U"),
        ("/download?id=8812", 200, "U"),
        ("/leak.log", 200, "U"),
        ("/leak.csv", 499, "U"),
        ("/leak.xlsx", 200, "D"),
        ("/leak.xlsx", 499, "D"),
    ],
)
def test_what_may_have_been_packed_on_the_way_is_never_called_a_part(tmp_path, path, status, grade):
    lines = [days.line(10, path=path, status=status, sent=212_956)]

    printed, shown = counts_of(*both(tmp_path, [lines], path=path))

    assert printed == shown
    assert printed[0] == {grade: 1}


def test_a_dash_for_the_bytes_is_no_content(tmp_path):
    printed, shown = counts_of(*both(tmp_path, [[days.line(10, sent="-")]]))

    assert printed == shown
    assert printed[:2] == ({"E": 1}, 0)


def dateless(day):
    head = f"#Date: 2022-11-{day} 00:00:01\n#Fields: time c-ip cs-method cs-uri-stem sc-status"
    return [f"{head} sc-bytes\n10:00:00 203.0.113.5 GET {days.PATH} 200 1000300"]


def test_equal_lines_of_two_days_are_two_requests(tmp_path):
    printed, shown = counts_of(*both(tmp_path, [dateless(29), dateless(30)]))
    again, shown_again = counts_of(*both(tmp_path, [dateless(29) + dateless(30), dateless(30)]))

    assert printed == shown
    assert again == shown_again
    assert (printed[1], again[1], again[5]) == (2, 2, 1)


def test_equal_lines_of_two_logs_are_said_and_count_once(tmp_path):
    broken = days.line(12, "203.0.113.9").rstrip('"')
    first, second = [days.line(10), broken], [days.line(10), broken, days.line(11)]

    found = both(tmp_path, [first, second])

    printed, shown = counts_of(*found)
    assert printed == shown
    assert (printed[1], printed[4], printed[5]) == (2, 1, 2)
    assert all("with the same time: 2." in text for text in texts(*found))


def test_a_log_that_is_missing_between_two_others_is_a_gap(tmp_path):
    hours = [days.noise(0, 120), days.noise(300, 420)]

    found = both(tmp_path, [*hours, [days.line(10)]])
    whole = both(tmp_path, [days.noise(0, 420)])

    assert all("from 2022-11-28 16:44:55 UTC to 2022-11-28 19:45:00" in text
               for text in texts(*found))  # fmt: skip
    assert [side[-1] for side in counts_of(*found)] == [True, True]
    assert not any("No log covers" in text for text in texts(*whole))


def test_the_last_line_counts_without_an_end_and_empty_ones_are_about_nothing(tmp_path):
    path = tmp_path / "access.log"
    path.write_bytes(days.text([days.line(10), "", "\0\0", ""]) + days.line(11).encode())
    out = StringIO()
    call_command("downloads", str(path), "--path", "/a.b", "--size", "5", "--json", stdout=out)
    exposure = make_exposure(locator="https://agency.example.org/a.b")
    log = days.read_log(path.read_bytes(), exposure=exposure)

    found = json.loads(out.getvalue())

    assert (found["files"][0]["lines"], found["counts"]["unknown"]) == (5, 0)
    log.refresh_from_db()
    assert (log.line_count, days.counts(log).unknown) == (5, 0)


@pytest.mark.parametrize(
    ("status", "sent", "span"),
    [
        (200, days.SIZE * 3, "-"),
        (206, days.SIZE * 3, f"bytes 0-{days.SIZE * 3 - 1}/{days.SIZE * 3}"),
        (206, days.SIZE, f"bytes 0-{days.SIZE - 1}/{days.SIZE * 3}"),
    ],
)
def test_another_size_than_the_one_given_is_said(tmp_path, status, sent, span):
    found = both(tmp_path, [[asked(status, sent, f"- {span}")]], said=RICH)

    assert all("more bytes than the file has: 1" in text for text in texts(*found))


def test_ours_is_known_in_the_form_of_ipv6_too(tmp_path):
    path = tmp_path / "access.log"
    path.write_bytes(days.text([days.line(10, "203.0.113.5"), days.line(11, "203.0.114.5")]))
    out, ours = StringIO(), "::ffff:203.0.113.0/120"
    call_command("downloads", str(path), "--path", days.PATH, "--ours", ours, "--json", stdout=out)

    networks = [NetworkLine(ours, "own")]
    log = days.read_log(path.read_bytes(), networks=networks)

    assert json.loads(out.getvalue())["counts"]["set_aside"]["own"] == 1
    assert days.counts(log).own == 1


def agents(*rows, address="203.0.113.5"):
    """Return a line for each (minutes, status, sent, agent)."""
    return [days.line(minutes, address, status=status, sent=sent, agent=agent)
            for minutes, status, sent, agent in rows]  # fmt: skip


SIXTY, FORTY = days.SIZE * 6 // 10, days.SIZE * 4 // 10


@pytest.mark.parametrize(
    ("rows", "by_grade", "recipients"),
    [
        ([(1, 304, 0, "A"), (1, 304, 0, "B"), (1, 304, 0, "C")], {"F": 1}, (1, 1, 3)),
        ([(1, 200, days.SIZE, "A"), (1, 304, 0, "B"), (1, 404, 9, "C")], {"B": 1}, (1, 1, 2)),
        ([(10, 206, SIXTY, "A"), (250, 206, FORTY, "B")], {"D": 1}, (1, 1, 2)),
        ([(10, 206, SIXTY, "A"), (250, 206, FORTY, "A")], {"C": 1}, (1, 1, 1)),
        ([(10, 206, SIXTY, "A"), (250, 404, 9, "B")], {"D": 1}, (1, 1, 1)),
    ],
)
def test_each_agent_at_an_address_is_a_client_of_its_own(tmp_path, rows, by_grade, recipients):
    printed, shown = counts_of(*both(tmp_path, [agents(*rows)]))

    assert printed == shown
    assert (printed[0], printed[3]) == (by_grade, recipients)


def test_two_agents_at_an_address_got_at_most_what_they_got_together(tmp_path):
    printed, shown = both(tmp_path, [agents((10, 206, SIXTY, "A"), (250, 206, FORTY, "B"))])

    assert printed["clients"][0]["bytes_upper_bound"] == days.SIZE
    assert [row.bytes_upper for row in shown.rows] == [days.SIZE]


def signed_in(user, sent, *, status=200, address="203.0.113.5", agent="A"):
    line = days.line(10, address, status=status, sent=sent, agent=agent)
    return line.replace(" - - ", f" - {user} ", 1)


@pytest.mark.parametrize(
    ("lines", "by_grade", "recipients"),
    [
        ([signed_in(user, days.SIZE) for user in ("ada", "ben", "eve")], {"B": 3}, (1, 3, 3)),
        ([signed_in("ada", SIXTY, status=206), signed_in("ben", FORTY, status=206)],
         {"D": 2}, (1, 2, 2)),
        ([signed_in("ada", SIXTY, status=206), signed_in("ada", FORTY, status=206, agent="B")],
         {"C": 1}, (1, 1, 2)),
        ([signed_in("ada", SIXTY, status=206),
          signed_in("ada", FORTY, status=206, address="203.0.113.6")], {"C": 1}, (1, 1, 2)),
        ([signed_in("ada", 90, status=401), signed_in("-", days.SIZE)], {"B": 1}, (1, 1, 1)),
    ],
)  # fmt: skip
def test_who_had_signed_in_is_a_client_of_its_own(tmp_path, lines, by_grade, recipients):
    printed, shown = counts_of(*both(tmp_path, [lines]))

    assert printed == shown
    assert (printed[0], printed[3]) == (by_grade, recipients)


def test_a_robot_from_a_network_that_is_not_its_own_counts(tmp_path, settings):
    table = tmp_path / "networks.csv"
    table.write_text("# 2022-11-01\n24.0.0.0/8,COMCAST,US,7922\n66.249.64.0/19,GOOGLE,US,15169\n")
    settings.NETWORK_TABLE = str(table)
    lines = [days.line(10, address, agent=days.BOT) for address in ("24.1.2.3", "66.249.66.1")]

    found = both(tmp_path, [lines])

    printed, shown = counts_of(*found)
    assert printed == shown
    assert (printed[1], found[0]["counts"]["set_aside"]["bot"], found[1].counts.bot) == (1, 1, 1)
    assert "claims to be Googlebot" in found[0]["clients"][0]["why"]


def test_half_a_pair_of_utf16_in_an_agent_is_taken_in():
    row = {"ClientIP": "203.0.113.9", "EdgeStartTimestamp": "2022-11-28T15:00:00Z"}
    row |= {"ClientRequestMethod": "GET", "ClientRequestURI": days.PATH}
    row |= {"EdgeResponseStatus": 200, "EdgeResponseBodyBytes": days.SIZE}
    row |= {"ClientRequestUserAgent": "a\ud800b", "EdgeResponseBytes": days.SIZE}

    log = days.read_log(days.text([json.dumps(row)]))

    assert days.counts(log).requests == 1
