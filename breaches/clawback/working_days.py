"""When something is due, by the working days of a place; the one door to the holidays library."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache

import holidays

WEEKEND = {5, 6}


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"  # a last day without work rolls on to the next working day (FRCP 6(a)(1)(C))
    WORKING_DAYS = "working days"


def due(start: datetime, amount: int, unit: str, jurisdiction: str) -> datetime:
    """Return when `amount` of `unit` after `start` is over, at the same time of day.

    `start` is in the local time of the office; `jurisdiction` is an ISO 3166 code such as "US"
    or "US-NY". Where the library knows no holidays of a place, only weekends are free.
    """
    if unit == Unit.HOURS:
        return start + timedelta(hours=amount)
    if unit == Unit.DAYS:
        return _at_work(start + timedelta(days=amount), jurisdiction)
    end = start
    for _ in range(amount):
        end = _at_work(end + timedelta(days=1), jurisdiction)
    return end


def is_working_day(day: date, jurisdiction: str) -> bool:
    """Say whether people work on `day` in `jurisdiction`."""
    return day.weekday() not in _weekend(jurisdiction) and day not in _free(jurisdiction)


def knows(jurisdiction: str) -> bool:
    """Say whether the holidays of `jurisdiction` are known."""
    country, _, part = jurisdiction.partition("-")
    known = holidays.list_supported_countries()
    return country in known and (not part or part in known[country])


def _at_work(at: datetime, jurisdiction: str) -> datetime:
    while not is_working_day(at.date(), jurisdiction):
        at += timedelta(days=1)
    return at


@cache
def _free(jurisdiction: str) -> holidays.HolidayBase:
    country, _, part = jurisdiction.partition("-")
    if not knows(country):
        return holidays.HolidayBase()
    return holidays.country_holidays(country, subdiv=part if knows(jurisdiction) and part else None)


def _weekend(jurisdiction: str) -> set[int]:
    return getattr(_free(jurisdiction), "weekend", None) or WEEKEND
