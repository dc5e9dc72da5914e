"""A log's silences and broken clocks are found and said."""

import json

import pytest

from breaches.downloads.coverage import Coverage, Gap, from_json
from breaches.downloads.lines import Lines

START = 1_669_593_600  # 2022-11-28 00:00 UTC


def text(seconds):
    lines = []
    for at in seconds:
        day, rest = divmod(at - START, 86_400)
        clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
        lines.append(f'192.0.2.1 - - [{28 + day}/Nov/2022:{clock} +0000] "GET / HTTP/1.1" 200 1')
    return ("\n".join(lines) + "\n").encode()


def steady(hours=48, every=5, without=()):
    return [
        at
        for at in range(START, START + hours * 3600, every)
        if not any(first <= at < last for first, last in without)
    ]


def fed(seconds, block=100_000):
    coverage, whole = Coverage(), text(seconds)
    while whole:
        cut = whole.rfind(b"\n", 0, block) + 1
        coverage.feed(Lines(whole[:cut]))
        whole = whole[cut:]
    return coverage


def test_a_steady_log_has_no_silence():
    coverage = fed(steady())

    assert (coverage.first, coverage.last) == (START, START + 48 * 3600 - 5)
    assert coverage.silences(None, None) == []
    assert coverage.clock_fault == ""


def test_a_silence_inside_the_window_is_found_to_the_second():
    hole = (START + 50_000, START + 50_900)
    coverage = fed(steady(without=[hole]))

    assert coverage.silences(START, START + 86_400) == [Gap(START + 49_995, START + 50_900)]
    assert coverage.silences(START + 60_000, START + 86_400) == []


def test_quiet_nights_are_usual():
    nights = [(START + day * 86_400, START + day * 86_400 + 3600 * 5) for day in range(2)]
    sparse = [night + minute * 1200 for night, _ in nights for minute in range(15)]
    coverage = fed(sorted(steady(without=nights) + sparse))

    assert coverage.silences(None, None) == []


def test_a_constant_minute_is_a_broken_clock():
    seconds = [START + hour * 3600 + 11 * 60 + n % 60 for hour in range(48) for n in range(600)]
    coverage = fed(seconds)

    assert coverage.clock_fault == "constant minute"
    assert coverage.silences(None, None) == []


def test_a_few_lines_of_two_moments_are_no_broken_clock():
    assert fed([START] * 5 + [START + 67 * 3600]).clock_fault == ""
    assert fed([START + hour * 3600 * 3 for hour in range(6)]).clock_fault == "constant minute"


def test_unordered_lines_are_said():
    seconds = [START + (n * 7919) % 86_400 for n in range(40_000)]

    assert fed(seconds).clock_fault == "unordered"


@pytest.mark.parametrize("cut", [3, 11])
def test_coverage_survives_being_written_down_and_taken_up_again(cut):
    hole = (START + 50_000, START + 50_900)
    whole = text(steady(without=[hole])).splitlines(keepends=True)
    size = len(whole) // 15
    parts = [b"".join(whole[at : at + size]) for at in range(0, len(whole), size)]
    straight, resumed = Coverage(), Coverage()
    for part in parts:
        straight.feed(Lines(part))
    for part in parts[:cut]:
        resumed.feed(Lines(part))
    resumed = from_json(json.loads(json.dumps(resumed.to_json())))
    for part in parts[cut:]:
        resumed.feed(Lines(part))

    assert resumed.to_json() == straight.to_json()


def test_lines_without_a_time_are_passed_over():
    coverage = Coverage()
    coverage.feed(Lines(b"no time at all\n" * 5000))

    assert coverage.first is None
    assert coverage.silences(None, None) == []
    assert from_json({}).samples == 0
