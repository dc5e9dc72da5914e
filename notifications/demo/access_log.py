"""The access log of the demonstration: six true downloads among everything else. Seeded.

Addresses are from the ranges for documentation (RFC 5737), so they belong to nobody.
"""

import gzip
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

PATH = "/files/detention-statistics/roster.xlsx"
OPENED = datetime(2022, 11, 28, 14, 45, tzinfo=UTC)
CLOSED = datetime(2022, 11, 28, 19, 45, tzinfo=UTC)
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/107.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 13_0) AppleWebKit/605.1.15 Version/16.1 Safari/605.1.15"
)
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
CHECK = "agency-uptime/1.0"
OWN = "198.51.100.7"


class Hit(NamedTuple):
    """One request for the posted file."""

    minute: float
    address: str
    method: str
    path: str
    status: int
    share: float
    agent: str


# Minutes after the posting; shares of the file's size.
HITS = (
    Hit(21, "203.0.113.10", "GET", PATH, 200, 1, BROWSER),
    Hit(47, "203.0.113.44", "GET", PATH.replace("roster", "%72oster"), 200, 1, SAFARI),
    Hit(95, "192.0.2.18", "GET", "//files/detention-statistics/roster.xlsx", 200, 1, BROWSER),
    Hit(140, "192.0.2.77", "GET", PATH, 206, 0.6, BROWSER),
    Hit(140.2, "192.0.2.77", "GET", PATH, 206, 0.4, BROWSER),
    Hit(199, "203.0.113.201", "GET", f"{PATH}?utm_source=mail", 200, 1, SAFARI),
    Hit(256, "192.0.2.130", "GET", PATH, 200, 1, BROWSER),
    # Asked, and did not get it, or not all of it:
    Hit(30, "203.0.113.61", "HEAD", PATH, 200, 0, BROWSER),
    Hit(60, "203.0.113.44", "GET", PATH, 304, 0, SAFARI),
    Hit(110, "198.51.100.23", "GET", PATH, 200, 0.04, BROWSER),
    Hit(171, "192.0.2.213", "GET", PATH, 403, 0, BOT),
    Hit(233, "192.0.2.213", "HEAD", PATH, 200, 0, BOT),
    Hit(301, "203.0.113.99", "GET", PATH, 404, 0, BROWSER),
    Hit(320, "203.0.113.10", "GET", PATH, 404, 0, BROWSER),
    # Our own checks:
    *(Hit(minute, OWN, "HEAD", PATH, 200, 0, CHECK) for minute in range(5, 300, 30)),
    Hit(288, OWN, "GET", PATH, 200, 1, CHECK),
)
PAGES = (
    "/",
    "/news",
    "/contact",
    "/statistics",
    "/images/seal.png",
    "/styles/site.css",
    "/search?q=forms",
)


def access_log(lines: int, file_size: int, seed: int) -> bytes:
    """Return a gzip file of `lines` lines in combined format, from a day around the posting."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=5) as file:
        for _, line in sorted(_all(lines, file_size, Random(seed))):  # noqa: S311  (invented data)
            file.write(line.encode())
    return out.getvalue()


def _all(count: int, file_size: int, dice: Random) -> Iterator[tuple[datetime, str]]:
    for hit in HITS:
        at = OPENED + timedelta(minutes=hit.minute)
        sent = round(file_size * hit.share) if hit.share else "-"
        yield at, _line(hit.address, at, f"{hit.method} {hit.path}", hit.status, sent, hit.agent)
    start = OPENED - timedelta(hours=14)
    agents = (BROWSER, SAFARI, BOT)
    for _ in range(count - len(HITS)):
        at = start + timedelta(seconds=dice.random() * 86_000)
        net = dice.choice(("192.0.2", "198.51.100", "203.0.113"))
        page, size = dice.choice(PAGES), dice.randrange(300, 60_000)
        agent = dice.choices(agents, (6, 3, 1))[0]
        yield at, _line(f"{net}.{dice.randrange(1, 255)}", at, f"GET {page}", 200, size, agent)


def _line(
    address: str, at: datetime, request: str, status: int, sent: int | str, agent: str
) -> str:
    stamp = f"{at:%d/%b/%Y:%H:%M:%S +0000}"
    return f'{address} - - [{stamp}] "{request} HTTP/1.1" {status} {sent} "-" "{agent}"\n'
