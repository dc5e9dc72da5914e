"""Times as logs write them. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from breaches.downloads.formats.line import NotALine

NAMES = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
MONTHS = {name: number for number, name in enumerate(NAMES, 1)}
CLF = rb"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})"
BRACKETED = re.compile(rb"\[" + CLF + rb"\]")
WHOLE_CLF = re.compile(CLF)
ISO = re.compile(
    rb"(\d{4})-(\d\d)-(\d\d)[T \t](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})? ?(Z|[+-]\d\d:?\d\d)?"
)
EPOCH = re.compile(r"\d{9,19}(?:\.\d+)?")


def clf(text: bytes) -> datetime:
    """Return the time that `text` (28/Nov/2022:09:45:10 -0500) says. Raises NotALine."""
    found = WHOLE_CLF.fullmatch(text)
    if found is None:
        raise NotALine("time")
    return instant(*found.groups())


def iso(text: bytes) -> datetime:
    """Return the time that `text` (ISO 8601; no zone means UTC) says. Raises NotALine."""
    found = ISO.fullmatch(text.strip())
    if found is None:
        raise NotALine("time")
    return _iso(found)


def epoch(text: str) -> datetime:
    """Return the time of seconds, or of milli-, micro- or nanoseconds. Raises NotALine."""
    if not EPOCH.fullmatch(text):
        raise NotALine("time")
    whole = len(text.partition(".")[0])
    power = next(power for power in (0, 3, 6, 9) if whole <= 11 + power or power == 9)
    try:
        return datetime.fromtimestamp(float(text) / 10**power, UTC)
    except (ValueError, OverflowError, OSError) as fault:
        raise NotALine("time") from fault


def stamp_clf(text: bytes) -> int | None:
    """Return the first bracketed time in `text` in seconds since 1970, if there is one."""
    found = BRACKETED.search(text)
    return None if found is None else _seconds(found[0])


@lru_cache(maxsize=4096)
def _seconds(bracketed: bytes) -> int | None:
    try:
        return int(clf(bracketed[1:-1]).timestamp())
    except NotALine:
        return None


def stamp_any(text: bytes) -> int | None:
    """Return the first time of either spelling in `text` in seconds since 1970."""
    found = ISO.search(text)
    other = WHOLE_CLF.search(text)
    try:
        if found and not (other and other.start() < found.start()):
            return int(_iso(found).timestamp())
        return int(instant(*other.groups()).timestamp()) if other else None
    except NotALine:
        return None


def instant(day: bytes, month: bytes, year: bytes, *clock: bytes) -> datetime:
    """Return the moment of the parts of a common-log time. Raises NotALine."""
    try:
        midnight = _midnight(int(year), MONTHS[month.decode()], int(day), clock[3])
        return midnight + _since_midnight(*clock[:3])
    except (KeyError, ValueError, OverflowError) as fault:
        raise NotALine("time") from fault


def _iso(found: re.Match[bytes]) -> datetime:
    year, month, day, *clock, zone = found.groups()
    zone = (zone or b"+0000").replace(b":", b"").replace(b"Z", b"+0000")
    try:
        midnight = _midnight(int(year), int(month), int(day), zone)
        return midnight + _since_midnight(*clock)
    except (ValueError, OverflowError) as fault:
        raise NotALine("time") from fault


def _since_midnight(*clock: bytes) -> timedelta:
    hour, minute, second = (int(part) for part in clock)
    if hour > 23 or minute > 59 or second > 60:
        raise ValueError
    return timedelta(hours=hour, minutes=minute, seconds=second)


@lru_cache(maxsize=512)
def _midnight(year: int, month: int, day: int, zone: bytes) -> datetime:
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    offset = timezone(-ahead if zone.startswith(b"-") else ahead)
    return datetime(year, month, day, tzinfo=offset).astimezone(UTC)
