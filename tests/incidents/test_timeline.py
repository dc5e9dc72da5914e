"""Where things stand in the picture of the timeline."""

from datetime import UTC, datetime, timedelta

from breaches.incidents.timeline import LEFT, MOST_LABELS, RIGHT, Moment, picture

DAY = datetime(2022, 11, 28, tzinfo=UTC)


def at(hours, words=""):
    return Moment(DAY + timedelta(hours=hours), words)


def test_moments_stand_in_the_order_of_time():
    placed = picture([at(500, "told"), at(0, "opened"), at(5, "closed")], []).marks

    assert [mark.moment.words for mark in placed] == ["opened", "closed", "told"]
    assert [mark.number for mark in placed] == [1, 2, 3]
    assert placed[0].x == LEFT
    assert placed[-1].x == RIGHT


def test_five_hours_are_seen_beside_five_months():
    moments = [at(0), at(5), at(3600)]

    [window] = picture(moments, [(at(0).at, at(5).at)]).bands

    assert window.width > 100


def test_a_single_moment_stands_at_the_left():
    assert picture([at(0)], []).marks[0].x == LEFT


def test_nothing_dated_gives_no_marks():
    assert picture([], []).marks == []


def test_dates_that_would_lie_on_each_other_are_left_to_the_table():
    crowd = [at(hours) for hours in range(MOST_LABELS + 1)]

    assert not picture(crowd, []).has_labels
    assert picture(crowd[:-1], []).has_labels
