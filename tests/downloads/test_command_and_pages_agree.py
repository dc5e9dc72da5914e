"""The command and the pages say the same of the same logs."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from breaches.downloads import queries
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
