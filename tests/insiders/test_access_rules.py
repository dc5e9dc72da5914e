"""Headings, times and actions of rosters and audit logs."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from breaches.insiders import rules


def test_columns_are_guessed_from_headings_and_each_serves_once():
    assert rules.suggest("log", ["When", "User ID", "Event Type", "Alien Number", "SQL"]) == {
        "time": 0,
        "account": 1,
        "action": 2,
        "record": 3,
        "query": 4,
    }
    assert rules.suggest("roster", ["name", "name"]) == {"name": 0}


def test_what_a_file_cannot_do_without_is_named():
    assert rules.missing("log", ["record"]) == ["Account", "Time"]
    assert rules.missing("roster", ["account"]) == []


@pytest.mark.parametrize(
    "text",
    [
        *("2025-02-12T14:05:06Z", "2025-02-12T09:05:06", "2025-02-12 09:05:06.123456789"),
        *("02/12/2025 9:05:06 AM", "12.02.2025 09:05:06", "2025-02-12T09:05:06-05:00"),
    ],
)
def test_times_are_read_in_the_zone_of_the_file_unless_they_name_one(text):
    found = rules.moment(text, ZoneInfo("America/New_York"))

    assert found.replace(microsecond=0) == datetime(2025, 2, 12, 14, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "", "13/40/2025 1:00 PM", "2025-02-30"])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(rules.BadTime):
        rules.moment(text, UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("OpenRecord", "view"), ("Bulk export", "export"), ("PRINT_LIST", "export")),
        *(("runQuery", "search"), ("update note", "change"), ("login", "other")),
    ],
)
def test_an_action_is_taken_for_the_gravest_that_its_name_says(text, code):
    assert rules.action_of(text) == code


def test_a_grant_covers_from_its_start_until_its_end():
    at = datetime(2025, 2, 12, tzinfo=UTC)

    assert rules.is_covered(at, [(None, None)])
    assert rules.is_covered(at, [(at, None)])
    assert not rules.is_covered(at, [(None, at)])
    assert not rules.is_covered(at, [])
