"""Log lines of invented days, for the tests of this folder."""

import gzip
from datetime import UTC, datetime, timedelta

from breaches.downloads import actions, queries
from breaches.downloads.intake import LogImport
from tests.factories import NOON, make_exposure, make_incident, make_upload, make_user

SIZE = 1_000_000
OPENED = datetime(2022, 11, 28, 14, 45, tzinfo=UTC)
PATH = "/files/roster.xlsx"
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/107.0 Safari/537.36"
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
OURS = "198.51.100.200"


def line(minutes, address="192.0.2.10", *, path=PATH, method="GET", status=200, sent=SIZE,
         agent=BROWSER):  # fmt: skip
    """Return one line, so many minutes after the file went online."""
    at = OPENED + timedelta(minutes=minutes)
    return (
        f"{address} - - [{at:%d/%b/%Y:%H:%M:%S +0000}] "
        f'"{method} {path} HTTP/1.1" {status} {sent} "-" "{agent}"'
    )


def noise(first=-120, last=400):
    """Return a line every five seconds that is about something else."""
    steps = range(first * 12, last * 12)
    return [
        line(step / 12, f"192.0.2.{step % 200}", path=f"/news/{step % 97}.html", sent=5_000)
        for step in steps
    ]


def six_downloads():
    """Return the lines of six clients that were sent the whole file, one of them in parts."""
    return [
        line(12, "192.0.2.10"),
        line(40.2, "192.0.2.20", method="HEAD", sent="-"),
        line(40.3, "192.0.2.20"),
        line(75, "2001:db8:1:2::5"),
        *(line(90 + part / 10, "198.51.100.40", status=206, sent=SIZE // 4) for part in range(4)),
        line(140, "203.0.113.50"),
        line(140.4, "203.0.113.50"),
        line(260, "198.51.100.60", path="/files/%72oster.xlsx?v=2"),
    ]


def rest_of_the_day():
    """Return what happens to a file beside six downloads."""
    return [
        line(-20, OURS, method="HEAD", sent="-"),
        line(5, OURS),
        line(20, "192.0.2.66", agent=BOT),
        line(33, "192.0.2.99", method="HEAD", sent="-"),
        line(50, "203.0.113.77", status=499, sent=0),
        line(51, "203.0.113.77", sent=400_000),
        line(60, "203.0.113.80", status=304, sent="-"),
        line(61, "203.0.113.81", status=206, sent=1),
        line(62, "192.0.2.44", path="/Files/roster.xlsx", status=404, sent=300),
        line(310, "192.0.2.45", status=404, sent=300),
        line(320, "192.0.2.46"),
        line(99, "192.0.2.47").rstrip('"'),
    ]


def the_day():
    """Return the log of the whole day, in order of time."""
    rows = noise() + six_downloads() + rest_of_the_day()
    return text(sorted(rows, key=lambda row: row.split("[")[1].split("]")[0]))


def text(lines):
    """Return lines as a file."""
    return ("\n".join(lines) + "\n").encode()


def make_log(content=b"", *, exposure=None, by=None, name="access.log", packed=False, **order):
    """Take in a log about an exposure of its own, not read yet."""
    content = content or text([line(10)])
    by = by or make_user()
    exposure = exposure or make_exposure(incident=make_incident(by=by))
    upload = make_upload(gzip.compress(content) if packed else content, name)
    wish = LogImport(upload, exposure, "the web team", **order)
    return actions.import_log(exposure.incident, wish, by=by, at=NOON)


def read_log(*args, **facts):
    """Take in a log and read it."""
    log = make_log(*args, **facts)
    actions.read_log(log, at=NOON)
    return log


def counts(log):
    """Return the counts of the exposure of a log."""
    return queries.counts_of(log.exposure)
