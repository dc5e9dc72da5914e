"""A log becomes numbers once, whatever happens on the way."""

import bz2
import gzip
from functools import partial

import pytest
import zstandard

from breaches.audit.leases import TakenOver
from breaches.downloads import actions, evidence_pass, queries, reading, streams
from breaches.downloads.intake import (
    AlreadyImported,
    LogImport,
    NetworkLine,
    NotALog,
    UnknownFormat,
)
from breaches.downloads.models import AccessEvent, Acquisition, Decision, LogSource, LogStatus
from breaches.evidence.actions import EmptyFile
from breaches.evidence.models import Evidence
from tests.downloads import days
from tests.factories import NOON, make_exposure, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db


def read_in_small_steps(patch, size):
    """Let a step be short, so that a small log has several."""
    patch.setattr(evidence_pass, "blocks", partial(streams.blocks, size=size))
    patch.setattr(evidence_pass, "STEP", 1)


def die_after(steps, patch):
    """Let the process die once so many blocks are kept."""
    keep, done = reading.Reading.keep, []

    def dying(self, *args):
        keep(self, *args)
        done.append(1)
        if len(done) == steps:
            raise KeyboardInterrupt

    patch.setattr(reading.Reading, "keep", dying)


def test_the_day_of_the_six_downloads():
    ours = [NetworkLine(f"{days.OURS}/32", "own", "the duty officer")]

    log = days.read_log(days.the_day(), networks=ours)

    found = days.counts(log)
    assert log.status == LogStatus.READ
    assert found.by_grade == {"B": 5, "C": 1, "D": 1, "E": 2, "F": 1}
    assert (found.requests, found.actions) == (11, 7)
    assert (found.point, found.unknown, found.own, found.bot) == (8, 1, 1, 1)
    assert (found.outside, found.is_at_least) == (3, True)


def test_every_number_is_as_many_raw_lines():
    log = days.read_log(days.the_day())
    raw = set(days.the_day().decode().splitlines())

    found = days.counts(log)

    for figure in queries.FIGURES:
        lines = list(queries.events_of(log.exposure, figure))
        assert len(lines) == getattr(found, figure), figure
        assert {row.document["raw"] for row in lines} <= raw


def test_each_line_is_found_again_at_its_number_and_offset():
    content = days.the_day()

    days.read_log(content)

    lines = content.split(b"\n")
    assert AccessEvent.objects.count() == 23
    for event in AccessEvent.objects.all():
        raw = event.document["raw"].encode("latin-1")
        assert lines[event.line_number - 1] == raw
        assert content[event.byte_offset :].startswith(raw)


def test_the_same_log_twice_adds_nothing():
    log = days.read_log(days.the_day())
    before = days.counts(log)

    with pytest.raises(AlreadyImported, match="SHA-256"):
        days.make_log(days.the_day(), exposure=log.exposure)

    assert days.counts(log) == before
    assert (LogSource.objects.count(), Evidence.objects.count()) == (1, 1)


def test_the_same_lines_packed_otherwise_are_counted_once():
    log = days.read_log(days.the_day())
    before = days.counts(log)

    days.read_log(days.the_day(), exposure=log.exposure, packed=True)

    after = days.counts(log)
    assert after.repeats == 23
    assert (after.requests, after.actions, after.point) == (
        before.requests,
        before.actions,
        before.point,
    )


def test_two_equal_lines_of_one_log_are_two_requests():
    log = days.read_log(days.text([days.line(10), days.line(10)]))

    assert days.counts(log).requests == 2


def test_a_killed_reading_is_taken_up_where_it_was(monkeypatch):
    read_in_small_steps(monkeypatch, 100_000)
    log = days.make_log(days.the_day())

    with monkeypatch.context() as patch:
        die_after(3, patch)
        with pytest.raises(KeyboardInterrupt):
            actions.read_log(log, at=NOON)
    log.refresh_from_db()
    stood_at, events = log.text_offset, AccessEvent.objects.count()
    actions.read_log(LogSource.objects.get(pk=log.pk), at=NOON.replace(hour=13))

    assert 0 < stood_at < len(days.the_day())
    assert events < AccessEvent.objects.count() == 23
    assert days.counts(log).requests == 12
    assert LogSource.objects.get(pk=log.pk).line_count == days.the_day().count(b"\n")


def test_a_worker_that_was_overtaken_keeps_nothing(monkeypatch):
    log = days.make_log(days.the_day())
    slow = reading.claim(log, at=NOON)

    quick = reading.claim(LogSource.objects.get(pk=log.pk), at=NOON.replace(hour=13))

    with pytest.raises(TakenOver):
        slow.lease.keep(done=1)
    quick.lease.keep(done=2)
    with pytest.raises(TakenOver):
        reading.claim(LogSource.objects.get(pk=log.pk), at=NOON.replace(hour=13))


def test_a_gzip_that_ends_in_the_middle_is_read_as_far_as_it_goes():
    packed = gzip.compress(days.text(days.six_downloads()) + days.text(days.noise()))

    log = days.read_log(packed[: len(packed) // 2])

    found = days.counts(log)
    said = " ".join(row.text for row in queries.overview(log.exposure).cautions)
    assert (log.status, log.damage) == (LogStatus.READ, "cut")
    assert (found.point, found.is_at_least) == (6, True)
    assert "ends in the middle" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,born\nAda,1990\n", "None of the first 200 lines"),
        (b"%PDF-1.7 not a log", "a PDF"),
        (b"\x1f\x8b\x08 not gzip", "empty or cannot be unpacked"),
    ],
)
def test_a_file_that_is_no_log_is_kept_and_refused(content, words):
    with pytest.raises(NotALog, match=words):
        days.make_log(content)

    assert LogSource.objects.get().status == LogStatus.REFUSED
    assert Evidence.objects.count() == 1
    assert AccessEvent.objects.count() == 0


def test_a_system_has_no_web_log():
    exposure = make_exposure(kind="system", locator="Case system")

    with pytest.raises(actions.NoAddress):
        days.make_log(exposure=exposure)


def test_one_log_can_be_asked_about_two_files():
    by = make_user()
    incident = make_incident(by=by)
    first = make_exposure(incident=incident)
    second = make_exposure(incident=incident, locator="https://agency.example.org/news/5.html")

    days.read_log(days.the_day(), exposure=first)
    log = days.read_log(days.the_day(), exposure=second)

    assert days.counts(log).requests > 20
    assert Evidence.objects.count() == 1


def test_a_person_decides_the_line_that_cannot_be_read():
    log = days.read_log(days.the_day())
    unread = queries.events_of(log.exposure, "unknown").get()

    actions.decide(unread, Decision.HIT, by=make_user(), at=NOON)

    found = days.counts(log)
    assert (found.unknown, found.by_grade["U"]) == (0, 1)
    with pytest.raises(actions.DecidedMeanwhile):
        actions.decide(unread, Decision.OTHER, by=make_user(), at=NOON)


def test_naming_our_network_later_sets_its_requests_aside():
    log = days.read_log(days.the_day())
    before = days.counts(log)

    ours = [NetworkLine(days.OURS, "own")] * 2
    named = actions.name_networks(log.incident, ours, by=make_user(), at=NOON)

    after = days.counts(log)
    assert named == 1
    assert (before.own, after.own) == (0, 1)
    assert before.requests - after.requests == 1
    assert before.point - after.point == 1
    assert Acquisition.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_a_corrected_window_is_counted_again():
    log = days.read_log(days.the_day())
    exposure = log.exposure
    exposure.closed_at = days.OPENED.replace(hour=15)
    exposure.save()

    stale = queries.out_of_date()
    actions.count_again(stale[0], at=NOON)

    assert stale == [exposure]
    assert days.counts(log).by_grade == {"B": 3, "D": 1, "E": 1}
    assert queries.out_of_date() == []


@pytest.mark.parametrize("lacking", [{"file_size": None}, {"file_sha256": ""}])
def test_without_size_and_hash_no_copy_is_called_complete(lacking):
    log = days.read_log(exposure=make_exposure(**lacking))

    found = queries.overview(log.exposure)

    assert found.counts.by_grade == {"U": 1}
    assert any("SHA-256" in caution.text for caution in found.cautions)


def test_a_hash_that_is_entered_later_is_counted_with():
    log = days.read_log(exposure=make_exposure(file_sha256=""))
    exposure = log.exposure
    exposure.file_sha256 = "0" * 64
    exposure.save()

    stale = queries.out_of_date()
    actions.count_again(exposure, at=NOON)

    assert stale == [exposure]
    assert days.counts(log).by_grade == {"B": 1}


def test_several_versions_at_one_address_are_said_until_each_has_its_window():
    log = days.read_log(days.text([days.line(10), days.line(200, sent=days.SIZE * 3)]))
    other = make_exposure(incident=log.incident, file_size=days.SIZE * 3, file_sha256="1" * 64)

    said = [caution.text for caution in queries.overview(log.exposure).cautions]
    half = days.OPENED.replace(hour=16)
    log.exposure.closed_at = other.opened_at = half
    log.exposure.save()
    other.save()
    after = [caution.text for caution in queries.overview(log.exposure).cautions]

    assert any("more bytes than the file has: 1" in text for text in said)
    assert any("overlapping window" in text for text in said)
    assert not any("more bytes" in text or "overlapping" in text for text in after)


def test_a_window_in_another_zone_than_the_log_is_said():
    exposure = make_exposure(
        opened_at=days.OPENED.replace(hour=9), closed_at=days.OPENED.replace(hour=14)
    )
    log = days.read_log(days.text(days.six_downloads()), exposure=exposure)

    said = [caution.text for caution in queries.overview(log.exposure).cautions]

    assert any("would lie inside if they were 5 h earlier" in text for text in said)


def test_a_format_that_was_taken_wrongly_is_corrected_and_counted_once():
    wrong = OWN.replace("$body_bytes_sent", "$bytes_sent")
    log = days.read_log(own_lines(), format_said=wrong)
    before = list(log.notes)

    actions.read_again(log, OWN, by=make_user(), at=NOON)
    actions.read_log(log, at=NOON)

    assert "headers" in before
    assert "headers" not in LogSource.objects.get().notes
    assert AccessEvent.objects.count() == 2
    assert days.counts(log).by_grade == {"B": 1, "D": 1}
    with pytest.raises(NotALog):
        actions.read_again(log, "$request $status $remote_addr $time_local", by=make_user(),
                           at=NOON)  # fmt: skip


def test_a_log_with_lines_decided_by_hand_is_not_read_anew():
    log = days.read_log(days.the_day())
    unread = queries.events_of(log.exposure, "unknown").get()
    actions.decide(unread, Decision.HIT, by=make_user(), at=NOON)

    with pytest.raises(actions.DecidedMeanwhile, match="by hand"):
        actions.read_again(log, "combined", by=make_user(), at=NOON)


def test_nothing_that_names_a_client_lies_in_clear():
    log = days.read_log(days.the_day())
    actions.name_networks(log.incident, [NetworkLine(days.OURS, "own")], by=make_user(),
                          at=NOON)  # fmt: skip

    clear = [
        str(value)
        for model in (AccessEvent, Acquisition, LogSource)
        for row in model.objects.values()
        for name, value in row.items()
        if name != "sealed"
    ]

    assert not any("192.0.2" in text or "Chrome" in text or "roster" in text for text in clear)


def test_an_upload_of_nothing_is_refused():
    exposure = make_exposure()

    order = LogImport(make_upload(b""), exposure, "the web team")

    with pytest.raises(EmptyFile):
        actions.import_log(exposure.incident, order, by=make_user(), at=NOON)


OWN = "$time_iso8601|$remote_addr|$request|$status|$body_bytes_sent|$request_completion"


def own_lines(count=300):
    lines = [
        f"2022-11-28T15:{n // 60:02}:{n % 60:02}+00:00|192.0.2.{n % 200}|"
        f"GET /n/{n} HTTP/1.1|200|5|OK"
        for n in range(count)
    ]
    asked = f"GET {days.PATH} HTTP/1.1|200|{days.SIZE}"
    lines.append(f"2022-11-28T15:30:00+00:00|192.0.2.7|{asked}|OK")
    lines.append(f"2022-11-28T15:31:00+00:00|192.0.2.8|{asked}|")
    return days.text(lines)


def test_a_refused_log_is_tried_again_in_the_format_that_a_person_gives():
    exposure = make_exposure()
    with pytest.raises(NotALog, match="LogFormat or log_format"):
        days.make_log(own_lines(), exposure=exposure)

    log = days.read_log(own_lines(), exposure=exposure, format_said=OWN)

    assert (LogSource.objects.count(), Evidence.objects.count()) == (1, 1)
    assert (log.status, log.format_name) == (LogStatus.READ, "nginx log_format")
    assert days.counts(log).by_grade == {"B": 1, "D": 1}


@pytest.mark.parametrize("said", ["$request $status", '{"a":' * 50_000])
def test_a_format_that_cannot_serve_is_refused_before_anything_is_kept(said):
    with pytest.raises(UnknownFormat):
        days.make_log(own_lines(), format_said=said)

    assert Evidence.objects.count() == 0


def test_columns_that_change_are_known_again_after_a_kill(monkeypatch):
    read_in_small_steps(monkeypatch, 20_000)
    filler = "2022-11-28 15:00:00 192.0.2.1 GET /other/page.html 200 5 0\n" * 1000
    changed = "2022-11-28 15:00:00 GET 200 64 192.0.2.9 {path} 4711\n"
    content = (
        "#Fields: date time c-ip cs-method cs-uri-stem sc-status sc-bytes sc-win32-status\n"
        + filler
        + "#Fields: date time cs-method sc-status sc-win32-status c-ip cs-uri-stem c-port\n"
        + changed.format(path="/other") * 1000
        + changed.format(path=days.PATH)
    )
    log = days.make_log(content.encode())

    with monkeypatch.context() as patch:
        die_after(4, patch)
        with pytest.raises(KeyboardInterrupt):
            actions.read_log(log, at=NOON)
    actions.read_log(LogSource.objects.get(pk=log.pk), at=NOON.replace(hour=13))

    event = AccessEvent.objects.get()
    assert (event.aborted, event.problem, event.document["port"]) == (True, "", 4711)


@pytest.mark.parametrize("pack", [bz2.compress, zstandard.compress])
def test_other_packings_are_read_too(pack):
    log = days.read_log(pack(days.the_day()))

    assert days.counts(log).requests == 12
