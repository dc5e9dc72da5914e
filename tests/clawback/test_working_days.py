"""Dates by the working days of a place, without a network."""

from datetime import UTC, date, datetime

import pytest

from breaches.clawback.working_days import due, is_working_day, knows

FRIDAY = datetime(2026, 7, 3, 10, tzinfo=UTC)  # Independence Day observed: 4 July is a Saturday


@pytest.mark.parametrize(
    ("amount", "unit", "place", "expected"),
    [
        (24, "hours", "US", "2026-07-04"),
        (1, "working days", "US", "2026-07-06"),
        (2, "working days", "US", "2026-07-07"),
        (1, "working days", "GB", "2026-07-06"),
        (7, "days", "US", "2026-07-10"),
        (1, "days", "US", "2026-07-06"),  # 4 July is a Saturday, and the 5th a Sunday
        (2, "working days", "AE", "2026-07-07"),
        (1, "working days", "XX", "2026-07-06"),
    ],
)
def test_when_something_is_due(amount, unit, place, expected):
    assert due(FRIDAY, amount, unit, place).date().isoformat() == expected


def test_holidays_of_a_state_count_beside_those_of_the_country():
    patriots = date(2026, 4, 20)

    assert not is_working_day(patriots, "US-MA")
    assert is_working_day(patriots, "US")
    assert is_working_day(patriots, "US-ZZ")


def test_where_the_week_ends_on_friday_nobody_works_on_it():
    assert not is_working_day(date(2026, 7, 10), "EG")
    assert is_working_day(date(2026, 7, 12), "EG")


def test_it_says_which_places_it_knows():
    assert knows("US")
    assert knows("US-NY")
    assert not knows("US-ZZ")
    assert not knows("XX")
