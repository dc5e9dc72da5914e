"""What must be said of logs: damage, broken clocks, silences, missing ends. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from breaches.downloads.cautions import Caution
from breaches.downloads.counting import Window
from breaches.downloads.coverage import Coverage, together
from breaches.downloads.formats.line import NOTES, PARTIAL_NOTES

EARLY = 300  # seconds that a log may be ahead of the moment it was handed in
DAMAGES = {
    "cut": "It ends in the middle (truncated upload or rotation): read as far as it goes, to "
    "line {lines}. Ask for the whole file.",
    "damaged": "It is damaged after line {lines} and cannot be read further. Ask for it again.",
    "checksum": "All {lines} lines were read, but their check sum is not the one in the zip: "
    "something was changed. Ask for it again.",
    "trailing": "After the last part that can be unpacked (line {lines}) come other bytes; "
    "they were not read.",
}


class LogFacts(NamedTuple):
    """One log as the cautions need it."""

    name: str
    damage: str
    lines: int
    coverage: Coverage
    notes: Sequence[str] = ()
    received: datetime | None = None
    zones: Sequence[str] = ()  # as its lines about the file write them


def of_log(log: LogFacts, window: Window) -> list[Caution]:
    """Return what must be said of one log."""
    found = of_damage(log)
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


def of_damage(log: LogFacts) -> list[Caution]:
    """Return what is wrong with the file itself."""
    if not log.damage:
        return []
    text = DAMAGES[log.damage].format(lines=f"{log.lines:,}")
    return [Caution(f"{log.name}: {text}", is_gap=True)]


def of_coverage(logs: Iterable[LogFacts], window: Window) -> list[Caution]:
    """Return where the logs together leave a part of the window uncovered."""
    whole = together(log.coverage for log in logs)
    if whole.first is None or whole.last is None:
        return []
    first, last = whole.first, whole.last
    opened, closed = _seconds(window.opened), _seconds(window.closed)
    found = [
        Caution(
            f"No log covers the time from {_when(gap.start)} to {_when(gap.end)}, "
            f"{_long(gap.seconds)}; that is far from usual. Ask for the log between.",
            is_gap=True,
        )
        for gap in whole.silences(opened, closed)
    ]
    if opened is not None and first > opened:
        text = f"The logs begin at {_when(first)}, after the window opened at {_when(opened)}."
        found.append(Caution(text, is_gap=True))
    if closed is not None and last < closed:
        text = f"The logs end at {_when(last)}, before the window closed at {_when(closed)}."
        found.append(Caution(text, is_gap=True))
    return found


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
