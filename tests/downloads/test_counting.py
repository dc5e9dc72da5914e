"""Requests, actions and recipients are counted as the printed rules say."""

from datetime import UTC, datetime, timedelta

import pytest

from breaches.downloads.counting import Holder, Seen, Window, actions_of, by_grade, recipients

NINE = datetime(2022, 11, 28, 9, 0, tzinfo=UTC)
WINDOW = Window(NINE, NINE + timedelta(hours=5))


def seen(seconds, *, network="n1", agent="a1", kind="unknown", worth="FULL"):
    return Seen(seconds, NINE + timedelta(seconds=seconds), network, agent, kind, worth)


@pytest.mark.parametrize(
    ("seconds", "actions"),
    [([0, 29], 1), ([0, 30], 1), ([0, 31], 2), ([0, 35], 2), ([0, 29, 58], 1), ([58, 0, 29], 1)],
)
def test_requests_within_thirty_seconds_are_one_action(seconds, actions):
    assert len(actions_of([seen(second) for second in seconds])) == actions


def test_other_agents_and_addresses_are_other_actions():
    assert len(actions_of([seen(0), seen(1, agent="a2"), seen(2, network="n2")])) == 3


def test_a_broken_clock_switches_the_thirty_seconds_off():
    assert len(actions_of([seen(0), seen(1)], seconds_count=False)) == 2


def test_recipients_are_a_range():
    holders = [
        Holder("n1", "net", 3, "unknown", "B"),
        Holder("n2", "net", 1, "unknown", "F"),
        Holder("n3", "other", 1, "unknown", "E"),
        Holder("n4", "bots", 1, "bot", "B"),
        Holder("n5", "ours", 1, "own", "B"),
    ]

    assert recipients(holders) == (1, 2, 4)
    assert by_grade(holders) == {"B": 1, "E": 1, "F": 1}


def test_an_open_window_holds_everything():
    assert Window(None, None).place(NINE) == "inside"
    assert Window(None, NINE).place(NINE) == "after"
    assert Window(NINE, None).place(NINE - timedelta(seconds=1)) == "before"
