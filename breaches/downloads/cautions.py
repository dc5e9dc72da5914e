"""What must be said beside the numbers, in sentences. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from breaches.downloads.counting import Window
from breaches.downloads.coverage import Coverage
from breaches.downloads.formats.line import NOTES, PARTIAL_NOTES

FAR = 180  # days between a table of networks and a request, from which on it is said
ENOUGH = 3  # requests that agree before a zone is doubted
MOST_HOURS = 14  # between two zones of the world and UTC
HEADERS = 16 * 1024  # bytes that some logs count on top of a body
EARLY = 300  # seconds that a log may be ahead of the moment it was handed in
DAMAGES = {
    "cut": "It ends in the middle (truncated upload or rotation): read as far as it goes, to "
    "line {lines}. Ask for the whole file.",
    "damaged": "It is damaged after line {lines} and cannot be read further. Ask for it again.",
    "trailing": "After the last part that can be unpacked (line {lines}) come other bytes; "
    "they were not read.",
}
KINDS = {
    "private": "private addresses: the log sits behind a proxy. Ask for the proxy's log.",
    "cgnat": "shared carrier addresses (100.64.0.0/10): the log sits behind a gateway.",
    "loopback": "the server's own address: a proxy on the same machine hides the clients.",
    "documentation": "documentation ranges: invented data, or a log that was masked.",
    "special": "special ranges that no client on the internet has.",
    "name": "host names instead of addresses. Ask for a log with addresses.",
}
ALWAYS = (
    (
        "The log states what was sent, not what arrived: a client that hung up may be logged with "
        "up to 8 MiB more than it got. A smaller file cannot be told from its part."
    ),
)


class LogFacts(NamedTuple):
    """One log as the cautions need it."""

    name: str
    damage: str
    lines: int
    coverage: Coverage
    notes: Sequence[str] = ()
    received: datetime | None = None
    zones: Sequence[str] = ()  # as its lines about the file write them


class Caution(NamedTuple):
    """A sentence, and whether it turns the totals into "at least"."""

    text: str
    is_gap: bool


def of_log(log: LogFacts, window: Window) -> list[Caution]:
    """Return what must be said of one log."""
    found = []
    if log.damage:
        text = DAMAGES[log.damage].format(lines=f"{log.lines:,}")
        found.append(Caution(f"{log.name}: {text}", is_gap=True))
    found += [Caution(f"{log.name}: {text}", is_gap=False) for text in _clock(log)]
    found += [
        Caution(f"{log.name}: {NOTES[note]}", is_gap=note in PARTIAL_NOTES)
        for note in sorted(set(log.notes) & set(NOTES))
    ]
    if log.coverage.first is None:
        return [*found, Caution(f"{log.name}: no line has a time.", is_gap=True)]
    opened, closed = _seconds(window.opened), _seconds(window.closed)
    found += [
        Caution(
            f"{log.name}: no line between {_when(gap.start)} and {_when(gap.end)}, "
            f"{_long(gap.seconds)}; far from usual for this log at that time of day.",
            is_gap=True,
        )
        for gap in log.coverage.silences(opened, closed)
    ]
    return found


def of_coverage(logs: Iterable[LogFacts], window: Window) -> list[Caution]:
    """Return where the logs together begin too late or end too early for the window."""
    covered = [log.coverage for log in logs if log.coverage.first is not None]
    if not covered:
        return []
    first = min(row.first or 0 for row in covered)
    last = max(row.last or 0 for row in covered)
    opened, closed = _seconds(window.opened), _seconds(window.closed)
    found = []
    if opened is not None and first > opened:
        text = f"The logs begin at {_when(first)}, after the window opened at {_when(opened)}."
        found.append(Caution(text, is_gap=True))
    if closed is not None and last < closed:
        text = f"The logs end at {_when(last)}, before the window closed at {_when(closed)}."
        found.append(Caution(text, is_gap=True))
    return found


def of_facts(
    window: Window, file_size: int | None, outside: Sequence[datetime], kinds: Iterable[str]
) -> list[Caution]:
    """Return what must be said of the exposure and of the addresses seen.

    `outside` are the times of the requests that got content outside the window.
    """
    found = []
    if file_size is None:
        text = (
            "The size of the posted file and its SHA-256 are not both recorded, so no copy can be "
            "called complete or partial. Enter them on the Incident page."
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


def of_versions(larger: int, overlapping: int) -> list[Caution]:
    """Return what must be said where several versions of the file stood at one address.

    `larger` are answers longer than the file, `overlapping` other versions in the same window.
    """
    found = []
    if larger:
        text = (
            f"Requests that were answered with more bytes than the file has: {larger}. Another "
            "version stood at this address, or its size is wrong. Enter each version with its own "
            "window."
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
    for hours in sorted(range(-MOST_HOURS, MOST_HOURS + 1), key=abs):
        moved = timedelta(hours=hours)
        if hours and all(window.place(at + moved) == "inside" for at in outside):
            later = "later" if hours > 0 else "earlier"
            return (
                f" All would lie inside if they were {abs(hours)} h {later}: look at the zone of "
                "the log and of the window."
            )
    return ""


def _clock(log: LogFacts) -> list[str]:
    found = []
    if log.coverage.clock_fault == "constant minute":
        found.append(
            "the minute is the same on (nearly) every line: its clock is broken. The rule of "
            "30 seconds and the search for silences are switched off."
        )
    if log.coverage.clock_fault == "unordered":
        found.append(
            "its lines are not in order of time (several servers in one file?). The search for "
            "silences is switched off."
        )
    received = _seconds(log.received)
    if received and log.coverage.last and log.coverage.last > received + EARLY:
        found.append(
            f"its last line is of {_when(log.coverage.last)}, after it was handed in: its clock or "
            "its zone is wrong."
        )
    if len(set(log.zones)) > 1:
        found.append(
            f"its lines name several zones ({', '.join(sorted(set(log.zones)))}): summer time, or "
            "servers with clocks of their own. Times are compared in UTC."
        )
    return found


def _seconds(at: datetime | None) -> int | None:
    return int(at.timestamp()) if at else None


def _when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _long(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
