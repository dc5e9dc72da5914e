"""What must be said beside the numbers, in sentences. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from breaches.downloads.counting import Window
from breaches.downloads.coverage import HOUR
from breaches.downloads.unread import MOST_KEPT

FAR = 180  # days between a table of networks and a request, from which on it is said
ENOUGH = 3  # requests that agree before a zone is doubted
HEADERS = 16 * 1024  # bytes that some logs count on top of a body
MOST_HOURS = 14  # between two zones of the world and UTC
KINDS = {
    "private": "private addresses: the log sits behind a proxy. Ask for the proxy's log.",
    "cgnat": "shared carrier addresses (100.64.0.0/10): the log sits behind a gateway.",
    "loopback": "the server's own address: a proxy on the same machine hides the clients.",
    "documentation": "documentation ranges: invented data, or a log that was masked.",
    "special": "special ranges that no client on the internet has.",
    "name": "host names instead of addresses. Ask for a log with addresses.",
}
CONTENT_RANGE = re.compile(rb"bytes \d+-\d+/(\d{1,18})")
ALWAYS = (
    (
        "The log states what was sent, not what arrived: a client that hung up may be logged with "
        "up to 8 MiB more than it got. A smaller file cannot be told from its part."
    ),
)


class Caution(NamedTuple):
    """A sentence, and whether it turns the totals into "at least"."""

    text: str
    is_gap: bool


def of_facts(
    window: Window,
    file_size: int | None,
    outside: Sequence[datetime],
    kinds: Iterable[str],
    remedy: str,
) -> list[Caution]:
    """Return what must be said of the exposure and of the addresses seen.

    `outside` are the times of the requests that got content outside the window; `remedy` says
    where the size is entered.
    """
    found = []
    if file_size is None:
        text = (
            "The size of the posted file and its SHA-256 are not both recorded, so no copy can be "
            f"called complete or partial. {remedy}"
        )
        found.append(Caution(text, is_gap=False))
    if window.opened is None or window.closed is None:
        text = "The window is open on one side: every request on that side is counted."
        found.append(Caution(text, is_gap=False))
    if outside:
        text = (
            f"Requests outside the window that were answered with content: {len(outside)}. Its "
            "times are wrong, or another version or a cached copy was served."
            f"{_shifted(window, outside)}"
        )
        found.append(Caution(text, is_gap=False))
    found += [
        Caution(f"Some clients have {KINDS[kind]}", is_gap=False)
        for kind in sorted(set(kinds))
        if kind in KINDS
    ]
    return found


def of_repeats(count: int) -> list[Caution]:
    """Return what must be said of lines that stood in an earlier log already."""
    if not count:
        return []
    text = (
        f"Lines that an earlier log holds too, with the same time: {count:,}. They were taken for "
        "the same requests and counted once. If the logs are of different servers, they may be "
        "requests of their own, and every total is too low."
    )
    return [Caution(text, is_gap=False)]


def of_unread(name: str, count: int) -> Caution:
    """Return what must be said of a file with more lines for a person than are printed."""
    text = (
        f"{name}: {count:,} lines could be about the file and cannot be read. The first "
        f"{MOST_KEPT:,} are given with their text, the others only counted. Is it in "
        "another format?"
    )
    return Caution(text, is_gap=False)


def is_larger(raw: bytes, size: int) -> bool:
    """Say whether a line about a part names a file of more bytes (Content-Range)."""
    total = CONTENT_RANGE.search(raw)
    return total is not None and int(total[1]) > size


def of_versions(larger: int, overlapping: int) -> list[Caution]:
    """Return what must be said where several versions of the file stood at one address.

    `larger` are answers longer than the file, `overlapping` other versions in the same window.
    """
    found = []
    if larger:
        text = (
            f"Requests that were answered with more bytes than the file has: {larger}. Another "
            "version stood at this address, or its size is wrong. Ask for each version with its "
            "own size and window."
        )
        found.append(Caution(text, is_gap=False))
    if overlapping:
        text = (
            "Another version is recorded at this address in an overlapping window; requests in "
            "both windows are counted for both. Give each version its own window."
        )
        found.append(Caution(text, is_gap=False))
    return found


def of_networks(table: date | None, at: datetime | None) -> list[Caution]:
    """Return what must be said of the dated table that names networks, as of a request `at`."""
    if table is None:
        text = (
            "No table of networks is installed, so networks are not named. Install Debian's "
            "libloc-database, or set NETWORK_TABLE."
        )
        return [Caution(text, is_gap=False)]
    days = abs((at.date() - table).days) if at else 0
    if days <= FAR:
        return []
    text = (
        f"Networks are named by a table of {table.isoformat()}, {days} days from the requests: "
        "some addresses have changed hands since. Take a table of that time if you can."
    )
    return [Caution(text, is_gap=False)]


def _shifted(window: Window, outside: Sequence[datetime]) -> str:
    """Say if whole hours would bring all of `outside` into the window: a wrong zone does that."""
    if len(outside) < ENOUGH:
        return ""
    opened, closed = (at.timestamp() if at else None for at in window)
    times = [at.timestamp() for at in outside]
    for hours in sorted(range(-MOST_HOURS, MOST_HOURS + 1), key=abs):
        early = opened is not None and min(times) + hours * HOUR < opened
        late = closed is not None and max(times) + hours * HOUR >= closed
        if hours and not early and not late:
            later = "later" if hours > 0 else "earlier"
            return (
                f" All would lie inside if they were {abs(hours)} h {later}: look at the zone of "
                "the log and of the window."
            )
    return ""
